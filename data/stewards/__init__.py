"""Stewards: their accounts and sessions, and their drafts until these are published."""
