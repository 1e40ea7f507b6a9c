"""The sheets whose rows an organisation writes itself: printed results, targets, explanations and actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from equityrules.loading.resolving import DIRECTIONS
from equityrules.loading.workbook import labels
from equityrules.model.framework import Framework
from equityrules.model.vocabulary import WHOLE, MeasureDefinition, Vocabulary
from equityrules.reading import leaves_of
from equityrules.reports.workbook.layout import (
    BY,
    DATE,
    DAY,
    MACHINE,
    NOTE,
    NUMBER,
    READ_ONLY,
    SERVES,
    SOURCE,
    Block,
    Column,
    Line,
    Page,
)

_SPARE = 40
_STATES = ("not started", "started", "on track", "delayed", "done")


def own_pages(frameworks: Sequence[Framework], vocabulary: Vocabulary) -> list[Page]:
    """Return the sheets for printed results, targets, explanations and actions."""
    measures = _measures(frameworks)
    pages = [_figures(measures, vocabulary)] if measures else []
    pages += [_targets(measures)] if measures else []
    return [*pages, _explanations(frameworks), _actions(frameworks)]


def _measures(frameworks: Sequence[Framework]) -> dict[str, tuple[str, list[str]]]:
    """Return the measures that criteria look at as a whole: their titles, and the criteria they serve."""
    found: dict[str, tuple[str, list[str]]] = {}
    for framework in frameworks:
        for criterion in framework.criteria:
            for leaf in (leaf for one in criterion.requirements for leaf in leaves_of(one.condition)):
                measure = getattr(leaf, "measure", None)
                if measure is not None and getattr(leaf, "cell", WHOLE) == WHOLE:
                    serves = found.setdefault(measure.id, (measure.title, []))[1]
                    serves += [ref] if (ref := f"{framework.id}/{criterion.id}") not in serves else []
    return found


def _figures(measures: Mapping[str, tuple[str, list[str]]], vocabulary: Vocabulary) -> Page:
    columns = (
        Column(labels.MEANING, 62, READ_ONLY),
        Column(labels.PRINTED, 14, NUMBER, note="As it was printed, with its decimals: 1.61. A percentage as 43.2."),
        Column(labels.WHICH_OVER, 26, note="Which group's rate is over which: reports differ."),
        DATE, SOURCE, NOTE, SERVES, Column(labels.MEASURE, 30, MACHINE),
    )  # fmt: skip
    lines = [
        Line(
            {labels.MEANING: title, labels.SERVES: ", ".join(serves), labels.MEASURE: name},
            {labels.WHICH_OVER: tuple(_orientations(vocabulary.measures.get(name), vocabulary))},
        )
        for name, (title, serves) in measures.items()
    ]
    says = "Only for results that were printed without their counts. Where you have the counts, give those instead."
    return Page("Printed results", says, (Block(columns, tuple(lines)),))


def _orientations(measure: MeasureDefinition | None, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield both ways in which a measure of one group over another may be printed."""
    by, over = (measure.fields.get("by"), measure.fields.get("over")) if measure else (None, None)
    dimension = vocabulary.dimensions.get(by) if isinstance(by, str) else None
    if dimension is not None and isinstance(over, list | tuple) and len(over) == 2:
        first, second = (dimension.label_of(str(group)) for group in over)
        yield from (f"{first} over {second}", f"{second} over {first}")


def _targets(measures: Mapping[str, object]) -> Page:
    columns = (
        Column(labels.MEASURE, 50, choices=tuple(measures), note="What the target is for; choose it from the list."),
        Column(labels.GROUP, 26, note="The group it is for, such as band=6; blank for the whole."),
        Column(labels.DIRECTION, 14, choices=DIRECTIONS), Column(labels.TARGET, 12, NUMBER),
        Column(labels.DUE, 12, DAY, note="The day by which it is to be reached."), BY, SOURCE, NOTE,
    )  # fmt: skip
    says = "Your organisation's own targets. They are judged beside the grade, never instead of it."
    return Page("Targets", says, (Block(columns, (), spare=_SPARE),))


def _explanations(frameworks: Sequence[Framework]) -> Page:
    requirements = tuple(
        dict.fromkeys(f"{framework.id}/{one.id}" for framework in frameworks for criterion in framework.criteria
                      for one in criterion.requirements)
    )  # fmt: skip
    columns = (
        Column(labels.ABOUT, 44, choices=requirements, note="The requirement, as the report names it."),
        Column(labels.BECAUSE, 70, note="Why it is not met. It stays unmet and is shown as explained."), BY,
        Column(labels.UNTIL, 12, DAY, note="From the day after, it counts as a gap again."), NOTE,
    )  # fmt: skip
    says = "Comply or explain: what is not met for a stated reason, and until when that stands."
    return Page("Explanations", says, (Block(columns, (), spare=_SPARE),))


def _actions(frameworks: Sequence[Framework]) -> Page:
    criteria = tuple(f"{framework.id}/{one.id}" for framework in frameworks for one in framework.criteria)
    columns = (
        Column(labels.ABOUT, 24, choices=criteria, strict=False, note="The criterion; several with semicolons."),
        Column(labels.OBJECTIVE, 40), Column(labels.ACTION, 60),
        Column(labels.OWNER, 24, note="A role, not a name: names leave."), Column(labels.DUE, 12, DAY),
        Column(labels.STATUS, 14, choices=_STATES, strict=False), DATE, NOTE,
    )  # fmt: skip
    says = "What you will do about it: one action in each row."
    return Page("Actions", says, (Block(columns, (), spare=_SPARE),))
