"""Stewards: their accounts and sessions, and their drafts until these are published."""

from datetime import timedelta

LIFETIME = timedelta(hours=12)
"""A session ends so long after it began."""
