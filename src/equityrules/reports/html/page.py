"""The page: templates filled with what the reports tell, in one file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from equityrules.model.numbers import counted
from equityrules.model.result import Assessment
from equityrules.model.scale import Grade
from equityrules.reports import board, comparing, priorities, telling, words
from equityrules.reports.board import Board, Brand
from equityrules.reports.charts import Chart, charts_of
from equityrules.reports.charts.text import clean
from equityrules.reports.html import tables

MOST = 5
"""How many things of each list the summary names; the sections below have all."""
_NO_BOARD = Board()


def render_html(assessments: Sequence[Assessment], beside: Board = _NO_BOARD) -> str:
    """Return one HTML document that holds every assessment, a part for each organisation."""
    style = _style()
    return _environment().get_template("report.html.jinja").render(
        papers=list(board.by_organisation(assessments)),
        beside=beside,
        style=Markup(style),
        policy=_policy(style),
        logo=_data_address(beside.brand) if beside.brand else "",
    ) + "\n"  # fmt: skip


@cache
def _environment() -> Environment:
    """Return the templates: free text is always escaped, and a name that is not there is a fault."""
    found = Environment(
        loader=PackageLoader("equityrules.reports.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    found.globals.update(
        board=board, telling=telling, words=words, priorities=priorities, comparing=comparing, tables=tables,
        counted=counted, charts_of=charts_of, picture=_picture, scale_of=scale_of, most=MOST,
        sentence=words.sentence, capital=_capital, paragraphs=_paragraphs,
    )  # fmt: skip
    return found


def _shown(value: object) -> object:
    """Return text without what no page can hold, such as control characters; markup as it is."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else clean(value)


def _style() -> str:
    return files("equityrules.reports.html").joinpath("report.css").read_text(encoding="utf-8")


def _policy(style: str) -> str:
    """Return the policy: nothing is loaded or run; this one style sheet and pictures in the page itself apply."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _data_address(brand: Brand) -> str:
    return f"data:{brand.media_type};base64,{base64.b64encode(brand.content).decode()}"


def _picture(chart: Chart) -> Markup:
    return Markup(chart.svg)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if clean(line)]


def scale_of(assessment: Assessment, level: words.Level) -> tuple[Grade, ...]:
    """Return the grades of the scale that a part is graded on; none where that is not known."""
    named = [grade for grade in (level.held, level.attainable) if grade is not None]
    scales: Any = assessment.framework.scales.values()
    return next((grades for grades in scales if named and all(grade in grades for grade in named)), ())
