"""A node for tests: the atlas as it is shipped, with a clock of its own."""

import os
from datetime import date, datetime, timedelta, tzinfo
from typing import Any


def create_app() -> Any:
    """Build the app.

    DAYS_AHEAD tells how wrong its clock is.
    """
    set_clock(timedelta(days=int(os.environ.get("DAYS_AHEAD", "0"))))
    from app import create_app  # only now: it takes the day by name

    return create_app()


def set_clock(ahead: timedelta) -> None:
    """Set the clock wrong, for all that tells the day or the time."""
    import data.dates
    import data.editions.keeper

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Wrong":
            return super().now(tz) + ahead

    data.dates.today = lambda: date.today() + ahead
    vars(data.editions.keeper)["datetime"] = Wrong
