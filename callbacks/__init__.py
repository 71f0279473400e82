"""What moves: pages by address, panels by county, the day in the browser, and downloads."""

from callbacks.document import AtlasDash
from callbacks.language import other_languages
from callbacks.packed import pack
from callbacks.register import register
from callbacks.session import accounts_known

__all__ = ["AtlasDash", "accounts_known", "other_languages", "pack", "register"]
