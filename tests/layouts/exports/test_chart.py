import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from data.adoption import curve
from data.evidence.context import context_series
from data.evidence.reach import reach
from data.evidence.results import results
from data.status import programs
from data.story import story
from layouts.exports.chart import chart_svg, plot_edges
from layouts.exports.chart_known import SYMBOLS
from layouts.exports.chart_ticks import ticks
from layouts.figures import adoption_curve, context_chart, reach_chart, result_chart
from layouts.figures.base import quiet_layout
from layouts.figures.effect import effect_curve, effect_rows
from layouts.figures.story import story_chart
from layouts.figures.trend import trend_chart, trend_multiples
from tests.layouts.figures.test_effect import NAMES, effect
from tests.layouts.figures.test_trend import CHOSEN, made

TODAY = date(2026, 1, 31)
DAY = pd.Timedelta(days=1)
HOSTILE = {
    "markup": "</title><script>alert(1)</script>",
    "quotes": "\"' onload='alert(1)' x=\"",
    "an ampersand": "Tom & Jerry &lt;b&gt;",
    "what no XML may hold": "a\x00b\x0bc\ud800d",
    "the end of a comment": "--> ]]> <!-- <![CDATA[",
}


def square(x: Any = (0, 10), y: Any = (0, 10), **layout: Any) -> go.Figure:
    """Give a figure of 100 pixels a side without margins, words or lines."""
    bare = {"visible": False, "showgrid": False}
    return go.Figure(
        layout=quiet_layout(
            **{
                "height": 100,
                "margin": dict.fromkeys("lrtb", 0),
                "xaxis": {**bare, "range": list(x)},
                "yaxis": {**bare, "range": list(y)},
                **layout,
            }
        )
    )


def drawn(figure: go.Figure, width: float = 100) -> ElementTree.Element:
    return ElementTree.fromstring(chart_svg(figure, width))


def dots(figure: go.Figure) -> list[tuple[float, float]]:
    return [
        (float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in drawn(figure).iter("circle")
    ]


def lines(figure: go.Figure) -> list[str]:
    """Give the drawn lines and areas, but no symbols."""
    return [path.attrib["d"] for path in drawn(figure).iter("path")]


def words(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter("text")]


def axis(length: float = 400, **options: Any) -> list[tuple[float, str]]:
    """Give the ticks of an axis upward of numbers."""
    low, high = options["range"]
    made = go.Figure(layout={"yaxis": options}).layout.yaxis
    return [(tick.at, tick.words) for tick in ticks(made, False, low, high, length)]


def years(length: float = 400, **options: Any) -> list[str]:
    """Give the words at the ticks of an axis across of days."""
    made = go.Figure(layout={"xaxis": options}).layout.xaxis
    low, high = (pd.Timestamp(day).timestamp() * 1000 for day in options["range"])
    return [tick.words for tick in ticks(made, True, low, high, length)]


def test_points_stand_where_their_numbers_lie() -> None:
    figure = square().add_scatter(x=[0, 2.5, 10], y=[0, 5, 10], mode="markers")
    assert dots(figure) == [(0, 100), (25, 50), (100, 0)]


def test_a_turned_axis_is_drawn_downward() -> None:
    figure = square(y=(10, 0)).add_scatter(x=[1], y=[2], mode="markers")
    assert dots(figure) == [(10, 20)]


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 1, 2),
        pd.Timestamp(2020, 1, 2),
        np.datetime64("2020-01-02"),
        "2020-01-02",
        "2020-01-02T00:00:00",
    ],
    ids=lambda day: type(day).__name__,
)
def test_days_stand_where_they_lie(day: Any) -> None:
    ends = (date(2020, 1, 1), date(2020, 1, 11))
    assert dots(square(x=ends).add_scatter(x=[day], y=[5], mode="markers")) == [(10, 50)]


def test_an_axis_of_days_may_have_values_without_a_day() -> None:
    figure = square(x=(pd.Timestamp(2020, 1, 1), pd.Timestamp(2020, 1, 11)))
    figure.add_scatter(x=[None, pd.NaT, pd.Timestamp(2020, 1, 6)], y=[1, 2, 5], mode="markers")
    assert dots(figure) == [(50, 50)]


def test_lines_stop_at_what_is_missing() -> None:
    figure = square().add_scatter(
        x=[0, 1, 2, 3, 4], y=[0, 1, None, 3, np.nan], mode="lines", line={"color": "red"}
    )
    assert lines(figure) == ["M0 100L10 90"]


def test_steps_hold_a_value_until_the_next() -> None:
    figure = square().add_scatter(
        x=[0, 2, 4, 6], y=[0, 5, 5, 1], mode="lines", line={"shape": "hv", "color": "red"}
    )
    assert lines(figure) == ["M0 100H20V50H40H60V90"]


def test_a_band_lies_between_its_two_lines_and_below_both() -> None:
    figure = square()
    for y in ([1, 1], [3, 5]):
        figure.add_scatter(x=[0, 10], y=y, mode="lines", line={"color": "red", "width": 1})
    figure.data[1].update(fill="tonexty", fillcolor="blue")
    assert lines(figure) == ["M0 90H100V50L0 70Z", "M0 90H100", "M0 70L100 50"]


def test_an_area_is_filled_run_by_run() -> None:
    x = [0, 2, 2, None, 5, 7, 7]
    y = [0, 0, 2, None, 5, 5, 7]
    figure = square().add_scatter(
        x=x, y=y, mode="lines", fill="toself", fillcolor="blue", line={"width": 0}
    )
    assert lines(figure) == ["M0 100H20V80ZM50 50H70V30Z"]


def test_intervals_reach_from_low_to_high() -> None:
    bars = {"array": [2, None], "arrayminus": [1, None], "color": "red", "thickness": 1, "width": 0}
    figure = square().add_scatter(
        x=[5, 6], y=[5, 6], mode="markers", error_y={"symmetric": False, **bars}
    )
    assert lines(figure) == ["M50 60V30"]


def test_bars_lie_from_their_base_and_perhaps_is_hatched() -> None:
    marker = {"color": "red", "line": {"color": "blue", "width": 1}}
    figure = square(x=(pd.Timestamp(2020, 1, 1), pd.Timestamp(2020, 1, 11)), barmode="overlay")
    for shape, width in (("", 2), ("/", [2])):
        figure.add_bar(
            base=[pd.Timestamp(2020, 1, 2)],
            x=[3 * DAY.total_seconds() * 1000],
            y=[5],
            orientation="h",
            width=width,
            marker={**marker, "pattern": {"shape": shape, "fgcolor": "black", "size": 6}},
        )
    root = drawn(figure)
    box = {"x": "10", "y": "40", "width": "30", "height": "20"}
    assert [box.items() <= rect.attrib.items() for rect in root.iter("rect")] == [True, True]
    (hatch,) = root.iter("path")
    numbers = re.findall(r"[ML]([\d.]+) ([\d.]+)", hatch.attrib["d"])
    assert len(numbers) >= 8
    assert all(10 <= float(x) <= 40 and 40 <= float(y) <= 60 for x, y in numbers)


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_each_symbol_is_drawn_once_hollow_ones_unfilled(symbol: str) -> None:
    look = {"symbol": symbol, "size": 8, "color": "red", "line": {"color": "blue", "width": 1}}
    figure = square().add_scatter(
        x=[5], y=[5], mode="markers", marker=look, text=["a"], hovertemplate="told"
    )
    (mark,) = [node for node in drawn(figure).iter() if node.find("title") is not None]
    assert mark.findtext("title") == "told"
    filled = symbol in ("circle", "diamond")
    assert mark.attrib["fill"] == ("red" if filled else "none")
    assert mark.attrib["stroke"] == ("red" if "open" in symbol else "blue")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"range": (0, 10), "nticks": 4}, ["0", "5", "10"]),
        ({"range": (0, 34_000), "nticks": 4}, ["0", "10k", "20k", "30k"]),
        ({"range": (0, 11_800), "nticks": 4}, ["0", "5k", "10k"]),
        ({"range": (0, 5_900), "nticks": 4}, ["0", "2000", "4000"]),
        ({"range": (0, 2_400_000), "nticks": 4}, ["0", "1M", "2M"]),
        (
            {"range": (0, 11_000), "nticks": 5, "separatethousands": True}
            | {"exponentformat": "none"},
            ["0", "5,000", "10,000"],
        ),
        ({"range": (0, 1), "nticks": 4, "ticksuffix": "%"}, ["0%", "0.5%", "1%"]),
        ({"range": (-40, 25), "nticks": 6, "ticksuffix": "%"}, ["−40%", "−20%", "0%", "20%"]),
        ({"range": (0, 0.3), "nticks": 4}, ["0", "0.1", "0.2", "0.3"]),
        ({"range": (-2, 11), "dtick": 3, "tick0": 0}, ["0", "3", "6", "9"]),
        ({"range": (2.6, -0.6), "tickvals": [0, 1, 9], "ticktext": ["a", "b", "c"]}, ["a", "b"]),
        ({"range": (0, 100)}, ["0", "20", "40", "60", "80", "100"]),
    ],
    ids=str,
)
def test_ticks_of_numbers_are_round_and_said_short(options: Any, told: list[str]) -> None:
    assert [word for _, word in axis(**options)] == told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"dtick": "M24", "tickformat": "%Y"}, ["2016", "2018", "2020"]),
        ({"dtick": "M24", "tick0": "2015-01-01"}, ["2015", "2017", "2019"]),
        ({"dtick": "M36", "tick0": "2010-01-01"}, ["2016", "2019"]),
        ({}, ["2015", "2016", "2017", "2018", "2019", "2020"]),
        ({"nticks": 3}, ["2016", "2018", "2020"]),
        ({"tickvals": ["2016-05-01", date(2019, 1, 1)], "ticktext": ["a", "b"]}, ["a", "b"]),
    ],
    ids=str,
)
def test_ticks_of_days_stand_on_whole_years(options: Any, told: list[str]) -> None:
    assert years(range=("2014-12-15", "2020-06-01"), **options) == told


def test_ticks_of_a_short_time_are_months() -> None:
    assert years(range=("2020-01-01", "2020-07-02"), nticks=4) == [
        "Jan 2020",
        "Mar 2020",
        "May 2020",
        "Jul 2020",
    ]


def test_words_below_an_axis_never_touch_nor_reach_out() -> None:
    figure = square(x=(date(2000, 1, 1), date(2020, 1, 1)), margin={"l": 30, "b": 30})
    figure.update_xaxes(visible=True, dtick="M12", tickformat="%Y")
    assert words(drawn(figure, 900))[0] == "2000"
    narrow = words(drawn(figure, 200))
    assert narrow == ["2000", "2005", "2010", "2015"]


def test_long_words_beside_an_axis_are_broken_and_get_room() -> None:
    name = "Health Department with Public Safety and other agencies"
    figure = square(margin={"l": 8, "r": 8, "t": 8, "b": 8})
    figure.update_yaxes(visible=True, tickvals=[5], ticktext=[name])
    (label,) = (text for text in drawn(figure, 300).iter("text"))
    spans = [label.text, *(span.text for span in label.iter("tspan"))]
    assert len(spans) > 2 and " ".join(map(str, spans)) == name
    left, right, top, bottom = plot_edges(figure, 300)
    assert (right, top, bottom) == (292, 8, 92)
    assert 100 < left < 200 and left > float(label.attrib["x"])


@pytest.mark.parametrize(
    ("note", "place"),
    [
        ({"x": 2, "y": 3, "xanchor": "left", "yanchor": "bottom"}, (22, 65.3, None)),
        ({"x": 2, "y": 3, "xanchor": "right", "yanchor": "top"}, (18, 83.7, "end")),
        ({"x": 0.5, "xref": "paper", "y": 0.5, "yref": "paper"}, (50, 54.5, "middle")),
        (
            {"x": 5, "y": 1, "yref": "paper", "yshift": 10, "yanchor": "bottom"},
            (50, -14.7, "middle"),
        ),
    ],
    ids=str,
)
def test_words_stand_by_their_anchor(note: Any, place: Any) -> None:
    figure = square().add_annotation(text="word", showarrow=False, **note)
    (text,) = drawn(figure).iter("text")
    x, y = (float(text.attrib[name]) for name in "xy")
    assert (x, round(y, 1), text.get("text-anchor")) == place


def test_words_beyond_an_axis_are_not_written() -> None:
    figure = square().add_annotation(text="far", x=11, y=5, showarrow=False)
    assert words(drawn(figure)) == []


def test_shapes_stand_by_value_by_axis_and_by_plot() -> None:
    figure = square()
    figure.add_vline(x=4, line={"color": "red", "width": 1, "dash": "dot"})
    figure.add_vrect(x0=2, x1=3, fillcolor="blue", line_width=0)
    figure.add_shape(type="rect", x0=5, x1=9, y0=1, y1=0.5, yref="paper", fillcolor="green")
    figure.layout.shapes[2].update(layer="below", line={"width": 0}, opacity=0.2)
    root = drawn(figure)
    box = ("x", "y", "width", "height", "fill", "opacity")
    assert [tuple(rect.get(name) for name in box) for rect in root.iter("rect")] == [
        ("50", "0", "40", "50", "green", "0.2"),
        ("20", "0", "10", "100", "blue", None),
    ]
    (line,) = root.iter("path")
    assert line.attrib["d"] == "M40 0L40 100"
    assert line.attrib["stroke-dasharray"] == "3"


def test_points_tell_what_a_pointer_is_told() -> None:
    figure = square()
    figure.add_scatter(
        x=[3],
        y=[4.25],
        mode="markers",
        customdata=["line<br>break"],
        hovertemplate="Told: %{customdata}<extra>not this</extra>",
    )
    assert drawn(figure).findtext(".//circle/title") == "Told: line\nbreak"


def test_it_is_named_for_readers_who_do_not_see_it() -> None:
    figure = square().add_scatter(x=[1], y=[1], mode="markers", name="counties")
    assert drawn(figure).get("aria-label") == "Chart: counties"
    figure.update_layout(meta="How LEAD spread")
    assert drawn(figure).attrib | {"role": "img", "aria-label": "How LEAD spread"} == (
        drawn(figure).attrib
    )
    assert 'aria-label="Told"' in chart_svg(figure, 100, label="Told")


def test_alone_it_is_a_document() -> None:
    figure = square().add_scatter(x=[1], y=[1], mode="markers")
    root = ElementTree.fromstring(chart_svg(figure, 100, inline=False))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.attrib["color"].startswith("#")
    assert "xmlns" not in chart_svg(figure, 100)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_is_taken_for_markup(text: str) -> None:
    figure = square(meta=text)
    figure.update_yaxes(visible=True, tickvals=[5], ticktext=[text])
    figure.add_scatter(
        x=[5],
        y=[5],
        mode="lines+markers+text",
        text=[text],
        customdata=[text],
        hovertemplate="%{customdata}",
        name=text,
    )
    figure.add_annotation(x=5, y=5, text=text, showarrow=False)
    root = drawn(figure)
    assert {node.tag for node in root.iter()} <= {"svg", "text", "tspan", "circle", "title", "path"}
    assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda f: f.add_pie(values=[1]), "pie"),
        (lambda f: f.add_scatter(x=[1], y=[1], mode="text"), "scatter.mode = 'text'"),
        (lambda f: f.update_traces(marker_symbol="star"), "'star'"),
        (lambda f: f.update_traces(marker_symbol=["circle", "hexagon"]), "'hexagon'"),
        (lambda f: f.update_traces(marker_opacity=0.5), "scatter.marker.opacity"),
        (lambda f: f.update_traces(line_shape="spline"), "'spline'"),
        (lambda f: f.update_traces(connectgaps=True), "connectgaps = True"),
        (lambda f: f.update_traces(hovertemplate="%{z}"), "%{z}"),
        (lambda f: f.update_layout(showlegend=True), "layout.showlegend = True"),
        (lambda f: f.update_layout(title="a"), "layout.title"),
        (lambda f: f.update_xaxes(type="log"), "axis.type = 'log'"),
        (lambda f: f.update_xaxes(tickangle=90), "axis.tickangle"),
        (lambda f: f.update_layout(yaxis3={"range": [0, 1]}), "layout.yaxis3"),
        (lambda f: f.add_annotation(text="a", x=1, y=1, showarrow=True), "showarrow = True"),
        (lambda f: f.add_shape(type="circle", x0=0, x1=1, y0=0, y1=1), "'circle'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "figure",
)
def test_what_it_does_not_know_is_refused_by_name(change: Any, named: str) -> None:
    figure = square().add_scatter(x=[1, 2], y=[1, 2], mode="markers", marker={"symbol": "circle"})
    change(figure)
    with pytest.raises(ValueError, match=re.escape(named)):
        chart_svg(figure, 100)


def bar(**more: Any) -> dict[str, Any]:
    """Give a bar that has all it needs."""
    marker = {"color": "red", "line": {"color": "blue", "width": 1}}
    placed = {"x": [3], "y": [5], "base": [1], "width": 2, "orientation": "h"}
    return {"name": "spans", "marker": marker, **placed, **more}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda f: f.update_xaxes(range=None), "the xaxis has no range; set it"),
        (lambda f: f.update_layout(yaxis=None), "the yaxis has no range; set it"),
        (lambda f: f.update_traces(yaxis="y2"), "the yaxis2 has no range; set it"),
        (
            lambda f: f.add_bar(**bar(base=None, width=None)),
            "trace 2 “spans” has no base and no width; set it",
        ),
        (lambda f: f.add_bar(**bar(orientation=None)), "“spans” has no orientation; set it"),
        (lambda f: f.add_bar(**bar(marker={"color": "red"})), "“spans” has no marker.line.color"),
        (lambda f: f.add_bar(**bar(marker_pattern_shape="/")), "“spans” has no marker.pattern.f"),
        (lambda f: f.update_traces(mode=None), "trace 1 “points” has no mode; set it"),
        (lambda f: f.update_yaxes(tickvals=[1]), "the yaxis has no ticktext; set it"),
        (lambda f: f.update_layout(margin_l=None), "the layout has no margin.l; set it"),
        (lambda f: f.update_traces(x=[None, "Wake"]), "“points” has scatter.x = 'Wake'; place"),
        (lambda f: f.update_xaxes(range=["a", "a"]), "the xaxis has axis.range = 'a'; place it"),
    ],
    ids=lambda value: value if isinstance(value, str) else "figure",
)
def test_what_it_needs_and_does_not_find_is_told(change: Any, told: str) -> None:
    figure = square(meta="Arrests").add_scatter(x=[1, 2], y=[1, 2], mode="markers", name="points")
    change(figure)
    with pytest.raises(ValueError, match=re.escape(told)) as refused:
        chart_svg(figure, 100)
    assert str(refused.value).startswith("chart_svg cannot draw “Arrests”: ")


def test_what_has_all_it_needs_is_drawn() -> None:
    (box,) = drawn(square().add_bar(**bar())).iter("rect")
    assert (box.attrib["x"], box.attrib["width"]) == ("10", "30")


def state_figures(facts: Any) -> list[go.Figure]:
    """Give the figures of the first page for the state, and those of the page of trends."""
    rows = results(facts)
    shown = rows[(rows["topic"] == "justice") & (rows["change_pct"] != "")]
    trends = [
        trend_chart(made(facts, *CHOSEN)),
        trend_chart(made(facts, *CHOSEN, align="adoption")),
        trend_chart(made(facts, CHOSEN[0], months=1, cells=[30.0, None, *[20.0] * 50])),
        *trend_multiples(made(facts, *CHOSEN)),
        effect_curve(effect(follows=[True, False, False, True]).by_period, 3),
        effect_rows(effect(), NAMES),
    ]
    return [
        adoption(facts, ()),
        result_chart(shown),
        reach_chart(reach(facts).query("entered == 'yes'")),
        *map(context_chart, context_series(facts)),
        *trends,
    ]


def adoption(facts: Any, chosen: tuple[str, ...]) -> go.Figure:
    marks = facts.milestones.assign(day=pd.Timestamp(2020, 3, 27))
    rows = programs(facts)
    rows = rows[rows["fips"].isin(chosen)] if chosen else rows
    return adoption_curve(curve(facts, TODAY, chosen), rows, marks, date(2015, 1, 1), TODAY)


def county_figures(facts: Any, fips: str) -> list[go.Figure]:
    """Give the figures of a county's page and of the first page with it chosen."""
    rows = results(facts)
    rows = rows[(rows["fips"] == fips) & (rows["change_pct"] != "")]
    counts = reach(facts, (fips,))
    counts = counts[(counts["entered"] == "yes") & counts["day"].notna()]
    spans, events = story(facts, fips, TODAY)
    return [
        *([adoption(facts, (fips,))] if fips in set(facts.adoption["fips"]) else []),
        *([result_chart(rows)] if len(rows) else []),
        *([reach_chart(counts)] if len(counts) else []),
        *map(context_chart, context_series(facts, (fips,))),
        *([story_chart(spans, events, TODAY)] if len(spans) + len(events) else []),
    ]


def check_drawn(figure: go.Figure, *widths: float) -> None:
    """Check that a figure is drawn whole at some widths."""
    for width in widths:
        text = chart_svg(figure, width)
        root = ElementTree.fromstring(text)
        assert not re.search(
            r"\b(nan|inf|None|NaT)\b", re.sub("<title>.*?</title>|>[^<]*<", "", text)
        )
        told = [node for node in root.iter() if node.tag in ("circle", "path", "rect")]
        assert told
    points = sum(
        pd.notna(x) and pd.notna(y)
        for trace in figure.data
        if "markers" in (trace.mode if trace.type == "scatter" else "")
        for x, y in zip(trace.x, trace.y, strict=True)
    )
    titles = [node.text for node in root.iter("title")]
    assert len(titles) >= points > 0 or not points


def test_every_figure_of_the_state_is_drawn(facts: Any) -> None:
    for figure in state_figures(facts):
        check_drawn(figure, 330, 1000)


def test_the_figures_of_the_counties_are_drawn(facts: Any) -> None:
    figures = [figure for fips in facts.county_names for figure in county_figures(facts, fips)]
    assert len(figures) > 50
    for figure in figures[::3]:  # each kind comes often
        check_drawn(figure, 330)


def test_it_is_drawn_the_same_each_time(facts: Any) -> None:
    first, second = (chart_svg(adoption(facts, ()), 500) for _ in range(2))
    assert first == second
