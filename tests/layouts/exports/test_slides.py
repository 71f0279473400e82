import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_FILL, MSO_PATTERN

from data import county_frame
from data.adoption import curve, curve_on
from data.dates import day_words
from data.evidence.results import WARNING, values_words
from data.measures.layers import measure_layer
from data.words import LEGEND_WORDS, LOOK_WORDS, LOOKS, describe
from layouts.exports.slide_charts import PERHAPS, SURE, changes
from layouts.exports.slide_flow import Box, Para, cut, fitting_size, height, pages
from layouts.exports.slide_map import MAP_NAME
from layouts.exports.slide_parts import safe
from layouts.exports.slide_words import SLIDE_NOT_FOUND
from layouts.exports.slides import Deck, Stop, slides
from layouts.theme import HATCHED, LIGHT

TODAY = date(2026, 1, 31)
DAY = date(2019, 8, 31)
CHOSEN = ("37097", "37051", "37023", "37001")
DAYS = [
    date(1950, 1, 1),
    date(2016, 8, 1),
    date(2017, 6, 1),
    date(2018, 2, 10),
    date(2019, 8, 31),
    date(2020, 6, 8),
    date(2021, 6, 1),
    date(2023, 7, 15),
    date(2025, 5, 1),
    date(2026, 1, 31),
]
HOSTILE = {
    "markup": "</a:t><script>alert(1)</script> & &lt;b&gt; ]]>",
    "control characters": "one\x00two\x0bthree\x1b[31m\nfour\ufffe",
    "a formula": '=HYPERLINK("http://x","y")',
    "very long": "word " * 3000,
    "one long word": "w" * 4000,
}


def opened(file: bytes) -> Any:
    return Presentation(BytesIO(file))


@pytest.fixture(scope="module")
def deck(facts: Any) -> Any:
    return opened(slides(facts, Deck(DAY, TODAY, CHOSEN)))


@pytest.fixture(scope="module")
def talk(facts: Any) -> Any:
    """Give a deck with a stop a day."""
    stops = tuple(Stop(day, ("37051",), f"Stop on {day}") for day in DAYS)
    return opened(slides(facts, Deck(DAY, TODAY, stops=stops)))


def named(slide: Any, start: str) -> Any:
    (shape,) = [shape for shape in slide.shapes if shape.name.startswith(start)]
    return shape


def told(shape: Any) -> str:
    """Give a shape's alternative text."""
    return str(shape._element.xpath(".//p:cNvPr")[0].get("descr", ""))


def text(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def titled(deck: Any, start: str) -> list[Any]:
    return [slide for slide in deck.slides if slide.shapes.title.text_frame.text.startswith(start)]


def counties(slide: Any) -> dict[str, Any]:
    return {shape.name[-6:-1]: shape for shape in named(slide, MAP_NAME).shapes}


def stops_of(talk: Any) -> list[Any]:
    return list(talk.slides)[1 : 1 + len(DAYS)]


def painted(shape: Any) -> tuple[str, ...]:
    fill = shape.fill
    if fill.type is None:
        return ()
    if fill.type == MSO_FILL.PATTERNED:
        assert fill.pattern == MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        return (str(fill.back_color.rgb), str(fill.fore_color.rgb))
    return (str(fill.fore_color.rgb),)


def test_slides_are_wide_and_stand_in_order(deck: Any) -> None:
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    short = [re.sub(r" \(\d+ of \d+\)", "", title) for title in titles]
    headline = "On 31 August 2019, 5 of 100 counties had LEAD, perhaps 6"
    assert list(dict.fromkeys(short)) == [
        headline,
        "How LEAD spread in North Carolina",
        "Before and after: published results of LEAD in North Carolina",
        "Beside LEAD: services found in the counties",
        "Iredell County",
        "Cumberland County",
        "Burke County",
        "Alamance County",
        "Doubts, edition and licenses",
        "Sources",
    ]
    assert short.count(headline) == 2


def test_the_first_slide_says_what_is_not_confirmed(facts: Any) -> None:
    first, *_ = opened(slides(facts, Deck(TODAY, TODAY, stops=(Stop(TODAY),)))).slides
    doubt = describe(TODAY, county_frame(facts, TODAY)).doubt
    assert "more than two years old" in doubt
    assert doubt in text(first)


def test_every_slide_has_title_notes_footer_and_number(facts: Any, deck: Any, talk: Any) -> None:
    for one, days in ((deck, {DAY}), (talk, {DAY, *DAYS})):
        for slide in one.slides:
            title, footer, number, *_ = slide.placeholders
            assert title.text_frame.text
            notes = slide.notes_slide.notes_text_frame.text
            (day,) = [day for day in days if f", {day_words(day)}" in footer.text_frame.text]
            assert str(describe(day, county_frame(facts, day))) in notes
            assert "does not mean no LEAD" in notes
            assert footer.text_frame.text == (
                f"North Carolina LEAD atlas, edition {facts.edition}, {day_words(day)}"
            )
            assert number._element.xpath(".//a:fld/@type") == ["slidenum"]


def test_ids_and_names_are_unique_on_a_slide(deck: Any, talk: Any) -> None:
    for slide in [*deck.slides, *talk.slides]:
        for what in ("id", "name"):
            found = slide.shapes._spTree.xpath(f".//p:cNvPr/@{what}")
            assert len(found) == len(set(found))


def test_a_hundred_freeforms_in_one_group_are_filled_as_they_look(facts: Any, talk: Any) -> None:
    for day, slide in zip(DAYS, stops_of(talk), strict=True):
        frame = county_frame(facts, day)
        assert told(named(slide, MAP_NAME)).startswith("Map of North Carolina's 100 counties. On ")
        assert len(slide.shapes._spTree.xpath(".//a:custGeom")) == 100
        shapes = counties(slide)
        assert len(shapes) == 100
        for row in frame.itertuples():
            shape = shapes[row.fips]
            looks = HATCHED.get(row.look, (row.look,))
            assert painted(shape) == tuple(LIGHT[look].lstrip("#").upper() for look in looks)
            assert shape.name == f"{row.county} County ({row.fips})"
            assert told(shape) == f"{row.county} County: {LOOK_WORDS[row.look]}"


def test_chosen_counties_are_outlined_above_all_others(deck: Any) -> None:
    shapes = counties(list(deck.slides)[1])
    red = [fips for fips, shape in shapes.items() if str(shape.line.color.rgb) == "B3261E"]
    assert red == list(shapes)[-4:] == list(CHOSEN)


def test_counties_lie_where_they_should(deck: Any) -> None:
    shapes = counties(list(deck.slides)[1])
    cherokee, dare, ashe, brunswick = (shapes[f] for f in ("37039", "37055", "37009", "37019"))
    assert 0 < cherokee.left < ashe.left < brunswick.left < dare.left < deck.slide_width
    assert 0 < ashe.top < dare.top < brunswick.top < brunswick.top + brunswick.height
    assert brunswick.top + brunswick.height < deck.slide_height
    islands = dare._element.xpath(".//a:moveTo")
    assert len(islands) > 1


def test_islands_and_all_points_are_kept(deck: Any) -> None:
    from geo import county_shapes

    shapes = counties(list(deck.slides)[1])
    for fips, geometry in county_shapes()["geometry"].items():
        parts = getattr(geometry, "geoms", [geometry])
        assert len(shapes[fips]._element.xpath(".//a:moveTo")) == len(parts)


def test_the_legend_counts_and_names_stand_on_the_map(facts: Any, talk: Any) -> None:
    for day, slide in zip(DAYS, stops_of(talk), strict=True):
        frame = county_frame(facts, day)
        found = frame["look"].value_counts()
        words = text(slide).split("\n")
        for look in LOOKS:
            assert f"{LEGEND_WORDS[look]} ({found.get(look, 0)})" in words
        names = {shape.text_frame.text for shape in slide.shapes if shape.name.startswith("Name: ")}
        assert names == {*frame.loc[frame["look"] != "none_found", "county"], "Cumberland"}


def test_a_stop_has_its_sentence_and_its_text_as_title(facts: Any, talk: Any) -> None:
    for day, slide in zip(DAYS, stops_of(talk), strict=True):
        lines = [line.text for line in slide.shapes.title.text_frame.paragraphs]
        assert lines == [describe(day, county_frame(facts, day)).headline, f"Stop on {day}"]
        assert f"Stop on {day}" in slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("day", DAYS[::3], ids=str)
def test_the_curves_data_are_the_frames(facts: Any, day: date) -> None:
    deck = opened(slides(facts, Deck(day, TODAY)))
    frame = next(shape for shape in list(deck.slides)[2].shapes if shape.has_chart)
    assert describe(day, county_frame(facts, day)).headline in told(frame)
    plot = frame.chart.plots[0]
    assert [series.name for series in plot.series] == [SURE, PERHAPS]
    sure, more = (list(series.values) for series in plot.series)
    days = list(plot.categories)
    epoch = pd.Timestamp(1899, 12, 30)
    dates = [(epoch + pd.Timedelta(days=float(str(one)))).date() for one in days]
    assert dates == sorted(dates)
    assert dates[-1] == TODAY
    band = curve(facts, TODAY)
    for one, low, extra in zip(dates, sure, more, strict=True):
        at = curve_on(band, one)
        assert (low, low + extra) == (at["low"], at["high"])
    if day >= dates[0]:
        status = county_frame(facts, day)["status"].value_counts()
        place = dates.index(day)
        assert sure[place] == status.get("running", 0)
        assert more[place] == status.get("perhaps", 0)


def test_changes_never_stand_without_grade_and_comparison(facts: Any, deck: Any) -> None:
    rows = changes(facts)
    (slide,) = titled(deck, "Before and after")
    frame = named(slide, "Chart: before and after")
    plot = frame.chart.plots[0]
    assert list(plot.series[0].values) == [float(change) for change in rows["change_pct"]]
    assert WARNING in text(slide)
    for place, row in enumerate(rows.itertuples(), 1):
        words = named(slide, f"Result {place}").text_frame.text
        parts = (row.headline, row.measure, row.site, row.graded, row.interval, values_words(row))
        assert all(part in words for part in parts)
        assert f"omparison group: {row.compared}" in words
        assert f"{row.headline}, {row.graded}" in told(frame)
        claimed = painted(plot.series[0].points[place - 1].format) == ("FFFFFF",)
        assert claimed == (row.claim == "yes")


def joined(slides_of: list[Any]) -> str:
    return " ".join(text(slide) for slide in slides_of)


def test_no_text_of_a_county_is_lost(facts: Any) -> None:
    most = facts.adoption["fips"].value_counts().index[:2]
    longest = facts.adoption.loc[facts.adoption["note"].str.len().idxmax(), "fips"]
    chosen = tuple({*most, longest})
    deck = opened(slides(facts, Deck(DAY, TODAY, chosen)))
    for fips in chosen:
        words = joined(titled(deck, facts.county_names[fips]))
        for row in facts.adoption[facts.adoption["fips"] == fips].itertuples():
            assert row.agency in words
            assert row.scope in words
            assert row.note in words
            assert all(source in words for source in row.sources.split("; "))
        for row in facts.outcomes[facts.outcomes["fips"] == fips].itertuples():
            assert row.measure in words


def test_the_last_slides_name_every_source_that_is_shown(facts: Any, deck: Any) -> None:
    words = joined(titled(deck, "Sources"))
    frame = county_frame(facts, DAY)
    shown = [
        *frame.loc[frame["look"] != "none_found", "sources"],
        *changes(facts)["sources"],
        *facts.adoption.loc[facts.adoption["fips"].isin(CHOSEN), "sources"],
        *facts.outcomes.loc[facts.outcomes["fips"].isin(CHOSEN), "sources"],
    ]
    table = facts.sources.set_index("id")
    for one in {one for cell in shown for one in cell.split("; ")}:
        for part in (f"{one}: {table.at[one, 'title']}", table.at[one, "publisher"]):
            assert part in words
        assert table.at[one, "url"] in words


def test_doubts_edition_and_terms_are_said(facts: Any, deck: Any, talk: Any) -> None:
    for one in (deck, talk):
        words = joined(titled(one, "Doubts"))
        for part in (SLIDE_NOT_FOUND, facts.checksum, "MIT license", "US Census Bureau"):
            assert part in words
        assert "whether LEAD ran on 31 August 2019 in Burke" in words
    plain = opened(slides(facts, Deck(date(2021, 6, 1), TODAY)))
    assert SLIDE_NOT_FOUND not in joined(titled(plain, "Doubts"))


def test_no_type_is_smaller_than_twelve_points_but_names_on_the_map(deck: Any, talk: Any) -> None:
    for slide in [*deck.slides, *talk.slides]:
        for shape in slide.shapes:
            sizes = [int(size) for size in shape._element.xpath(".//a:rPr/@sz")]
            least = 900 if shape.name.startswith("Name: ") else 1200
            assert all(size >= least for size in sizes)


def test_everything_stands_on_the_slide(deck: Any, talk: Any) -> None:
    for one in (deck, talk):
        for slide in one.slides:
            for shape in slide.shapes:
                assert 0 <= shape.left < shape.left + shape.width <= one.slide_width
                assert 0 <= shape.top < shape.top + shape.height <= one.slide_height


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_only_text(facts: Any, words: str) -> None:
    adoption, outcomes, names = (
        table.copy() for table in (facts.adoption, facts.outcomes, facts.counties)
    )
    adoption.loc[adoption["fips"] == "37051", ["agency", "note"]] = words
    outcomes.loc[outcomes["fips"] == "37051", ["site", "measure"]] = words
    names.loc[names["fips"] == "37051", "county"] = words
    bad = replace(facts, adoption=adoption, outcomes=outcomes, counties=names)
    stop = Stop(DAY, ("37051",), words)
    for view in (Deck(DAY, TODAY, ("37051", "none")), Deck(DAY, TODAY, stops=(stop,))):
        deck = opened(slides(bad, view))
        assert len(counties(list(deck.slides)[1])) == 100
        for slide in deck.slides:
            for shape in slide.shapes:
                if shape.has_chart:
                    assert_no_formula(shape.chart)
        if not view.stops and len(words) < 100:
            assert safe(words).strip() in joined(list(deck.slides))


def assert_no_formula(chart: Any) -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_the_deck_says_nothing_of_who_wrote_its_template(deck: Any) -> None:
    told = deck.core_properties
    assert told.author == told.last_modified_by == "North Carolina LEAD atlas"
    assert told.created.date() == TODAY


BOX = Box(0, 0, 5, 2)


@pytest.mark.parametrize(
    ("paras", "number"),
    [
        ([Para("short")], 1),
        ([Para("word " * 45, "Lead:")] * 8, 4),
        ([Para("word " * 900, "Lead:")], None),
        ([Para("w" * 3000)], None),
    ],
)
def test_pages_fit_and_hold_every_word(paras: list[Para], number: int | None) -> None:
    parts = pages(paras, BOX, 12)
    assert number in (None, len(parts))
    assert all(height(part, BOX.width, 12) <= BOX.height for part in parts)
    words = "".join(para.whole for part in parts for para in part)
    assert words.replace(" ", "") == "".join(para.whole for para in paras).replace(" ", "")


def test_the_largest_fitting_size_is_taken_and_else_the_last() -> None:
    assert fitting_size([Para("short")], BOX, (28, 20, 12)) == 28
    assert fitting_size([Para("word " * 1000)], BOX, (28, 20, 12)) == 12


def test_cut_text_says_so_and_fits() -> None:
    assert cut(Para("short", "Lead:"), BOX, 12) == Para("short", "Lead:")
    short = cut(Para("word " * 1000, "Lead:"), BOX, 12)
    assert short.lead == "Lead:"
    assert short.text.endswith("word ...")
    assert height([short], BOX.width, 12) <= BOX.height


def test_a_view_colored_by_a_measure_has_its_map_too(facts: Any, vera: Any) -> None:
    layer = measure_layer(facts, vera, "jail_admissions", DAY, TODAY)
    made = opened(slides(facts, Deck(DAY, TODAY, layer=layer)))
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]
    assert titles[2].startswith(layer.headline)
    group = next(shape for shape in made.slides[2].shapes if shape.name == MAP_NAME)
    told = {shape.name[-6:-1]: shape._element._nvXxPr.cNvPr.get("descr") for shape in group.shapes}
    assert told == {
        row.fips: f"{row.county} County: {layer.words[row.look]}"
        for row in layer.frame.itertuples()
    }
    assert vera.publisher in made.slides[2].notes_slide.notes_text_frame.text
    lead = set(county_frame(facts, DAY).query("status in ('running', 'perhaps')")["fips"])
    accent = {
        shape.name[-6:-1]
        for shape in group.shapes
        if str(shape.line.color.rgb) == LIGHT["accent"].lstrip("#").upper()
    }
    assert accent == lead
