"""Reviews of action plans as a terminal page, Markdown, JSON or CSV, and plans as CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from equityrules.model.numbers import counted, display
from equityrules.model.plan import Plan
from equityrules.plans import CODES, PlanRemark, PlanReview
from equityrules.plans.codes import Code
from equityrules.plans.remarks import Place
from equityrules.reports.csv_report import safe_text
from equityrules.reports.markdown_text import bullets, heading, paragraph, table
from equityrules.reports.words import plain, sentence
from equityrules.reports.wrapping import heading as underlined
from equityrules.reports.wrapping import labelled
from equityrules.reports.wrapping import paragraph as wrapped

FORMAT = "equityrules.plan-review/1"
LABELS: Mapping[str, str] = {
    "id": "ID", "aim": "Aim", "section": "Section", "criteria": "Criteria", "position": "Current position",
    "measure": "Measure", "baseline": "Baseline", "unit": "Unit", "target": "Target", "target_rule": "Target rule",
    "success": "Success measure", "action": "Action", "due": "Due", "lead": "Lead", "governance": "Governance",
    "status": "Status", "actual": "Actual", "update": "Update", "note": "Note",
}  # fmt: skip
"""The headings that drafts have."""

_COLUMNS = (
    "plan", "as_of", "family", "code", "note", "id", "row", "part", "column", "what", "why", "do", "score", "together",
)  # fmt: skip
_FEW_ROWS = 6
_NEEDS_QUOTE = re.compile(r"'(?='?[=+@\t\r＝＋－＠-])")


def render_review(review: PlanReview, format_name: str) -> str:
    """Return a review in one of the formats of `RENDERERS`."""
    return RENDERERS[format_name](review)


def render_plan(plan: Plan, format_name: str) -> str:
    """Return a plan in one of the formats of `PLAN_RENDERERS`; the CSV reads back without loss."""
    return PLAN_RENDERERS[format_name](plan)


# --- what all formats say ------------------------------------------------------------------------------------------


def summary_lines(review: PlanReview) -> Iterator[str]:
    """Yield what was looked at: the size of the plan, the day, and how many remarks there are."""
    plan = review.plan
    rows = len(plan.actions)
    beside = f" in {counted(rows, 'row')}" if rows != plan.number_of_actions else ""
    yield f"{counted(plan.number_of_actions, 'action')}{beside}, checked as of {review.as_of}."
    if review.against:
        yield f"Held against the gaps by {', '.join(review.against)}."
    if review.before:
        yield f"Compared with the older version: {review.before}."
    notes = sum(one.note for one in review.remarks)
    yield f"{counted(len(review.remarks) - notes, 'remark')} and {counted(notes, 'note')}."


def footer_lines(review: PlanReview) -> Iterator[str]:
    """Yield what was not looked at: columns that were not read, and codes that are off."""
    if review.plan.unread:
        yield f"Columns not read: {', '.join(review.plan.unread)}."
    if review.plan.left_out:
        yield f"Not in this file, and not asked for: {', '.join(review.plan.left_out)}."
    if review.off:
        yield f"Not looked for: {', '.join(review.off)} (--on CODE)."
    if review.plan.source:
        yield f"Source: {review.plan.source}."


def place_words(remark: PlanRemark) -> str:
    """Return where a remark is: "2-07 (line 18), column 'due'"; empty for the plan as a whole."""
    if not remark.lines:
        return ""
    ids = list(dict.fromkeys(place.id for place in remark.lines))
    column = f", column '{remark.column}'" if remark.column else ""
    return f"{', '.join(ids)}{_rows_words([one for one in remark.lines if one.row])}{column}"


def _rows_words(places: Sequence[Place]) -> str:
    """Return the lines of a file, or the rows by part: " (lines 3, 4)", " (table 2, rows 3, 4; table 3, row 1)"."""
    if not places or len(places) > _FEW_ROWS:
        return ""
    found: dict[str, list[int]] = {}
    for place in places:
        found.setdefault(place.part, []).append(place.row)
    said = [f"{f'{part}, row' if part else 'line'}{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows))}"
            for part, rows in found.items()]  # fmt: skip
    return f" ({'; '.join(said)})"


def _by_code(remarks: Sequence[PlanRemark]) -> Iterator[tuple[Code, list[PlanRemark]]]:
    for name, found in groupby(remarks, key=lambda one: one.code):
        yield CODES[name], list(found)


def _families(review: PlanReview) -> Iterator[tuple[str, list[PlanRemark]]]:
    for family, found in groupby(review.remarks, key=lambda one: CODES[one.code].family):
        yield family, list(found)


def _what(remark: PlanRemark) -> str:
    score = f" (likeness {display(remark.score)})" if remark.score is not None else ""
    return plain(f"{remark.what}{score}")


# --- table and markdown --------------------------------------------------------------------------------------------


def _render_table(review: PlanReview) -> str:
    return "\n".join(_page(review)) + "\n"


def _page(review: PlanReview) -> Iterator[str]:
    yield underlined(plain(review.plan.title), "=")
    for line in summary_lines(review):
        yield wrapped(plain(line), 0, 2)
    for family, remarks in _families(review):
        yield ""
        yield underlined(family.capitalize())
        for code, found in _by_code(remarks):
            yield wrapped(f"{code.title} [{code.name}{', note' if code.note else ''}]", 0, 2)
            yield labelled("why", f"{code.why}.", 2, 5)
            for remark in found:
                yield from _remark_lines(remark)
    if not review.remarks:
        yield "Nothing to remark."
    yield ""
    for line in footer_lines(review):
        yield wrapped(plain(line), 0, 2)


def _remark_lines(remark: PlanRemark) -> Iterator[str]:
    place = place_words(remark)
    yield wrapped(f"- {plain(place)}: {_what(remark)}" if place else f"- {_what(remark)}", 2, 4)
    if remark.do != "nothing":
        yield labelled("->", plain(remark.do), 4, 3)


def _render_markdown(review: PlanReview) -> str:
    return "\n".join(_markdown(review)).rstrip() + "\n"


def _markdown(review: PlanReview) -> Iterator[str]:
    yield from heading(1, f"{review.plan.title}: what was noticed")
    yield from paragraph(" ".join(summary_lines(review)))
    for family, remarks in _families(review):
        yield from heading(2, family.capitalize())
        for code, found in _by_code(remarks):
            yield from heading(3, code.title)
            yield from paragraph(f"{code.why}. Code: {code.name}{', a note' if code.note else ''}.")
            rows = [(place_words(one) or "the plan", _what(one), sentence(one.do)) for one in found]
            yield from table(["Where", "What", "What to do"], rows)
    if not review.remarks:
        yield from paragraph("Nothing to remark.")
    yield from bullets(footer_lines(review))


# --- json and csv --------------------------------------------------------------------------------------------------


def _render_json(review: PlanReview) -> str:
    document = {
        "format": FORMAT, "plan": review.plan.title, "as_of": review.as_of.isoformat(),
        "actions": review.plan.number_of_actions, "rows": len(review.plan.actions),
        "against": list(review.against), "before": review.before, "off": list(review.off),
        "unread": list(review.plan.unread),
        "inputs": [{"name": one.name, "digest": one.digest} for one in review.plan.inputs],
        "remarks": [_as_json(one) for one in review.remarks],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _as_json(remark: PlanRemark) -> dict[str, object]:
    return {
        "code": remark.code, "family": CODES[remark.code].family, "note": remark.note,
        "lines": [{"id": place.id, "row": place.row, "part": place.part} for place in remark.lines],
        "column": remark.column,
        "what": remark.what, "why": remark.why, "do": remark.do,
        "score": None if remark.score is None else float(round(remark.score, 4)),
    }  # fmt: skip


def _render_csv(review: PlanReview) -> str:
    """Return a row for each line of each remark; rows of one remark have one number under `together`."""
    out = io.StringIO()
    rows = csv.DictWriter(out, _COLUMNS, restval="", lineterminator="\n")
    rows.writeheader()
    for number, remark in enumerate(review.remarks, 1):
        said = {
            "plan": review.plan.title, "as_of": review.as_of.isoformat(), "family": CODES[remark.code].family,
            "code": remark.code, "note": "yes" if remark.note else "", "column": remark.column, "what": remark.what,
            "why": remark.why, "do": remark.do, "together": str(number),
            "score": "" if remark.score is None else display(remark.score, 4),
        }  # fmt: skip
        for place in remark.lines or (None,):
            where = {"id": place.id, "row": str(place.row), "part": place.part} if place else {}
            rows.writerow({name: safe_text(text) for name, text in {**said, **where}.items()})
    return out.getvalue()


RENDERERS: Mapping[str, Callable[[PlanReview], str]] = {
    "table": _render_table,
    "markdown": _render_markdown,
    "json": _render_json,
    "csv": _render_csv,
}
"""The formats of a review by name."""


# --- plans ---------------------------------------------------------------------------------------------------------


def _plan_csv(plan: Plan) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([LABELS[name] for name in plan.has])
    for line in plan.lines:
        rows.writerow([_kept(line.cell(name)) for name in plan.has])
    return out.getvalue()


def _kept(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, and that reads back as it was."""
    return f"'{text}" if _NEEDS_QUOTE.match(text) else safe_text(text)


def _plan_markdown(plan: Plan) -> str:
    rows = [[line.cell(name) for name in plan.has] for line in plan.lines]
    lines = [*heading(1, plan.title), *table([LABELS[name] for name in plan.has], rows)]
    return "\n".join(lines).rstrip() + "\n"


PLAN_RENDERERS: Mapping[str, Callable[[Plan], str]] = {"csv": _plan_csv, "markdown": _plan_markdown}
"""The formats of a plan by name."""
