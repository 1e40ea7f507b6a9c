"""What to do next for other programs: JSON and CSV, with all there is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence

from equityrules.model.numbers import display
from equityrules.model.vocabulary import cell_text
from equityrules.priorities import Priorities, Renewal, Rests, Serves, Settles, Step, Wanted
from equityrules.reports.csv_report import safe_text
from equityrules.reports.priorities.words import framework_words, title_of, to_do
from equityrules.reports.words import disclosure_words

FORMAT = "equityrules.priorities/1"
_COLUMNS = (
    "organisation", "organisation_code", "period", "list", "rank", "what", "item", "groups", "holder", "framework",
    "criterion", "name", "requirement", "kind", "because", "shortfall", "shortfall_unit", "levers", "edits",
    "held", "attainable", "leads_to", "criteria", "frameworks", "completes", "until", "hypothetical", "disclosure",
)  # fmt: skip


def render_json(priorities: Sequence[Priorities], _limit: int) -> str:
    """Return an array with one element for each organisation, whatever the limit."""
    elements = [{"format": FORMAT, **_element(one)} for one in priorities]
    return json.dumps(elements, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _element(one: Priorities) -> dict[str, object]:
    first = one.assessments[0]
    return {
        "organisation": first.organisation,
        "organisation_code": first.organisation_code,
        "period": str(first.period),
        "as_of": str(first.as_of),
        "disclosure": disclosure_words(first.receipt),
        "hypothetical": list(first.receipt.hypothetical),
        "frameworks": [
            {"framework": str(two.framework), "title": two.framework.title, "next": framework_words(two)}
            for two in one.assessments
        ],
        "steps": [_json_step(step) for step in one.steps],
        "collect": [_json_wanted(wanted) for wanted in one.collect],
        "renew": [_json_renewal(renewal) for renewal in one.renew],
    }


def _json_step(step: Step) -> dict[str, object]:
    shortfall = step.shortfall
    return {
        "what": title_of(step),
        "collected": step.collected,
        "criteria": step.criteria,
        "frameworks": step.frameworks,
        "completes": step.completes,
        "shortfall": None if shortfall is None else {"value": float(round(shortfall, 6)), "exact": str(shortfall)},
        "unit": step.unit,
        "levers": [{"text": one.text, "edits": list(map(str, one.edits))} for one in step.levers],
        "serves": [
            {
                "framework": str(one.framework), "criterion": one.criterion, "name": one.name,
                "requirement": one.requirement, "leads_to": one.leads_to.id, "kind": str(one.kind),
                "because": one.because,
            }
            for one in step.serves
        ],
    }  # fmt: skip


def _json_wanted(wanted: Wanted) -> dict[str, object]:
    return {
        "item": wanted.item.id,
        "what": wanted.item.text,
        "kind": wanted.item.kind,
        "holder": wanted.item.holder,
        "stale": wanted.stale,
        "cells": [dict(cell) for cell in wanted.cells],
        "settles": [
            {
                "framework": str(one.framework), "criterion": one.criterion, "name": one.name,
                "held": one.held.id if one.held else None,
                "attainable": one.attainable.id if one.attainable else None,
                "leads_to": one.leads_to.id if one.leads_to else None,
                "decided": one.decided, "alone": one.alone,
            }
            for one in wanted.settles
        ],
    }  # fmt: skip


def _json_renewal(renewal: Renewal) -> dict[str, object]:
    return {
        "item": renewal.item.id,
        "what": renewal.item.text,
        "holder": renewal.item.holder,
        "until": str(renewal.until),
        "months": renewal.months,
        "rests": [
            {"framework": str(one.framework), "criterion": one.criterion, "name": one.name} for one in renewal.rests
        ],
    }


def render_csv(priorities: Sequence[Priorities], _limit: int) -> str:
    """Return one table over all organisations, whatever the limit."""
    out = io.StringIO()
    rows = csv.DictWriter(out, _COLUMNS, restval="", lineterminator="\n")
    rows.writeheader()
    for one in priorities:
        first = one.assessments[0]
        whose = {"organisation": first.organisation, "organisation_code": first.organisation_code,
                 "period": str(first.period), "hypothetical": "; ".join(first.receipt.hypothetical),
                 "disclosure": disclosure_words(first.receipt)}  # fmt: skip
        for row in (*_step_rows(one), *_wanted_rows(one), *_renewal_rows(one)):
            rows.writerow({name: safe_text(text) for name, text in {**whose, **row}.items()})
    return out.getvalue()


def _step_rows(one: Priorities) -> Iterator[dict[str, str]]:
    """Yield a row for every gap that each step closes: first what is to do, then what evidence alone may show."""
    doing = to_do(one)
    showing = [step for step in one.steps if step not in doing]
    listed = [("do", *pair) for pair in enumerate(doing, 1)] + [("show", *pair) for pair in enumerate(showing, 1)]
    for name, rank, step in listed:
        for serves in step.serves:
            yield {
                "list": name,
                "rank": str(rank),
                "what": title_of(step),
                "requirement": serves.requirement,
                "kind": str(serves.kind),
                "because": serves.because,
                "shortfall": "" if step.shortfall is None else display(step.shortfall, 6),
                "shortfall_unit": step.unit,
                "levers": " / ".join(lever.text for lever in step.levers),
                "edits": " / ".join("; ".join(map(str, lever.edits)) for lever in step.levers),
                "leads_to": serves.leads_to.label,
                "criteria": str(step.criteria),
                "frameworks": str(step.frameworks),
                "completes": str(step.completes),
                **_csv_place(serves),
            }


def _wanted_rows(one: Priorities) -> Iterator[dict[str, str]]:
    """Yield a row for every criterion that each item bears on."""
    for rank, wanted in enumerate(one.collect, 1):
        for settles in wanted.settles:
            yield {
                "list": "find out",
                "rank": str(rank),
                "what": wanted.item.text,
                "item": wanted.item.id,
                "groups": " ".join(cell_text(cell) for cell in wanted.cells if cell),
                "holder": wanted.item.holder,
                "kind": "stale" if wanted.stale else "missing evidence",
                "because": "decided; evidence does not move it by itself" if settles.decided else "",
                "held": settles.held.label if settles.held else "",
                "attainable": settles.attainable.label if settles.attainable else "",
                "leads_to": settles.leads_to.label if settles.leads_to else "",
                "criteria": str(len(wanted.settles)),
                "frameworks": str(wanted.frameworks),
                "completes": str(wanted.alone),
                **_csv_place(settles),
            }


def _renewal_rows(one: Priorities) -> Iterator[dict[str, str]]:
    """Yield a row for every criterion that rests on what is to be renewed."""
    for rank, renewal in enumerate(one.renew, 1):
        for rests in renewal.rests:
            yield {
                "list": "renew",
                "rank": str(rank),
                "what": renewal.item.text,
                "item": renewal.item.id,
                "holder": renewal.item.holder,
                "criteria": str(len(renewal.rests)),
                "until": str(renewal.until),
                **_csv_place(rests),
            }


def _csv_place(one: Serves | Settles | Rests) -> dict[str, str]:
    return {"framework": str(one.framework), "criterion": one.criterion, "name": one.name}
