"""What moves: pages by address, panels by county, the day in the browser, and downloads."""

from callbacks.register import register

__all__ = ["register"]
