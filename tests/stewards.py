"""What tests of accounts share: a clock that stands still, and hashes that cost little."""

from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NAME, PASSWORD = "ada", "correct horse battery"
ADDRESS = "192.0.2.1"


class Clock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        """Move on, by what ``timedelta`` takes."""
        self.time += timedelta(**by)
