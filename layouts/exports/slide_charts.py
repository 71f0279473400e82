"""The charts of a deck, native and with their data: how LEAD spread, and before and after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from data.adoption import curve, curve_on
from data.evidence.results import results
from data.facts import Facts
from data.frame import first_month
from data.language import marked, say
from layouts.exports.slide_flow import POINT, Box
from layouts.exports.slide_parts import fill, paint, safe, tell

SURE = marked("Counties with LEAD")
PERHAPS = marked("Perhaps more: the sources do not fix the day")
ROW_HEIGHT = 0.92
"""Height in inches of a result: its words and its bar stand in one line."""


def monthly(facts: Facts, day: date, today: date) -> pd.DataFrame:
    """Give the adoption curve by month: ``day, low, high``.

    Each month stands at its last day, the view's month at the view's day, so that the chart and
    the sentence cannot differ; the last month stands at today.
    """
    until = max(day, today)
    band = curve(facts, until)
    ends = pd.date_range(first_month(facts, until), until, freq="ME").date.tolist()
    days = {(end.year, end.month): end for end in [*ends, until, day] if end >= ends[0]}
    told = [{"day": end, **curve_on(band, end)} for end in sorted(days.values())]
    return pd.DataFrame(told)[["day", "low", "high"]].astype({"low": int, "high": int})


def add_curve(slide: Any, rows: pd.DataFrame, day: date, box: Box, words: str) -> None:
    """Draw ``monthly`` rows as columns without gaps, sure below and perhaps above."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION

    data = CategoryChartData(number_format="0")
    data.categories = list(rows["day"])
    data.add_series(say(SURE), list(rows["low"]))
    data.add_series(say(PERHAPS), list(rows["high"] - rows["low"]))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_STACKED, *box.emu(), data)
    tell(frame, say("Chart: counties with LEAD by month"), words)
    chart = frame.chart
    chart.font.size = 14 * POINT
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 0, 100
    for series, look in zip(plot.series, ("running", "perhaps"), strict=True):
        fill(series.format, look)
    _mark(plot.series, list(rows["day"]), day)
    _style_axes(chart, int(rows["high"].max()))


def _mark(series: Any, days: list[date], day: date) -> None:
    """Color the column of the view's day."""
    if day in days:
        for one in series:
            form = one.points[days.index(day)].format
            form.fill.solid()
            form.fill.fore_color.rgb = paint("choice")
            if one.name == say(PERHAPS):
                _hatch(form)


def _hatch(form: Any) -> None:
    from pptx.enum.dml import MSO_PATTERN

    form.fill.patterned()
    form.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    form.fill.fore_color.rgb, form.fill.back_color.rgb = paint("choice"), paint("paper")


def _style_axes(chart: Any, top: int) -> None:
    counts, months = chart.value_axis, chart.category_axis
    counts.minimum_scale, counts.maximum_scale = 0, top + 1
    counts.major_unit = max(1, round(top / 5))
    counts.major_gridlines.format.line.color.rgb = paint("rule")
    counts.format.line.fill.background()
    months.tick_labels.number_format, months.tick_labels.number_format_is_linked = "yyyy", False
    months.format.line.color.rgb = paint("ink-soft")
    _by_months(months._element)


def _by_months(axis: Any) -> None:
    """Let a column fill its month, and label every other year: the library knows days only."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    base = axis.xpath("c:baseTimeUnit")[0]
    base.set("val", "months")
    for xml in ('majorUnit {} val="2"', 'majorTimeUnit {} val="years"'):
        base.addnext(parse_xml(f"<c:{xml.format(nsdecls('c'))}/>"))
        base = base.getnext()


def changes(facts: Facts) -> pd.DataFrame:
    """Give the results of LEAD in North Carolina that tell a change from before to after."""
    rows = results(facts)
    told = (rows["change_pct"] != "") & (rows["period_before"] != "")
    return rows[(rows["state"] == "NC") & (rows["is_lead"] == "yes") & told]


def add_changes(slide: Any, rows: pd.DataFrame, box: Box, words: str) -> None:
    """Draw changes in percent as bars, a row each, first on top: a claim's bar is hollow."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    data = CategoryChartData(number_format="General")
    # The number keeps a spreadsheet from reading a text as a formula.
    data.categories = [
        safe(f"{place}. {row.measure} ({row.site})")
        for place, row in enumerate(rows.itertuples(), 1)
    ]
    name = say("Change from before to after, percent")
    data.add_series(name, [float(change) for change in rows["change_pct"]])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box.emu(), data)
    tell(frame, say("Chart: before and after"), words)
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    chart.font.size = 14 * POINT
    series = chart.plots[0].series[0]
    chart.plots[0].gap_width = 120
    series.invert_if_negative = False
    fill(series.format, "accent")
    for place, row in enumerate(rows.itertuples()):
        point = series.points[place]
        if row.claim == "yes":
            fill(point.format, "paper")
            point.format.line.color.rgb = paint("accent")
            point.format.line.width = round(1.5 * POINT)
        _label(point, str(row.headline))
    _style_bars(chart, rows["change_pct"].astype(float))


def _label(point: Any, words: str) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION

    label = point.data_label
    label.has_text_frame = True
    label.text_frame.text = safe(words)
    label.text_frame.paragraphs[0].runs[0].font.size = 14 * POINT
    label.text_frame.paragraphs[0].runs[0].font.bold = True
    label.position = XL_LABEL_POSITION.OUTSIDE_END


def _style_bars(chart: Any, change: pd.Series) -> None:
    """Show the line of no change only, with room for the words at the ends of the bars."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    low, high = min(float(change.min()), 0), max(float(change.max()), 0)
    room = 0.3 * (high - low)
    values, names = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = low - room, high + room
    values.has_major_gridlines = False
    values.visible = False
    names.reverse_order = True
    names.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = paint("ink-soft")
    # The plot fills its frame, so that each bar stands beside its words.
    sides = "".join(
        f'<c:{part} val="{value}"/>'
        for part, value in (
            ("layoutTarget", "inner"),
            ("xMode", "edge"),
            ("yMode", "edge"),
            ("x", 0),
            ("y", 0),
            ("w", 1),
            ("h", 1),
        )
    )
    area = chart._chartSpace.xpath("c:chart/c:plotArea")[0]
    for old in area.xpath("c:layout"):
        area.remove(old)
    area.insert(
        0,
        parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{sides}</c:manualLayout></c:layout>"),
    )
