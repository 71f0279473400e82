"""Short ways to write HTML attributes that Python cannot name as keywords."""

from __future__ import annotations

from typing import Any


def dataset(**values: str) -> dict[str, Any]:
    """Write ``data-*`` attributes: ``dataset(look_of="37051")`` is ``data-look-of="37051"``."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}


def aria(**values: str) -> dict[str, Any]:
    """Write ``aria-*`` attributes: ``aria(label="Map")`` is ``aria-label="Map"``."""
    return {f"aria-{name}": value for name, value in values.items()}
