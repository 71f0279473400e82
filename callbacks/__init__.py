"""What moves: pages by address, panels by county, the day in the browser, and downloads."""

from callbacks.document import AtlasDash
from callbacks.register import register

__all__ = ["AtlasDash", "register"]
