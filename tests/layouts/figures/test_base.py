from layouts.figures.base import CONFIG, quiet_layout


def test_no_chart_offers_to_share_to_a_cloud() -> None:
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["displayModeBar"] is False


def test_charts_carry_no_template_and_no_background() -> None:
    layout = quiet_layout()
    assert not layout.template.layout.to_plotly_json()
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"


def test_charts_do_not_catch_the_finger_that_scrolls() -> None:
    layout = quiet_layout()
    assert layout.dragmode is False
    assert layout.xaxis.fixedrange is layout.yaxis.fixedrange is True


def test_a_figure_may_change_what_it_needs() -> None:
    layout = quiet_layout(200, margin={"l": 99}, hovermode="closest")
    assert (layout.height, layout.margin.l, layout.hovermode) == (200, 99, "closest")
    assert layout.margin.r == quiet_layout().margin.r
