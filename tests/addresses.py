"""The addresses of the app, as the app itself lists them, so that no test lists them again."""

from typing import Any

from callbacks.pages import COUNTY, PAGES

PLAIN = ("/present", "/try", "/correct")
"""Pages that live without Dash; a test holds that these are all."""


def pages(fips: str = "37051") -> list[str]:
    """Give the address of every page, for a county where it is of one."""
    return [*(address.replace(COUNTY, fips) for address in PAGES), *PLAIN]


def downloads(client: Any) -> list[str]:
    """Give the address of every download that can be asked for by GET."""
    rules = client.application.url_map.iter_rules()
    found = {rule.rule for rule in rules if "GET" in rule.methods}
    found = {rule.replace("<kind>", "txt").replace("<table>", "adoption") for rule in found}
    return sorted(rule for rule in found if rule.startswith("/download/"))
