"""What a vocabulary file may hold, and what its definitions cannot say, alone or together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from equityrules.model.kinds import Measure
from equityrules.model.problems import Problem, nearest, quoted, shown
from equityrules.model.vocabulary import Dimension, Group, Item, Vocabulary, fold, names_of

ITEM_KINDS = ("statement", "count", "survey", "amount")
COUNTED = ("people", "seats", "things")
_RESERVED = "all"
_SUMMED = "count"


@frozen
class ItemSpec:
    """An item as its file gives it."""

    kind: str
    text: str
    unit: str = ""
    dimensions: tuple[str, ...] = ()
    holder: str = ""
    fresh: str = "until replaced"
    valid_for: str = ""
    remind: str = ""
    renewable: bool = True
    sum_of: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(factory=dict)
    counts: str = "people"


@frozen
class DimensionSpec:
    """A dimension as its file gives it."""

    title: str
    groups: tuple[Group, ...]
    of: str = ""
    undeclared: str = ""
    adds: bool = True
    codes: Mapping[str, tuple[str, ...]] = field(factory=dict)
    descriptions: Mapping[str, tuple[str, ...]] = field(factory=dict)


@frozen
class VocabularySpec:
    """A vocabulary file; measures keep their fields until their kind is known."""

    area: str
    item: Mapping[str, ItemSpec] = field(factory=dict)
    dimension: Mapping[str, DimensionSpec] = field(factory=dict)
    measure: Mapping[str, Mapping[str, Any]] = field(factory=dict)


def months_of(fresh: str) -> int | None:
    """Return the months in "12 months"; None for what stays fresh until it is replaced."""
    match = re.fullmatch(r"(\d{1,3}) months?", fresh, re.ASCII)
    return int(match[1]) if match else None


# --- one file alone ----------------------------------------------------------------------------------------------


def faults_of_file(spec: VocabularySpec) -> Iterator[tuple[str, str]]:
    """Yield the place and message of what is wrong in a file of the right form."""
    if not re.fullmatch(r"\w+", spec.area):
        yield "area", f"{shown(spec.area)} is not a short name; write letters, digits and '_'"
    for name, item in spec.item.items():
        for message in _item_faults(name, item):
            yield f"item {spec.area}.{name}", message
    for name, dimension in spec.dimension.items():
        for message in _dimension_faults(dimension):
            yield f"dimension {name}", message
    for name, given in spec.measure.items():
        for key in ("kind", "title"):
            if not isinstance(given.get(key), str) or not given[key].strip():
                yield f"measure {name}", f"'{key}' is missing or not text"


def _item_faults(name: str, item: ItemSpec) -> Iterator[str]:
    if not re.fullmatch(r"\w+", name):
        yield f"{shown(name)} is not a short name; write letters, digits and '_'"
    if item.kind not in ITEM_KINDS:
        yield f"unknown kind {shown(item.kind)}{nearest(item.kind, ITEM_KINDS)}; write {quoted(ITEM_KINDS)}"
    if item.counts not in COUNTED:
        yield f"counts = {shown(item.counts)} is not known{nearest(item.counts, COUNTED)}; write {quoted(COUNTED)}"
    if len(set(item.dimensions)) < len(item.dimensions):
        yield "names a dimension twice; keep one of them"
    if len(set(item.sum_of)) < len(item.sum_of):
        yield "sum_of names an item twice; keep one of them"
    if item.sum_of and item.kind != _SUMMED:
        yield f"sum_of belongs to an item of kind {_SUMMED}, not to a {item.kind}; take it out"
    if item.fresh != "until replaced" and months_of(item.fresh) is None:
        yield f"fresh = {shown(item.fresh)} is neither a number of months ('12 months') nor 'until replaced'"
    for name in ("valid_for", "remind"):
        given = getattr(item, name)
        if given and months_of(given) is None:
            yield f"{name} = {shown(given)} is not a number of months; write it as '36 months'"
    if item.valid_for and item.kind != "statement":
        yield f"valid_for belongs to a statement, not to a {item.kind}; take it out"
    for year in item.asked:
        if not re.fullmatch(r"(19|20|21)\d\d", year, re.ASCII):
            yield f'asked: {shown(year)} is not the year of a survey; write it as in asked = {{ 2023 = "Q14a" }}'


def _dimension_faults(dimension: DimensionSpec) -> Iterator[str]:
    if not dimension.groups:
        yield "has no groups; write groups = [{ id = …, label = … }]"
    for name, times in Counter(group.id for group in dimension.groups).items():
        if times > 1:
            yield f"the group '{name}' is given twice; every group needs its own id"
    owners: dict[str, set[str]] = {}
    for word, owner in _words(dimension):
        owners.setdefault(word, set()).add(owner)
    for word, ids in owners.items():
        if len(ids) > 1:
            yield f"{shown(word)} stands for several groups ({quoted(sorted(ids))}); it can stand for one only"
    if _RESERVED in owners:
        yield f"'{_RESERVED}' stands for the whole and cannot be the name of a group"
    yield from _finer_faults(dimension)
    yield from _parts_faults(dimension)


def _words(dimension: DimensionSpec) -> Iterator[tuple[str, str]]:
    """Yield every word that stands for a group, folded, with the id of the group."""
    for group in dimension.groups:
        yield from ((fold(word), group.id) for word in names_of(group))
    for listed in (dimension.codes, dimension.descriptions):
        for group_id, words in listed.items():
            yield from ((fold(word), group_id) for word in words)


def _finer_faults(dimension: DimensionSpec) -> Iterator[str]:
    """Yield what is wrong with codes and descriptions, and with the group of those who did not say."""
    ids = [group.id for group in dimension.groups]
    for name, given in (("codes", dimension.codes), ("descriptions", dimension.descriptions)):
        for group in given:
            if group not in ids:
                yield f"{name}: unknown group {shown(group)}{nearest(group, ids)}; the groups are {quoted(ids)}"
    if dimension.undeclared and dimension.undeclared not in ids:
        near = nearest(dimension.undeclared, ids)
        yield f"undeclared: unknown group {shown(dimension.undeclared)}{near}; the groups are {quoted(ids)}"
    for code in (code for codes in dimension.codes.values() for code in codes):
        if not re.fullmatch(r"\w+", code, re.ASCII):
            yield f"codes: {shown(code)} is not a code; write letters and digits, and the rest under descriptions"
    if any(not fold(text) for listed in dimension.descriptions.values() for text in listed):
        yield "descriptions: one of them is blank; take it out"


def _parts_faults(dimension: DimensionSpec) -> Iterator[str]:
    """Yield what is wrong with the parts of groups, whatever the finer dimension is."""
    for group in dimension.groups:
        if group.parts and not dimension.of:
            yield f"the group '{group.id}' has parts, but of which dimension is not said; write of = \"…\""
        elif dimension.of and not group.parts:
            yield f"the group '{group.id}' has no parts; write parts = [ … ] with groups of {dimension.of}"
    for part, times in Counter(part for group in dimension.groups for part in group.parts).items():
        if times > 1:
            yield f"{shown(part)} is a part twice; it can be a part of one group only"


# --- all of it together ------------------------------------------------------------------------------------------


def check_vocabulary(
    part: Vocabulary, files: str, problems: list[Problem], before: Vocabulary | None = None
) -> Vocabulary:
    """Note what definitions cannot say of each other, and return them without what names nothing.

    `before` is the vocabulary that these definitions are added to and may name.
    """
    whole = before.merged(part) if before else part
    found = [Problem(files, f"item {one.id}", fault) for one in part.items.values() for fault in _in_whole(one, whole)]
    for dimension in part.dimensions.values():
        found += [Problem(files, f"dimension {dimension.id}", fault) for fault in _coarser_faults(dimension, whole)]
    problems.extend(found)
    return _without_names(part, whole) if found else part


def _without_names(part: Vocabulary, whole: Vocabulary) -> Vocabulary:
    """Return a vocabulary with mistakes so that what is left of it can still be looked at."""
    items = {
        name: evolve(item, sum_of=(), dimensions=tuple(one for one in item.dimensions if one in whole.dimensions))
        for name, item in part.items.items()
    }
    return evolve(part, items=items, dimensions={name: evolve(one, of="") for name, one in part.dimensions.items()})


def _in_whole(item: Item, whole: Vocabulary) -> Iterator[str]:
    for name in item.dimensions:
        if name not in whole.dimensions:
            yield f"unknown dimension {shown(name)}{nearest(name, whole.dimensions)}"
    for name in item.sum_of:
        if name not in whole.items:
            yield f"sum_of: unknown item {shown(name)}{nearest(name, whole.items)}; correct its name, or take it out"
        else:
            yield from _summand_faults(item, whole.items[name])
    way = _way_back(item, whole)
    if way and item.id == min(way):
        yield f"is a sum of itself ({' = '.join(way)}); take one of them out of sum_of"


def _summand_faults(item: Item, summand: Item) -> Iterator[str]:
    if summand.kind != item.kind:
        yield f"sum_of: '{summand.id}' is a {summand.kind}, not a {item.kind}; take it out"
    for name in item.dimensions:
        if name not in summand.dimensions:
            yield f"sum_of: '{summand.id}' is not divided by '{name}', as the sum is; give it that dimension"


def _way_back(item: Item, whole: Vocabulary) -> tuple[str, ...]:
    """Return the items by which an item is a sum of itself, or nothing."""
    ways: list[tuple[str, ...]] = [(item.id,)]
    seen = set[str]()
    while ways:
        way = ways.pop()
        last = whole.items.get(way[-1])
        for name in last.sum_of if last else ():
            if name == item.id:
                return (*way, name)
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()


def _coarser_faults(dimension: Dimension, whole: Vocabulary) -> Iterator[str]:
    """Yield what is wrong with a dimension as a coarser way to say another."""
    if not dimension.of:
        return
    finer = whole.dimensions.get(dimension.of)
    if finer is None or finer.id == dimension.id:
        others = [name for name in whole.dimensions if name != dimension.id]
        yield f"of: unknown dimension {shown(dimension.of)}{nearest(dimension.of, others)}; name the finer one"
        return
    if finer.of:
        yield f"of: '{finer.id}' is itself a coarser way to say '{finer.of}'; name the finest one"
    ids = [group.id for group in finer.groups]
    for part in (part for group in dimension.groups for part in group.parts):
        if part not in ids:
            yield f"parts: {shown(part)} is no group of {finer.id}{nearest(part, ids)}; its groups are {quoted(ids)}"


# --- the groups that measures compare ------------------------------------------------------------------------------

_OF_BY = ("over", "between", "groups", "group")
_OF_ALONG = ("lower", "upper")


def group_faults(measure: Measure, known: Vocabulary) -> Iterator[str]:
    """Yield what is wrong with the dimensions a measure compares by, and with the groups it names of them."""
    for field_name, names in (("by", _OF_BY), ("along", _OF_ALONG)):
        by = getattr(measure, field_name, "")
        if not by:
            continue
        dividing = {one for item in measure.items for one in known.items[item].dimensions}
        if by not in known.dimensions or by not in dividing:
            yield f"{field_name} = {shown(by)} does not divide its items{nearest(by, dividing)}"
            continue
        groups = [group.id for group in known.dimensions[by].groups]
        for name in names:
            given = getattr(measure, name, ())
            for word in (given,) if isinstance(given, str) else given:
                if word not in groups:
                    yield f"{name}: unknown group {shown(word)} of {by}{nearest(word, groups)}; write {quoted(groups)}"
