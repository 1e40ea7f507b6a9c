"""Evidence as it stands at the end of a period: the latest of each item, told apart from what has gone stale."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from attrs import evolve, field, frozen

from equityrules.model.evidence import Amount, Count, Entry, Evidence, Figure, Statement, Survey
from equityrules.model.finding import Reason
from equityrules.model.period import Period, add_months
from equityrules.model.vocabulary import Cell, Vocabulary

Key = tuple[str, Cell]
_Kind = TypeVar("_Kind", bound=Entry)


@frozen(eq=False)
class Snapshot:
    """The entries that count at the end of `period`, by item (or measure, for printed figures) and cell."""

    period: Period
    vocabulary: Vocabulary
    fresh: Mapping[Key, Entry] = field(factory=dict)
    stale: Mapping[Key, Entry] = field(factory=dict)
    figures: Mapping[Key, Figure] = field(factory=dict)

    def look_up(self, kind: type[_Kind], item: str, cell: Cell) -> _Kind | Reason:
        """Return the entry of that kind, or why there is none: not evidenced, or stale."""
        entry = self.fresh.get((item, cell))
        if isinstance(entry, kind):
            return entry
        return Reason.STALE if (item, cell) in self.stale else Reason.NOT_EVIDENCED

    def divisions(self, item: str, cell: Cell) -> Iterator[tuple[Cell, ...]]:
        """Yield, for each dimension of the item that `cell` leaves open, the cells that its groups divide it into."""
        divided = {dimension for dimension, _ in cell}
        for name in self.vocabulary.items[item].dimensions:
            if name not in divided:
                groups = self.vocabulary.dimensions[name].groups
                yield tuple(tuple(sorted((*cell, (name, group.id)))) for group in groups)

    def assuming(self, entries: Iterable[Statement | Count | Survey | Amount]) -> Snapshot:
        """Return the snapshot as it would be if these entries stood in it too; this one stays as it is."""
        overlay: dict[Key, Entry] = {(entry.item, entry.cell): entry for entry in entries}
        return evolve(self, fresh=ChainMap(overlay, self.fresh))  # type: ignore[arg-type]  # never written to


def take_snapshot(evidence: Evidence, vocabulary: Vocabulary, period: Period) -> Snapshot:
    """Return what counts at the end of `period`: nothing from after it, and of each cell only the latest.

    Items that the vocabulary does not know are another framework's, and are left out.
    """
    latest: dict[Key, Entry] = {}
    figures: dict[Key, Figure] = {}
    for entry in sorted(evidence.entries, key=lambda stated: stated.recency):
        if entry.period.end > period.end:
            continue
        if isinstance(entry, Figure):
            figures[entry.measure, entry.cell] = entry
        elif entry.item in vocabulary.items:
            latest[entry.item, entry.cell] = entry
    stale = {key: entry for key, entry in latest.items() if _is_stale(entry, vocabulary.items[key[0]].fresh, period)}
    fresh = {key: entry for key, entry in latest.items() if key not in stale}
    in_period = {key: figure for key, figure in figures.items() if period.contains(figure.period.end)}
    return Snapshot(period, vocabulary, fresh, stale, in_period)


def _is_stale(entry: Entry, fresh: int | None, period: Period) -> bool:
    return fresh is not None and add_months(entry.day, fresh) < period.end
