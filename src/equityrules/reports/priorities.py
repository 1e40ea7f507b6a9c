"""What to do and what to find out next, as a terminal page, Markdown, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from equityrules.model.evidence import Status
from equityrules.model.finding import Lever
from equityrules.model.numbers import counted, display
from equityrules.model.result import Assessment
from equityrules.model.vocabulary import Cell, Vocabulary, cell_labels, cell_text
from equityrules.priorities import Priorities, Serves, Settles, Step, Wanted
from equityrules.reports.csv_report import safe_text
from equityrules.reports.markdown_text import bullets, heading, paragraph
from equityrules.reports.words import (
    disclosure_words,
    grade_and_points,
    judged_alone,
    levers_words,
    plain,
    sentence,
    word,
)
from equityrules.reports.wrapping import heading as underlined
from equityrules.reports.wrapping import labelled
from equityrules.reports.wrapping import paragraph as wrapped

FORMAT = "equityrules.priorities/1"

_COLUMNS = (
    "organisation", "organisation_code", "period", "list", "rank", "what", "item", "groups", "holder", "framework",
    "criterion", "name", "requirement", "kind", "because", "shortfall", "shortfall_unit", "levers", "edits",
    "held", "attainable", "leads_to", "criteria", "frameworks", "completes", "disclosure",
)  # fmt: skip
_NOTHING = "Nothing: no requirement that was judged is in the way of a next grade."
_FIRST_FIND_OUT = "Nothing that is known to be short; first find out what is not known."
_ITEM_IN_BRACKETS = re.compile(r" \([a-z_]+(\.[a-z_]+)+(\[[^\]]*\])?\)")
_FEW_GROUPS = 6
_NAME = 50

Renderer = Callable[[Sequence[Priorities], int], str]


def render_priorities(priorities: Sequence[Priorities], format_name: str, limit: int = 20) -> str:
    """Return the priorities of organisations in one of the formats of `RENDERERS`.

    The table and Markdown show `limit` things of each list and say how many they leave out; CSV and JSON have all.
    """
    return RENDERERS[format_name](priorities, limit)


def to_do(one: Priorities) -> list[Step]:
    """Return the steps that take more than evidence that is asked for among what to find out."""
    asked = {(str(two.framework), two.criterion) for wanted in one.collect for two in wanted.settles}
    return [step for step in one.steps if not (step.collected and _places(step) <= asked)]


def _places(step: Step) -> set[tuple[str, str]]:
    return {(str(one.framework), one.criterion) for one in step.serves}


def target_words(vocabulary: Vocabulary, target: str) -> str:
    """Return what people call what an edit changes: "Appointed from shortlisting (BME)"; else the target itself."""
    name, cell = _split(target)
    if name not in vocabulary.items:
        return target
    labels = ", ".join(cell_labels(vocabulary, cell))
    return f"{vocabulary.items[name].text} ({labels})" if labels else vocabulary.items[name].text


def _split(target: str) -> tuple[str, Cell]:
    """Return the item and the cell of "item[dimension=group]"."""
    name, _, inside = target.removesuffix("]").partition("[")
    pairs = (part.partition("=") for part in inside.split(",") if part)
    return name, tuple((dimension.strip(), group.strip()) for dimension, _, group in pairs)


def groups_words(vocabulary: Vocabulary, wanted: Wanted) -> str:
    """Return for which groups an item is wanted: "for White, BME, Unknown"; of many how many numbers, and by what."""
    by_dimensions: dict[tuple[str, ...], list[Cell]] = {}
    for cell in wanted.cells:
        if cell:
            by_dimensions.setdefault(tuple(name for name, _ in cell), []).append(cell)
    noun = "answer" if wanted.item.kind == "statement" else "number"
    return "; ".join(_cells_words(vocabulary, names, cells, noun) for names, cells in by_dimensions.items())


def _cells_words(vocabulary: Vocabulary, names: Sequence[str], cells: Sequence[Cell], noun: str) -> str:
    if len(names) == 1 and len(cells) <= _FEW_GROUPS:
        return f"for {', '.join(label for cell in cells for label in cell_labels(vocabulary, cell))}"
    return f"{counted(len(cells), noun)}: {' by '.join(vocabulary.dimensions[name].title for name in names)}"


def framework_words(assessment: Assessment) -> str:
    """Return where an organisation stands by a framework, and what its next step needs as a whole."""
    title, overall = assessment.framework.title, assessment.overall
    if judged_alone(assessment):
        return f"{title}: each {word(assessment, 'criterion')} by itself."
    said = [
        f"{title}: {grade_and_points(overall)}",
        *(gap.because for gap in overall.gaps),
        *levers_words(overall.gaps),
    ]
    return " ".join(sentence(text) for text in said)


def serves_words(step: Step) -> list[str]:
    """Return the criteria that a step serves, each once, gathered by framework and the grade it leads to."""
    return _gathered_places((one, f"for {one.leads_to.label}") for one in step.serves)


def settles_words(settles: Sequence[Settles]) -> list[str]:
    """Return criteria gathered by where they stand and where evidence could take them."""
    return _gathered_places((one, _standing(one)) for one in settles)


def _standing(one: Settles) -> str:
    held = one.held.label if one.held else "not enough evidence"
    if one.moves:
        return f"{held} -> {one.attainable.label}" if one.attainable else held
    aim = f"for {one.leads_to.label}" if one.leads_to else ""
    return f"{held} was decided; {aim}" if one.decided else f"{held}; {aim}, with what there is to do"


def _gathered_places(places: Iterable[tuple[Serves | Settles, str]]) -> list[str]:
    """Return each framework with its criteria of one standing; a criterion by itself with its name."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one, words in places:
        found.setdefault((one.framework.id, words), {})[one.criterion] = one.name
    return [plain(f"{framework} {_names(named)}: {words}") for (framework, words), named in found.items()]


def _names(named: Mapping[str, str]) -> str:
    if len(named) > 1:
        return ", ".join(named)
    [(number, name)] = named.items()
    return number if number == name else f"{number} {textwrap.shorten(name, _NAME, placeholder='...')}"


def lever_words(vocabulary: Vocabulary, lever: Lever) -> str:
    """Return a lever with the statements it is about; of numbers the lever itself says which."""
    shown = [target_words(vocabulary, edit.target) for edit in lever.edits if edit.value == Status.IN_PLACE]
    return f"{lever.text}: {'; '.join(shown)}" if shown else lever.text


def reason_words(vocabulary: Vocabulary, because: str) -> str:
    """Return why a gap is there, with what people call each part, gathered by how it stands."""
    parts: dict[str, list[str]] = {}
    for part in because.split("; "):
        target, found, why = part.rpartition(": ")
        named = target_words(vocabulary, target) if found else ""
        if found and named != target:
            parts.setdefault(f": {why}", []).append(_label(vocabulary, target) or named)
        else:
            parts.setdefault(_ITEM_IN_BRACKETS.sub("", part), [])
    said = [f"{' / '.join(names)}{words}" if names else words for words, names in parts.items()]
    return "; ".join(said)


def _label(vocabulary: Vocabulary, target: str) -> str:
    """Return the groups alone of a part of an item."""
    return ", ".join(cell_labels(vocabulary, _split(target)[1]))


def _details(vocabulary: Vocabulary, step: Step) -> Iterator[tuple[str, str]]:
    """Yield what is said of a step, each with its label: what is asked for, how it stands, what to do."""
    if title_of(step) != step.text:
        yield "asks", plain(title_of(step))
    for number, text in enumerate(dict.fromkeys(reason_words(vocabulary, one.because) for one in step.serves)):
        yield "" if number else "now", plain(text)
    for number, lever in enumerate(step.levers):
        yield "or" if number else "do", plain(lever_words(vocabulary, lever))


def title_of(step: Step) -> str:
    """Return what a step is about: what its requirements ask for, each said once."""
    texts = dict.fromkeys(one.text for one in step.serves if one.text)
    return "; ".join(texts) or step.text


def _gathered(collect: Sequence[Wanted]) -> list[tuple[tuple[Settles, ...], list[Wanted]]]:
    """Return the items gathered by the criteria they bear on, in the order of the first of each."""
    found: dict[tuple[str, ...], list[Wanted]] = {}
    for one in collect:
        found.setdefault(tuple(f"{two.framework} {two.criterion}" for two in one.settles), []).append(one)
    return [(items[0].settles, items) for items in found.values()]


def item_words(vocabulary: Vocabulary, wanted: Wanted) -> str:
    """Return an item that is wanted: what it is, for which groups, whether it is out of date, who usually holds it."""
    stale = "out of date" if wanted.stale else ""
    said = "; ".join(filter(None, (wanted.item.text, groups_words(vocabulary, wanted), stale)))
    return f"{said} [{wanted.item.holder}]" if wanted.item.holder else said


def _left_out(number: int, noun: str) -> str:
    return f"{counted(number, f'more {noun}')} left out; --limit shows more, --format csv all of them."


def _nothing_to_do(one: Priorities) -> str:
    return _FIRST_FIND_OUT if one.collect else _NOTHING


# --- table ---------------------------------------------------------------------------------------------------------


def _render_table(priorities: Sequence[Priorities], limit: int) -> str:
    return "\n".join("\n".join(_page(one, limit)) + "\n" for one in priorities)


def _page(one: Priorities, limit: int) -> Iterator[str]:
    first = one.assessments[0]
    yield underlined(plain(f"What to do next: {first.organisation}, {first.period}"), "=")
    for assessment in one.assessments:
        yield wrapped(plain(framework_words(assessment)), 0, 2)
    if said := sentence(disclosure_words(first.receipt)):
        yield wrapped(said, 0, 2)
    yield from _table_steps(one, limit)
    yield from _table_collect(one, limit)


def _table_steps(one: Priorities, limit: int) -> Iterator[str]:
    found = to_do(one)
    yield ""
    yield underlined("To do, most effect first")
    for number, step in enumerate(found[:limit], 1):
        for line, text in enumerate(serves_words(step)):
            yield labelled("" if line else f"{number}.", text, 0, 4)
        for label, text in _details(one.vocabulary, step):
            yield labelled(label, text, 4, 6)
    if not found:
        yield wrapped(_nothing_to_do(one))
    if len(found) > limit:
        yield wrapped(_left_out(len(found) - limit, "step"))


def _table_collect(one: Priorities, limit: int) -> Iterator[str]:
    if not one.collect:
        return
    yield ""
    yield underlined("To find out, what settles most first")
    for settles, items in _gathered(one.collect[:limit]):
        for text in settles_words(settles):
            yield wrapped(text, 0, 2)
        for item in items:
            yield wrapped(f"- {plain(item_words(one.vocabulary, item))}", 2, 4)
    if len(one.collect) > limit:
        yield wrapped(_left_out(len(one.collect) - limit, "item"))


# --- markdown ------------------------------------------------------------------------------------------------------


def _render_markdown(priorities: Sequence[Priorities], limit: int) -> str:
    return "\n---\n\n".join("\n".join(_markdown(one, limit)).rstrip() + "\n" for one in priorities)


def _markdown(one: Priorities, limit: int) -> Iterator[str]:
    first, found = one.assessments[0], to_do(one)
    yield from heading(1, f"What to do next: {first.organisation}, {first.period}")
    yield from bullets(framework_words(assessment) for assessment in one.assessments)
    yield from paragraph(sentence(disclosure_words(first.receipt)))
    yield from heading(2, "To do, most effect first")
    for number, step in enumerate(found[:limit], 1):
        yield from heading(3, f"{number}. {'; '.join(serves_words(step))}")
        yield from bullets(f"{label}: {text}" if label else text for label, text in _details(one.vocabulary, step))
    if not found:
        yield from paragraph(_nothing_to_do(one))
    if len(found) > limit:
        yield from paragraph(_left_out(len(found) - limit, "step"))
    if one.collect:
        yield from heading(2, "To find out, what settles most first")
    for settles, items in _gathered(one.collect[:limit]):
        yield from heading(3, "; ".join(settles_words(settles)))
        yield from bullets(item_words(one.vocabulary, item) for item in items)
    if len(one.collect) > limit:
        yield from paragraph(_left_out(len(one.collect) - limit, "item"))


# --- json and csv --------------------------------------------------------------------------------------------------


def _render_json(priorities: Sequence[Priorities], _limit: int) -> str:
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
        "frameworks": [
            {"framework": str(two.framework), "title": two.framework.title, "next": framework_words(two)}
            for two in one.assessments
        ],
        "steps": [_json_step(step) for step in one.steps],
        "collect": [_json_wanted(wanted) for wanted in one.collect],
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


def _render_csv(priorities: Sequence[Priorities], _limit: int) -> str:
    out = io.StringIO()
    rows = csv.DictWriter(out, _COLUMNS, restval="", lineterminator="\n")
    rows.writeheader()
    for one in priorities:
        first = one.assessments[0]
        whose = {"organisation": first.organisation, "organisation_code": first.organisation_code,
                 "period": str(first.period), "disclosure": disclosure_words(first.receipt)}  # fmt: skip
        for row in (*_step_rows(one), *_wanted_rows(one)):
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


def _csv_place(one: Serves | Settles) -> dict[str, str]:
    return {"framework": str(one.framework), "criterion": one.criterion, "name": one.name}


RENDERERS: Mapping[str, Renderer] = {
    "table": _render_table,
    "markdown": _render_markdown,
    "json": _render_json,
    "csv": _render_csv,
}
"""The formats of priorities by name."""
