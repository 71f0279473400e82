from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.partner_address import COUNTS, PartnerView, read_partner_view

TODAY, DAY = date(2026, 1, 31), date(2019, 8, 31)
SERVICES = ("lead", "ssp", "odmap")


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ("", PartnerView(TODAY)),
        ("?date=2019-08-31", PartnerView(DAY)),
        ("service=ssp&count=perhaps", PartnerView(TODAY, "ssp", "perhaps")),
        ("has=ssp&has=lead", PartnerView(TODAY, has=("ssp", "lead"))),
        ("has=ssp,lead,ssp", PartnerView(TODAY, has=("ssp", "lead"))),
        ("service=&has=&count=sure", PartnerView(TODAY)),
    ],
)
def test_an_address_is_read(query: str, view: PartnerView) -> None:
    assert read_partner_view(query, SERVICES, TODAY) == view


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("service=<b>", "There is no service “<b>”; left out."),
        ("has=ssp,none", "There is no service “none”; left out."),
        ("count=all", "“all” is no way to count; counting what is found running."),
        ("date=soon", "“soon” is not a day like 2019-08-31; showing today."),
    ],
)
def test_what_cannot_be_read_falls_back_and_is_told(query: str, told: str) -> None:
    view = read_partner_view(query, SERVICES, TODAY)
    assert view.notices == (told,)
    assert (view.day, view.service, view.count) == (TODAY, "", "sure")


@given(
    st.builds(
        PartnerView,
        st.dates(date(1900, 1, 1), TODAY),
        st.sampled_from(["", *SERVICES]),
        st.sampled_from(list(COUNTS)),
        st.lists(st.sampled_from(SERVICES), unique=True).map(tuple),
    )
)
def test_what_is_written_is_read_again(view: PartnerView) -> None:
    assert read_partner_view(view.query(TODAY), SERVICES, TODAY) == view


@given(st.text())
def test_any_text_gives_a_view(query: str) -> None:
    assert read_partner_view(query, SERVICES, TODAY).day <= TODAY
