"""The page of county trends: what its links say."""

import re
from typing import Any

from layouts.exports.html import to_html
from layouts.pages.trends import create_trends_page
from layouts.static import still, write_link
from layouts.trend_address import read_trend_view


def test_a_chip_says_that_it_takes_its_county_out(facts: Any, vera: Any) -> None:
    view = read_trend_view("counties=37051", facts, [vera])
    text = to_html(still(create_trends_page(facts, [vera], view)), {"Link": write_link})
    (chip,) = re.findall(r'<a [^>]*class="chip".*?</a>', text)
    assert 'title="Take out Cumberland County"' in chip
    assert re.findall(r"<span([^>]*)>([^<]*)<", chip) == [
        (' aria-hidden="true"', "Cumberland ×"),
        (' class="only-spoken"', "Take out Cumberland County"),
    ]
