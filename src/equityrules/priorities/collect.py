"""What to find out next: evidence that is missing or stale, by what it would settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from equityrules.conditions import IfGiven
from equityrules.grading.awards import AWARDED
from equityrules.model.evidence import Evidence
from equityrules.model.finding import Finding, Outcome, Reason
from equityrules.model.framework import Framework
from equityrules.model.kinds import Condition
from equityrules.model.result import Assessment, CriterionResult, FrameworkRef
from equityrules.model.scale import Grade
from equityrules.model.snapshot import Snapshot, take_snapshot
from equityrules.model.vocabulary import Cell, Item
from equityrules.reading import missing_of


@frozen
class Settles:
    """A criterion that an item of evidence bears on, from the grade it holds to the one that is attainable.

    `leads_to` is the grade that its gaps are about. Where a panel, services or votes `decided` the grade, evidence does
    not move it: it is what the next such decision would rest on. `alone` says that the criterion wants nothing else.
    """

    framework: FrameworkRef
    criterion: str
    name: str
    held: Grade | None
    attainable: Grade | None
    leads_to: Grade | None = None
    decided: bool = False
    alone: bool = False

    @property
    def moves(self) -> bool:
        """Whether evidence can move the grade: it was not decided, and nothing known to be short is in the way."""
        return not self.decided and (self.attainable is None or self.attainable != self.held)


@frozen
class Wanted:
    """An item of evidence that is not there, with the cells that are wanted and the criteria that it bears on."""

    item: Item
    cells: tuple[Cell, ...]
    settles: tuple[Settles, ...]
    stale: bool = False

    @property
    def moves(self) -> int:
        """How many criteria it could move to another grade."""
        return sum(one.moves for one in self.settles)

    @property
    def frameworks(self) -> int:
        """How many frameworks it serves."""
        return len({str(one.framework) for one in self.settles})

    @property
    def alone(self) -> int:
        """How many criteria want nothing else."""
        return sum(one.alone for one in self.settles)


@frozen
class _Wants:
    """What one criterion wants, by item."""

    assessment: Assessment
    criterion: CriterionResult
    snapshot: Snapshot
    cells: dict[str, list[Cell]] = field(factory=dict)

    def settles(self) -> Settles:
        """Return what the criterion would gain."""
        one = self.criterion
        return Settles(
            framework=self.assessment.framework,
            criterion=one.id,
            name=one.name,
            held=one.held,
            attainable=one.attainable,
            leads_to=one.gaps[0].leads_to if one.gaps else None,
            decided=one.graded_from in AWARDED,
            alone=len(self.cells) == 1,
        )


def collect_next(judged: Sequence[tuple[Framework, Assessment]], evidence: Evidence) -> tuple[Wanted, ...]:
    """Return the evidence that is missing or stale, by item, what would settle most criteria first.

    `judged` are the frameworks with what came of applying them to this `evidence` of one organisation. An item comes
    before another if it bears on more criteria whose grade evidence can move, then on more frameworks, then on more
    criteria in all, then if it is the only thing wanting in more of them.
    """
    wants = [one for framework, assessment in judged for one in _wants(framework, assessment, evidence)]
    names = dict.fromkeys(name for one in wants for name in one.snapshot.vocabulary.items if name in one.cells)
    found = [_wanted(name, [one for one in wants if name in one.cells]) for name in names]
    return tuple(sorted(found, key=lambda one: (-one.moves, -one.frameworks, -len(one.settles), -one.alone)))


def _wants(framework: Framework, assessment: Assessment, evidence: Evidence) -> Iterator[_Wants]:
    snapshot = take_snapshot(evidence, framework.vocabulary, assessment.period, assessment.as_of)
    for criterion in assessment.criteria:
        by_id = {one.id: one for one in framework.criterion(criterion.id).requirements}
        open_ones = [by_id[one.requirement].condition for one in criterion.findings if _would_matter(criterion, one)]
        leaves = (leaf for condition in open_ones for leaf in _open_leaves(condition, snapshot))
        if cells := missing_of(leaves, snapshot):
            yield _Wants(assessment, criterion, snapshot, cells)


def _would_matter(criterion: CriterionResult, finding: Finding) -> bool:
    """Whether it helps to know: a requirement is unknown that is a gap, or that could lift what nothing else holds."""
    if finding.outcome is not Outcome.UNKNOWN or finding.reason is Reason.NOT_JUDGED or finding.explained:
        return False
    if any(gap.requirement == finding.requirement for gap in criterion.gaps):
        return True
    if criterion.graded_from in AWARDED or criterion.attainable is None:
        return False
    return (criterion.held.rank if criterion.held else 0) < finding.grade.rank <= criterion.attainable.rank


def _open_leaves(condition: Condition, snapshot: Snapshot) -> Iterator[Condition]:
    """Yield the unknown conditions without parts that a condition rests on; what is judged only if given is not one."""
    if isinstance(condition, IfGiven) or condition.check(snapshot).outcome is not Outcome.UNKNOWN:
        return
    parts: Iterable[Condition] = getattr(condition, "parts", ())
    if not parts:
        yield condition
    for part in parts:
        yield from _open_leaves(part, snapshot)


def _wanted(name: str, wants: Sequence[_Wants]) -> Wanted:
    cells = tuple(dict.fromkeys(cell for one in wants for cell in one.cells[name]))
    snapshot = wants[0].snapshot
    return Wanted(
        item=snapshot.vocabulary.items[name],
        cells=cells,
        settles=tuple(one.settles() for one in wants),
        stale=any((name, cell) in snapshot.stale for cell in cells),
    )
