"""Evidence as it stands at the end of a period: the latest of each item, told apart from what has gone stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from attrs import Factory, evolve, field, frozen

from equityrules.model.evidence import Entry, Evidence, Figure, Target
from equityrules.model.finding import Observation, Reason
from equityrules.model.period import Period, add_months
from equityrules.model.vocabulary import Cell, Vocabulary, make_cell

if TYPE_CHECKING:
    from equityrules.model.kinds import Measure

Key = tuple[str, Cell]
_Kind = TypeVar("_Kind", bound=Entry)
_NONE: frozenset[str] = frozenset()


@frozen(eq=False)
class Snapshot:
    """The entries that count at the end of `period`, by item (or measure, for printed figures) and cell.

    `targets` are the organisation's own, by measure and cell; `evidence` is what the snapshot was taken of; `divided`
    says by which dimensions the entries divide each item, so that no sum is tried that nobody gave. `as_of` is the day
    on which it is asked whether what was awarded for a time is still valid. A `brief` snapshot is asked for outcomes
    only: measures may leave out the interval, and what is merely shown beside a value. What is `assumed` stands before
    what is fresh; `look_up` sees both.
    """

    period: Period
    vocabulary: Vocabulary
    fresh: Mapping[Key, Entry] = field(factory=dict)
    stale: Mapping[Key, Entry] = field(factory=dict)
    figures: Mapping[Key, Figure] = field(factory=dict)
    targets: Mapping[Key, Target] = field(factory=dict)
    evidence: Evidence | None = None
    divided: Mapping[str, frozenset[str]] = field(factory=dict)
    as_of: date = field(default=Factory(lambda self: self.period.end, takes_self=True))
    brief: bool = False
    assumed: Mapping[Key, Entry] = field(factory=dict)
    _seen: dict[tuple[int, Cell], tuple[Measure, Observation]] = field(factory=dict, init=False, repr=False)

    def look_up(self, kind: type[_Kind], item: str, cell: Cell) -> _Kind | Reason:
        """Return the entry of that kind, or why there is none: not evidenced, or stale."""
        key = item, cell
        entry = self.assumed.get(key) or self.fresh.get(key)
        if isinstance(entry, kind):
            return entry
        return Reason.STALE if key in self.stale else Reason.NOT_EVIDENCED

    def observe(self, measure: Measure, cell: Cell) -> Observation:
        """Return what a measure shows of a cell, worked out once: the steps of a ladder all ask for it.

        The measure is kept with it, so that its identity stays its own.
        """
        key = id(measure), cell
        known = self._seen.get(key)
        if known is None:
            known = self._seen[key] = measure, measure.observe(self, cell)
        return known[1]

    def in_full(self) -> Snapshot:
        """Return the snapshot as one that is not brief, for the few conditions that ask for an interval."""
        return evolve(self, brief=False)

    def divisions(self, item: str, cell: Cell) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells that `cell` is the sum of, in every way in which the entries of the item are divided.

        A group of a coarser dimension is the sum of its parts: cluster 1 of bands 1 to 4.
        """
        given, dimensions = dict(cell), self.vocabulary.dimensions
        in_use = self.divided.get(item, frozenset())
        for name, one in given.items():
            if dimensions[name].of in in_use:
                parts = next(group.parts for group in dimensions[name].groups if group.id == one)
                yield tuple(_divided(given, name, dimensions[name].of, part) for part in parts)
        for name in self.vocabulary.items[item].dimensions:
            related = any(name in (one, dimensions[one].of) or dimensions[name].of == one for one in given)
            if name in in_use and dimensions[name].adds and not related:
                yield tuple(_divided(given, "", name, group.id) for group in dimensions[name].groups)

    def assuming(self, entries: Iterable[Entry]) -> Snapshot:
        """Return the snapshot as it would be if these entries stood in it too, a brief one; this one stays as it is."""
        given = list(entries)
        printed = {(one.measure, one.cell): one for one in given if isinstance(one, Figure)}
        assumed: dict[Key, Entry] = {(one.item, one.cell): one for one in given if not isinstance(one, Figure)}
        figures = {**self.figures, **printed} if printed else self.figures
        added = [key for key in assumed if key not in self.fresh]
        divided = {**self.divided, **_dimensions_in_use(added, self.divided)} if added else self.divided
        return Snapshot(
            self.period, self.vocabulary, self.fresh, self.stale, figures, self.targets, self.evidence, divided,
            self.as_of, brief=True, assumed={**self.assumed, **assumed},
        )  # fmt: skip

    def earlier(self, months: int) -> Snapshot | None:
        """Return the snapshot of the same evidence so many months before; None where it was taken of nothing."""
        if self.evidence is None:
            return None
        start, end = (add_months(day, -months) for day in (self.period.start, self.period.end))
        return take_snapshot(self.evidence, self.vocabulary, Period(start=start, end=end))


def _divided(given: Mapping[str, str], instead_of: str, dimension: str, group: str) -> Cell:
    return make_cell({**{name: one for name, one in given.items() if name != instead_of}, dimension: group})


def take_snapshot(evidence: Evidence, vocabulary: Vocabulary, period: Period, as_of: date | None = None) -> Snapshot:
    """Return what counts at the end of `period`: nothing from after it, and of each cell only the latest.

    Items that the vocabulary does not know are another framework's, and are left out.
    """
    latest: dict[Key, Entry] = {}
    figures: dict[Key, Figure] = {}
    known = vocabulary.items
    for entry in _oldest_first(evidence.entries, period.end):
        if isinstance(entry, Figure):
            figures[entry.measure, entry.cell] = entry
        elif entry.item in known:
            latest[entry.item, entry.cell] = entry
    stale = _stale(latest, vocabulary, period)
    fresh = {key: entry for key, entry in latest.items() if key not in stale} if stale else latest
    in_period = {key: figure for key, figure in figures.items() if period.contains(figure.period.end)}
    targets, divided = _targets(evidence, period), _dimensions_in_use(latest, {})
    return Snapshot(period, vocabulary, fresh, stale, in_period, targets, evidence, divided, as_of or period.end)


def _dimensions_in_use(keys: Iterable[Key], known: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return the dimensions by which these entries, with those known already, divide each item."""
    found: dict[str, frozenset[str]] = {}
    for item, cell in keys:
        in_use = found.get(item) or known.get(item, _NONE)
        found[item] = in_use.union(dimension for dimension, _ in cell) if cell else in_use
    return found


def _targets(evidence: Evidence, period: Period) -> dict[Key, Target]:
    """Return the organisation's own targets by the end of the period, of each measure and cell the latest."""
    known = sorted((one for one in evidence.targets if one.period.end <= period.end), key=lambda one: one.recency)
    return {(one.measure, one.cell): one for one in known}


def _oldest_first(entries: Iterable[Entry], until: date) -> Iterator[Entry]:
    """Yield the entries of periods that end by a day, by recency; those as recent as each other as they are given.

    Many entries are of one age, so that it is quicker to sort the ages than the entries; and of one period, so that
    their age is looked up by that.
    """
    by_age: dict[tuple[date, date, int], list[Entry]] = {}
    of_one: dict[tuple[int, date | None], list[Entry]] = {}
    for entry in entries:
        when = id(entry.period), entry.date
        if when not in of_one:
            of_one[when] = by_age.setdefault(entry.recency, [])
        of_one[when].append(entry)
    for age in sorted(by_age):
        if age[0] <= until:
            yield from by_age[age]


def _stale(latest: Mapping[Key, Entry], vocabulary: Vocabulary, period: Period) -> dict[Key, Entry]:
    """Return the entries that have gone stale; many are of one day, so that each day is asked about only once."""
    gone: dict[tuple[date, int], bool] = {}
    stale = {}
    for key, entry in latest.items():
        months = vocabulary.items[key[0]].fresh
        if months is None:
            continue
        age = entry.day, months
        if age not in gone:
            gone[age] = add_months(entry.day, months) < period.end
        if gone[age]:
            stale[key] = entry
    return stale
