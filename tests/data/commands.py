"""What a command told."""

from collections.abc import Callable
from typing import NamedTuple


class Told(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Told]
