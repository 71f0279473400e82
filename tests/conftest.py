"""What all tests share."""

import importlib
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


@pytest.fixture(scope="session")
def facts() -> Any:
    """Give the app's frozen data set, loaded once."""
    return importlib.import_module("data").load()
