"""A framework, or one of its criteria, as text: what it asks for and where each rule was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from equityrules.conditions import Part, Threshold, Within
from equityrules.model.basis import BASIS_MEANINGS, Basis
from equityrules.model.crosswalk import SHARES_EVIDENCE, Link, RelationWord
from equityrules.model.framework import Criterion, Framework, Method, Requirement, RollUpRule
from equityrules.model.kinds import Condition
from equityrules.model.numbers import counted, display, with_unit
from equityrules.model.scale import Scale
from equityrules.reports.wrapping import heading, labelled, paragraph


def basis_counts(framework: Framework) -> str:
    """Return how many rules stand on each basis: "132 rules: 17 reported, 115 unverified"."""
    counts = Counter(one.basis for criterion in framework.criteria for one in criterion.requirements)
    listed = ", ".join(f"{counts[basis]} {basis}" for basis in Basis if counts[basis])
    return f"{counted(counts.total(), 'rule')}: {listed}" if listed else "no rules"


def render_framework(framework: Framework) -> str:
    """Return what a framework is: its criteria, scale, methods, deadlines, sources and notes."""
    return "\n".join([*_head(framework), *_criteria(framework), *_methods(framework), *_tail(framework)]) + "\n"


def _head(framework: Framework) -> Iterator[str]:
    yield heading(f"{framework.title} ({framework.ref})", "=")
    yield labelled("publisher", f"{framework.publisher}; licence {framework.licence}", 0)
    ends = f" to {framework.in_force_to}" if framework.in_force_to else ""
    starts = f"in force from {framework.in_force_from}{ends}" if framework.in_force_from else "start not known"
    yield labelled("status", f"{framework.status}, {starts}; revision {framework.revision} of this transcription", 0)
    yield labelled("rules", basis_counts(framework), 0)
    for scale in framework.scales.values():
        name = f" ({scale.id})" if len(framework.scales) > 1 else ""
        yield labelled(f"{framework.word('grade')}s{name}", _grades(scale), 0)
    if reference := framework.reference:
        names = ", ".join(filter(None, (reference.year, reference.snapshot, reference.survey)))
        yield labelled("dates", f"each result says its {names}", 0)
    for deadline in framework.deadlines:
        yield labelled("deadline", f"{deadline.when}: {deadline.what} [{deadline.source}]", 0)


def _grades(scale: Scale) -> str:
    return ", ".join(f"{one.label} ({one.points})" if one.points is not None else one.label for one in scale.grades)


def _criteria(framework: Framework) -> Iterator[str]:
    for group in framework.groups:
        yield ""
        yield f"{framework.word('group').capitalize()} {group.id}: {group.title}"
        for name in group.criteria:
            yield labelled(name, framework.criterion(name).title, 2, 6)


def _methods(framework: Framework) -> Iterator[str]:
    methods = framework.methods
    yield ""
    yield "Methods"
    for what, rule in (("votes", methods.votes), ("services", methods.services)):
        if rule is not None:
            yield labelled(what, _method_text(rule.kind, rule))
    for what, roll_up in ((f"each {framework.word('group')}", methods.groups), ("overall", methods.overall)):
        yield labelled(
            what, _method_text(roll_up.roll_up.kind, roll_up) if roll_up else "no grade is set by the standard"
        )
    for band in getattr(methods.overall.roll_up, "bands", ()) if methods.overall else ():
        yield labelled("", f"{band.grade.label}: {band}")


def _method_text(kind: str, rule: Method | RollUpRule) -> str:
    return f"{kind}: {rule.text} [{', '.join(filter(None, (rule.basis, rule.source)))}]"


def _tail(framework: Framework) -> Iterator[str]:
    yield ""
    yield "Sources"
    for source in framework.sources.values():
        yield labelled(source.id, ". ".join(filter(None, (source.title, source.url, source.licence))), 2, 18)
    if framework.notes:
        yield ""
        yield from (paragraph(f"* {note}", 0, 2) for note in framework.notes)


def render_criterion(framework: Framework, criterion: Criterion, links: Sequence[Link] = ()) -> str:
    """Return what one criterion asks for, grade by grade, with basis and source of every requirement.

    `links` are where else its evidence counts.
    """
    lines = [heading(f"{criterion.id} {criterion.title}", "=")]
    lines.append(paragraph(f"Title {criterion.basis}, read in {_source(framework, criterion.source)}."))
    for variant in criterion.also:
        lines.append(paragraph(f"Also written: {variant}"))
    for grade in criterion.scale.grades[1:]:
        asked = [one for one in criterion.requirements if one.grade == grade]
        if asked:
            lines += ["", grade.label, *(_requirement(one) for one in asked)]
    if criterion.unplaced:
        lines += ["", f"Seen in a source, but for which {framework.word('grade')} is not known"]
        lines += [paragraph(f"* {one.text}. {one.why} [{one.basis}, {one.source}]", 2, 4) for one in criterion.unplaced]
    lines += _elsewhere(links)
    declared = {one.basis for one in links if one.basis is not None}
    return "\n".join([*lines, "", *legend({one.basis for one in criterion.requirements} | declared)]) + "\n"


_LINKED = {
    SHARES_EVIDENCE: "reads the same evidence",
    RelationWord.EQUAL: "is about the same (equal)",
    RelationWord.SUBSET: "is about all of this and more (subset)",
    RelationWord.SUPERSET: "is about a part of this (superset)",
    RelationWord.INTERSECT: "is in part about the same (intersect)",
}
"""What a link says of the other part, seen from the criterion that is shown."""


def _elsewhere(links: Sequence[Link]) -> Iterator[str]:
    """Yield where else the criterion's evidence counts, and the documents that say so."""
    if not links:
        return
    yield ""
    yield "Elsewhere"
    yield paragraph("Evidence crosses, grades never do: a grade held there says nothing about the one held here.", 2)
    for link in links:
        yield paragraph(f"{link.framework} {link.part}  {link.title}", 2, 4)
        yield paragraph(_linked(link), 6)
    for source in dict.fromkeys(link.source for link in links if link.source is not None):
        yield paragraph(f"[{source.id}] {'. '.join(filter(None, (source.title, source.url)))}", 2, 4)


def _linked(link: Link) -> str:
    """Return how a link's part stands to the criterion, on whose word, and what both read."""
    items = ", ".join(link.items)
    if link.source is None or link.basis is None:
        how = "reads the same items by other groups" if link.by_other_groups else _LINKED[link.relation]
        return f"{how}: {items}{f' ({link.note})' if link.note else ''}"
    said_of = f", said of {link.of}" if link.of else ""
    told = f"{_LINKED[link.relation]}{said_of} [{link.basis}, {link.source.id}]"
    return ". ".join(filter(None, (told, link.note, items and f"Both read {items}")))


def _source(framework: Framework, name: str) -> str:
    return framework.sources[name].title if name in framework.sources else name


def _requirement(requirement: Requirement) -> str:
    marks = [requirement.basis, requirement.source]
    if requirement.confidence:
        marks.append(f"{requirement.confidence} confidence")
    if requirement.due:
        marks.append(f"due {requirement.due}")
    if requirement.confirmed:
        marks.append(f"confirmed by {requirement.confirmed}")
    text = f"{requirement.text}{_threshold(requirement.condition)} [{', '.join(marks)}]"
    reads = f"reads {', '.join(requirement.condition.items)}"
    return "\n".join((paragraph(requirement.id, 2), paragraph(text, 6), paragraph(reads, 6)))


def _threshold(condition: Condition) -> str:
    """Return what a measured requirement asks for: ": above 70%"."""
    if isinstance(condition, Within):
        band = f"{display(condition.low)} to {with_unit(condition.high, condition.measure.unit)}"
        return f": {_OF_A_BAND[condition.part]} {band}"
    if not isinstance(condition, Threshold):
        return ""
    return f": {condition.comparator.words} {with_unit(condition.threshold, condition.measure.unit)}"


_OF_A_BAND = {
    Part.VALUE: "within",
    Part.INTERVAL: "the whole 95% interval within",
    Part.ANY_OF_INTERVAL: "the 95% interval reaches",
}


def legend(bases: set[Basis]) -> Iterator[str]:
    """Yield what each basis word means, for those that are used."""
    for basis in Basis:
        if basis in bases:
            yield paragraph(f"{basis}: {BASIS_MEANINGS[basis]}", 0, 2)
