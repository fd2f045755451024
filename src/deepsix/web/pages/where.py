"""Where it hurts: the body chart to paint, the same places as a list, and signs to ask when the saddle is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup
from starlette.datastructures import FormData

from deepsix.case import VIEWS, Depth, PainMap, State
from deepsix.errors import CaseError
from deepsix.intake.chart.chart import Chart
from deepsix.intake.chart.drawing import view_svg
from deepsix.intake.chart.loader import load_chart
from deepsix.intake.chart.painting import pain_map_from_json, pain_map_on
from deepsix.intake.chart.reading import read_painting
from deepsix.intake.chart.record import pain_map_record
from deepsix.intake.replies import ticked_of
from deepsix.web.journey import address_before, next_address
from deepsix.web.rendering import NO_ERRORS, Errors, page
from deepsix.web.visiting import AForm, AVisitor, Visitor, go_to

STATION = "where"
SADDLE = "/where/saddle"
router = APIRouter()


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A row of the list: the zone without its side, and its places as (id, side, whole name)."""

    name: str
    places: tuple[tuple[str, str, str], ...]


def _groups(chart: Chart) -> list[tuple[str, list[ZoneRow]]]:
    """Return the rows of the list under the view that shows them first."""
    rows: dict[str, dict[str, list[tuple[str, str, str]]]] = {}
    names: dict[str, str] = {}
    for place in chart.places.values():
        rows.setdefault(chart.views[place.view].name, {}).setdefault(place.zone, []).append(
            (place.id, place.side, place.name)
        )
        names.setdefault(place.zone, place.name.replace(f"{place.side} ", "", 1) if place.side else place.name)
    return [(view, [ZoneRow(names[z], tuple(places)) for z, places in zones.items()]) for view, zones in rows.items()]


def _data(chart: Chart) -> dict[str, Any]:
    """Return what the script needs: the grid, and which place each cell lies in, as runs [row, first, last, place]."""
    runs: dict[str, list[list[int]]] = {}
    for view, cells in chart.cells.items():
        found: list[list[int]] = []
        for row, line in enumerate(cells.tolist()):
            for column, place in enumerate(line):
                if place < 0:
                    continue
                if found and found[-1][0] == row and found[-1][2] == column - 1 and found[-1][3] == place:
                    found[-1][2] = column
                else:
                    found.append([row, column, column, place])
        runs[view] = found
    grid = chart.grid
    names = {place.id: place.name for place in chart.places.values()}
    return {
        "figure": grid.figure,
        "cell": grid.cell_mm,
        "shape": grid.shape,
        "order": chart.order,
        "names": names,
        "cells": runs,
        "enough": (chart.rules.enough_mm / grid.cell_mm) ** 2,
    }


def _show(request: Request, visitor: Visitor, pain_map: PainMap, errors: Errors = NO_ERRORS) -> Response:
    site = visitor.site
    chart = load_chart(site.knowledge)
    data = site.remembered(("where", "data", site.knowledge.version), lambda: _data(chart))
    groups = site.remembered(("where", "groups", site.knowledge.version), lambda: _groups(chart))
    views = [(view, chart.views[view].name, Markup(view_svg(chart, view, lit=pain_map.places))) for view in VIEWS]
    return page(
        request,
        "pages/where.html",
        views=views,
        groups=groups,
        data=data,
        places=[(place.id, place.name) for place in chart.places.values()],
        pain_map=pain_map,
        painting=pain_map_record(pain_map),
        depths=[(depth.value, f"chart.depth_{depth.value}") for depth in Depth],
        errors=errors,
        back=address_before(visitor.visit, "/where"),
    )


@router.get("/where")
def show(request: Request, visitor: AVisitor) -> Response:
    """Show the chart with what was marked before."""
    return _show(request, visitor, visitor.visit.case.pain_map or PainMap())


@router.post("/where")
def take(request: Request, visitor: AVisitor, form: AForm) -> Response:
    """Take the painting, or the ticks of the list when no script ran."""
    site, visit = visitor.site, visitor.visit
    chart = load_chart(site.knowledge)
    if form.get("skip"):
        visitor.keep(visit.passed(STATION))
        return go_to(next_address(site, visit.passed(STATION)))
    try:
        pain_map = _sent(chart, form)
    except CaseError as error:
        return _show(request, visitor, visit.case.pain_map or PainMap(), {"painting": str(error)})
    if pain_map.is_empty:
        return _show(request, visitor, pain_map, {"painting": "Paint or tick where it hurts, or skip this page"})
    painting = read_painting(chart, pain_map, visit.case.sex)
    told = visit.told(painting.add_to(visit.case, pain_map)).passed(STATION)
    visitor.keep(told)
    return go_to(SADDLE if painting.still_to_ask(told.case) else next_address(site, told))


def _sent(chart: Chart, form: FormData) -> PainMap:
    """Return the pain map of a form: of the script's field if it filled it, else of the list."""
    told: dict[str, Any] = {
        "depth": str(form.get("depth", "")) or None,
        "everywhere": form.get("everywhere") == "yes",
    }
    painted = str(form.get("painting", ""))
    if painted:
        base = pain_map_record(pain_map_from_json(chart, painted))
    else:
        worst = str(form.get("worst_place", ""))
        base = {
            "places": [str(value) for value in form.getlist("places")],
            "worst": {"place": worst} if worst else None,
        }
    return pain_map_on(chart, {**base, **told})


def _signs(visitor: Visitor) -> tuple[str, ...]:
    """Return the danger signs of the saddle, when the painting touches it."""
    case = visitor.visit.case
    if case.pain_map is None:
        return ()
    return read_painting(load_chart(visitor.site.knowledge), case.pain_map, case.sex).ask_first


def _show_saddle(request: Request, visitor: Visitor, chosen: set[str], errors: Errors = NO_ERRORS) -> Response:
    names = visitor.site.knowledge.findings
    options = [(name, names[name].name) for name in _signs(visitor)]
    return page(request, "pages/saddle.html", options=options, chosen=chosen, errors=errors, back="/where")


@router.get(SADDLE)
def show_saddle(request: Request, visitor: AVisitor) -> Response:
    """Ask for the signs that go with the place that was painted."""
    signs = _signs(visitor)
    if not signs:
        return go_to(next_address(visitor.site, visitor.visit))
    chosen = {name for name in signs if visitor.visit.case.state(name) is State.YES}
    return _show_saddle(request, visitor, chosen)


@router.post(SADDLE)
def take_saddle(request: Request, visitor: AVisitor, form: AForm) -> Response:
    """Take the signs; "not sure" leaves them open."""
    signs = _signs(visitor)
    given = {str(value) for value in form.getlist("signs")}
    ticked = given & set(signs)
    if signs and not ticked and not given & {"none", "unsure"}:
        message = "Tick what you have, “None of these” or “I am not sure”"
        return _show_saddle(request, visitor, given, {"signs": message})
    visit = visitor.visit
    if ticked or "none" in given:
        visit = visit.told(visit.case.with_answers(*ticked_of(signs, ticked)))
    visitor.keep(visit)
    return go_to(next_address(visitor.site, visit))
