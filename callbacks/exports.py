"""The exports: presenter mode, the offline file, slides, pictures, the data package."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import wraps
from threading import Lock
from typing import TypeVar

from flask import Flask, Response, abort, request

from callbacks.answers import BadParameter, send_bytes, send_file, send_text
from callbacks.asked import asked_day, asked_query
from callbacks.limits import costly
from callbacks.once import once
from callbacks.pages import is_live
from data.citation import bibtex, citation
from data.dates import today
from data.editions.folder import Keeper
from data.facts import Facts
from data.language import language, say
from data.measures.layers import layer_on
from data.series import CountySeries
from data.series.library import Library
from data.services.answers import AnswersError, read_answers
from data.services.plan import plan
from geo import neighbors
from layouts.address import Stop, View, read_story, read_view
from layouts.document import plain_document, root_attributes
from layouts.exports.html import to_html
from layouts.exports.names import kept_name
from layouts.exports.package import package
from layouts.exports.pictures import panel_svg
from layouts.exports.plan_slides import plan_slides
from layouts.exports.slides import Deck, slides
from layouts.exports.social import social_png
from layouts.exports.workbook import workbook
from layouts.pages.offline import offline_file
from layouts.pages.present import create_present
from layouts.shell import TITLE
from layouts.trend_address import measure_names

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked_view(facts: Facts, loaded: Sequence[CountySeries] = ()) -> View:
    """Read the view that the present request asks for; raises BadParameter where it is no view."""
    view = read_view(asked_query(), facts, today(), measure_names(loaded))
    if view.notices:
        raise BadParameter.of(view.notices[0])
    return view


def asked_story(facts: Facts) -> tuple[Stop, ...]:
    """Read the story that the present request asks for; raises BadParameter where it is none."""
    try:
        return read_story(request.args.get("story", ""), facts, today())
    except ValueError as error:
        raise BadParameter(str(error)) from None


Made = TypeVar("Made")


def one_at_a_time(most: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Make each export once for its edition, view and language, and one at a time.

    Twenty who ask at once wait for one making, and the viewers of pages are not starved. What is
    made already is given at once.
    """

    def wrap(make: Callable[..., Made]) -> Callable[..., Made]:
        lock = Lock()

        @once(most)
        def made(_: str, *asked: Hashable) -> Made:
            with lock:
                return make(*asked)

        @wraps(make)
        def ask(*asked: Hashable) -> Made:
            return made(language(), *asked)

        return ask

    return wrap


@one_at_a_time(8)
def _present(facts: Facts, view: View, now: date, live: bool) -> str:
    page = to_html(create_present(facts, view, now), {})
    title = say("{title}: presentation", title=say(TITLE))
    root = root_attributes(view.theme, facts.edition if live else "")
    return plain_document(page, title, root, alone=False)


_offline = one_at_a_time(2)(offline_file)
_slides = one_at_a_time(4)(slides)
_package = one_at_a_time(4)(package)
_workbook = one_at_a_time(4)(workbook)
_social = one_at_a_time(32)(social_png)
_picture = one_at_a_time(16)(panel_svg)


def register_exports(server: Flask, keeper: Keeper, library: Library) -> None:
    """Register the addresses of all exports."""
    _register_pages(server, keeper)
    _register_views(server, keeper, library)
    _register_files(server, keeper)
    _register_citations(server, keeper)


def _register_pages(server: Flask, keeper: Keeper) -> None:
    @server.get("/present")
    def present() -> Response:
        facts = keeper.facts()
        view = read_view(asked_query(), facts, today())
        return send_text(_present(facts, view, today(), is_live(keeper)), "text/html")

    @server.get("/download/atlas.html")
    @costly
    def download_atlas() -> Response:
        facts = keeper.facts()
        view = asked_view(facts)
        name = kept_name("lead-atlas", view.day, facts.edition)
        return send_file(_offline(facts, view, today()), "text/html", f"{name}.html")


def _register_views(server: Flask, keeper: Keeper, library: Library) -> None:
    @server.get("/download/slides.pptx")
    @costly
    def download_slides() -> Response:
        facts = keeper.facts()
        view = asked_view(facts, loaded := library.all())
        layer = layer_on(facts, loaded, view.layer, view.day, today())
        deck = Deck(view.day, today(), view.chosen, asked_story(facts), layer)
        name = kept_name("lead-slides", view.day, chosen=view.chosen)
        return send_bytes(_slides(facts, deck), PPTX, f"{name}.pptx")

    @server.post("/download/plan.pptx")
    @costly
    def download_plan() -> Response:
        facts = keeper.facts()
        fips, text = request.form.get("fips", ""), request.form.get("answers", "")
        if fips not in facts.county_names:
            raise BadParameter(say("No county has the FIPS code “{code}”.", code=fips[:20]))
        day = asked_day()
        try:
            answers = read_answers(text, facts, fips) if text else None
        except AnswersError as error:
            raise BadParameter(str(error)) from None
        made = plan(facts, fips, day, neighbors()[fips], answers)
        name = kept_name(f"plan-{fips}", day)
        return send_bytes(plan_slides(facts, made, today()), PPTX, f"{name}.pptx")

    @server.get("/download/picture.svg")
    @costly
    def download_picture() -> Response:
        facts = keeper.facts()
        view = asked_view(facts, loaded := library.all())
        layer = layer_on(facts, loaded, view.layer, view.day, today())
        panel, size = request.args.get("panel", "map"), request.args.get("size", "web")
        try:
            text = _picture(facts, panel, view.day, view.chosen, today(), size, layer)
        except ValueError as error:
            raise BadParameter(str(error)) from None
        name = kept_name(f"lead-{panel}-{size}", view.day, chosen=view.chosen)
        return send_file(text, "image/svg+xml", f"{name}.svg")


def _register_files(server: Flask, keeper: Keeper) -> None:
    @server.get("/download/data.zip")
    @costly
    def download_package() -> Response:
        facts = keeper.facts()
        day = asked_view(facts).day
        name = kept_name("lead-atlas-data", day, facts.edition)
        return send_bytes(_package(facts, day, today()), "application/zip", f"{name}.zip")

    @server.get("/download/data.xlsx")
    @costly
    def download_workbook() -> Response:
        facts = keeper.facts()
        day = asked_view(facts).day
        name = kept_name("lead-atlas-data", day, facts.edition)
        return send_bytes(_workbook(facts, day), XLSX, f"{name}.xlsx")

    @server.get("/download/map.png")
    @costly
    def download_social() -> Response:
        facts = keeper.facts()
        day = asked_view(facts).day
        return send_bytes(_social(facts, day), "image/png", f"{kept_name('lead-map', day)}.png")


def _register_citations(server: Flask, keeper: Keeper) -> None:
    @server.get("/download/citation.<kind>")
    def download_citation(kind: str) -> Response:
        write = {"txt": citation, "bib": bibtex}.get(kind)
        if write is None:
            abort(404)
        facts = keeper.facts()
        view = asked_view(facts)
        query = view.query(today())
        address = request.host_url + (f"?{query}" if query else "")
        text = write(facts, view.day, today(), address) + "\n"
        name = kept_name("citation", view.day, facts.edition)
        return send_file(text, "text/plain", f"{name}.{kind}")
