"""Editions kept in a database: published whole or not at all, never changed, taken back by name.

``keeper_for`` gives what the app reads its facts from. ``data.editions.store.Store`` reads and
publishes; it is imported only where a database is used, as it brings SQLAlchemy.
"""

from data.editions.edition import Conflict, Damaged, Edition, StoreError, Unreachable
from data.editions.keeper import StoreKeeper, keeper_for
from data.editions.settings import Place, database

__all__ = [
    "Conflict",
    "Damaged",
    "Edition",
    "Place",
    "StoreError",
    "StoreKeeper",
    "Unreachable",
    "database",
    "keeper_for",
]
