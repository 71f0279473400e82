"""What moves: pages by address, panels by county, the day in the browser, and downloads."""

from callbacks.document import AtlasDash
from callbacks.packed import pack
from callbacks.register import register

__all__ = ["AtlasDash", "pack", "register"]
