"""The crosswalk: which parts of other frameworks read a criterion's evidence, or are declared to be related to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from equityrules.model.crosswalk import SHARES_EVIDENCE, End, Link, Relation
from equityrules.model.framework import Criterion, Framework
from equityrules.model.kinds import Condition
from equityrules.model.vocabulary import Vocabulary
from equityrules.reading import dimensions_named, leaves_of

_Read = Mapping[str, frozenset[str]]
"""Items of evidence, each with the dimensions by which it is looked at."""


@frozen
class Part:
    """A part of a framework that a relation can name: a group, a criterion, or a requirement (a ladder or a step).

    `criterion` is the criterion that it is or belongs to; a group has none.
    """

    name: str
    title: str
    group: str
    criterion: str
    conditions: tuple[Condition, ...]

    def covers(self, criterion: Criterion) -> bool:
        """Whether what is said of this part is said of the criterion, or of a part of it."""
        return self.criterion == criterion.id or (not self.criterion and self.group == criterion.group)


def parts_of(framework: Framework) -> Iterator[Part]:
    """Yield the parts of a framework: its groups, then each criterion with its requirements."""
    for group in framework.groups:
        inside = [one for one in framework.criteria if one.group == group.id]
        conditions = tuple(condition for one in inside for condition in _part_of(one).conditions)
        yield Part(f"{framework.word('group')}-{group.id}", group.title, group.id, "", conditions)
    for criterion in framework.criteria:
        yield _part_of(criterion)
        yield from _requirements_of(criterion)


def _part_of(criterion: Criterion) -> Part:
    conditions = tuple(one.condition for one in criterion.requirements)
    return Part(criterion.id, criterion.short or criterion.title, criterion.group, criterion.id, conditions)


def _requirements_of(criterion: Criterion) -> Iterator[Part]:
    """Yield every requirement, and every ladder with the conditions of all its steps."""
    ladders: dict[str, list[Condition]] = {}
    titles: dict[str, str] = {}
    for one in criterion.requirements:
        for name in dict.fromkeys((one.id.partition("/")[0], one.id)):
            ladders.setdefault(name, []).append(one.condition)
            titles.setdefault(name, one.text)
    for name, conditions in ladders.items():
        yield Part(name, titles[name], criterion.group, criterion.id, tuple(conditions))


def find_part(framework: Framework, name: str) -> Part | None:
    """Return the part of a framework that a name stands for, in any case, or None."""
    return next((one for one in parts_of(framework) if one.name.casefold() == name.casefold()), None)


def links_of(
    frameworks: Mapping[str, Framework], relations: Iterable[Relation], framework: Framework, criterion: Criterion
) -> tuple[Link, ...]:
    """Return where else a criterion's evidence counts: declared relations first, then criteria that share evidence.

    Of another framework only its current editions are looked at, or the newest where none is current; other editions of
    the same framework are left out. What is read by other groups comes last.
    """
    others = _others(frameworks, framework)
    declared = list(dict.fromkeys(_declared(others, relations, framework, criterion)))
    told = {(one.framework, one.part) for one in declared}
    shared = [one for one in _sharing(others, criterion) if (one.framework, one.part) not in told]
    return (*declared, *sorted(shared, key=lambda one: one.by_other_groups))


def _others(frameworks: Mapping[str, Framework], framework: Framework) -> list[Framework]:
    by_id: dict[str, list[Framework]] = {}
    for one in frameworks.values():
        if one.id != framework.id:
            by_id.setdefault(one.id, []).append(one)
    found = []
    for editions in by_id.values():
        current = [one for one in editions if one.status == "current"]
        found += current or [max(editions, key=lambda one: (str(one.in_force_from or ""), one.edition))]
    return found


# --- what documents declare --------------------------------------------------------------------------------------


def _declared(
    others: Sequence[Framework], relations: Iterable[Relation], framework: Framework, criterion: Criterion
) -> Iterator[Link]:
    for relation in relations:
        sides = ((relation.start, relation.end, relation.word), (relation.end, relation.start, relation.word.reversed))
        for here, there, word in sides:
            mine = _at(here, framework)
            if mine is not None and mine.covers(criterion):
                found = ((one, part) for one in others if (part := _at(there, one)) is not None)
                yield from (_declared_link(relation, word, mine, criterion, *pair) for pair in found)


def _at(end: End, framework: Framework) -> Part | None:
    """Return the part of a framework that an end of a relation names, or None where it is about another edition."""
    if end.framework != framework.id or end.edition not in ("", framework.edition):
        return None
    return find_part(framework, end.part)


def _declared_link(
    relation: Relation, word: str, mine: Part, criterion: Criterion, framework: Framework, part: Part
) -> Link:
    items, _, apart = _shared(framework.vocabulary, _part_of(criterion), part)
    of = "" if mine.name == criterion.id else mine.name
    return Link(
        framework.ref, part.name, part.title, word, items, relation.source, relation.basis, relation.note, of, apart
    )


# --- what the vocabulary shows -----------------------------------------------------------------------------------


def _sharing(others: Sequence[Framework], criterion: Criterion) -> Iterator[Link]:
    for framework in others:
        for one in framework.criteria:
            part = _part_of(one)
            items, note, apart = _shared(framework.vocabulary, _part_of(criterion), part)
            if items:
                yield Link(
                    framework.ref, part.name, part.title, SHARES_EVIDENCE, items, note=note, by_other_groups=apart
                )


def _shared(vocabulary: Vocabulary, here: Part, there: Part) -> tuple[tuple[str, ...], str, bool]:
    """Return the items that two parts share, how their groups differ, and whether each looks at groups of its own.

    An item is shared where both read it, or one of them reads a sum of it. Numbers by ethnicity and band serve what is
    asked by ethnicity; they do not serve what is asked by disability.
    """
    mine, theirs = (_read(vocabulary, one) for one in (here, there))
    all_mine, all_theirs = (_with_summands(vocabulary, one) for one in (mine, theirs))
    common = [one for one in all_mine if one in all_theirs and (one in mine or one in theirs)]
    served = [one for one in common if all_mine[one] <= all_theirs[one] or all_mine[one] >= all_theirs[one]]
    items = served or [one for one in common if one in mine and one in theirs] or common
    by_mine, by_theirs = (_dimensions(read, items) for read in (all_mine, all_theirs))
    return tuple(items), _difference(by_mine - by_theirs, by_theirs - by_mine), bool(common) and not served


def _dimensions(read: _Read, items: Iterable[str]) -> frozenset[str]:
    return frozenset(one for item in items for one in read[item])


def _difference(mine: frozenset[str], theirs: frozenset[str]) -> str:
    """Return in words by which dimensions only one of two parts looks at what they share."""
    if mine and theirs:
        return f"there by {_listed(theirs)}, here by {_listed(mine)}"
    if mine or theirs:
        return f"{'here' if mine else 'there'} also by {_listed(mine or theirs)}"
    return ""


def _listed(dimensions: Iterable[str]) -> str:
    return ", ".join(one.replace("_", " ") for one in sorted(dimensions))


def _read(vocabulary: Vocabulary, part: Part) -> dict[str, frozenset[str]]:
    """Return the items that a part's conditions read; a coarser dimension counts as its finer one."""
    read: dict[str, frozenset[str]] = {}
    for leaf in (leaf for condition in part.conditions for leaf in leaves_of(condition)):
        named = dimensions_named(leaf)
        for name in leaf.items:
            item = vocabulary.items.get(name)
            if item is not None:
                by = frozenset(vocabulary.dimensions[one].of or one for one in named if one in item.dimensions)
                read[name] = read.get(name, frozenset()) | by
    return read


def _with_summands(vocabulary: Vocabulary, read: _Read) -> dict[str, frozenset[str]]:
    """Return items with those that they are the sum of, and those in turn."""
    found = dict(read)
    for name, by in read.items():
        summands = {one: by for one in vocabulary.items[name].sum_of if one in vocabulary.items}
        for one, inner in _with_summands(vocabulary, summands).items():
            found[one] = found.get(one, frozenset()) | inner
    return found
