"""What to do next, and what to find out next, over all the frameworks that one organisation is assessed by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import field, frozen

from equityrules.conditions import IfGiven
from equityrules.grading.awards import AWARDED
from equityrules.model.evidence import Evidence
from equityrules.model.finding import Finding, Gap, GapKind, Lever, Outcome, Reason
from equityrules.model.framework import Framework
from equityrules.model.kinds import Condition
from equityrules.model.result import Assessment, CriterionResult, FrameworkRef
from equityrules.model.scale import Grade
from equityrules.model.snapshot import Snapshot, take_snapshot
from equityrules.model.vocabulary import Cell, Item, Vocabulary
from equityrules.reading import missing_of

_UNGIVEN = (Reason.NOT_EVIDENCED, Reason.STALE)


@frozen
class Serves:
    """One gap that a step closes: of which criterion, by which requirement, to which grade, and why it is there.

    `name` is what tables call the criterion, `text` what the requirement asks for; `collected` says whether the gap is
    there for want of evidence alone, so that collecting it may close it.
    """

    framework: FrameworkRef
    criterion: str
    name: str
    requirement: str
    text: str
    leads_to: Grade
    kind: GapKind
    because: str
    collected: bool = False


@frozen
class Step:
    """One thing to do, and every gap that it closes.

    `levers` are the ways to do it, alternatives that are not ranked; none where no number of things is known to be
    enough. `shortfall` is in `unit`, None where nothing is measured or the gaps differ in it. `completes` counts the
    criteria that have no other gap before their next grade.
    """

    levers: tuple[Lever, ...]
    serves: tuple[Serves, ...]
    shortfall: Fraction | None = None
    unit: str = ""
    completes: int = 0

    @property
    def text(self) -> str:
        """What to do: the one lever in words, or how many ways there are; without any, why the gap is there."""
        if not self.levers:
            return self.serves[0].because
        return self.levers[0].text if len(self.levers) == 1 else "; or ".join(one.text for one in self.levers)

    @property
    def criteria(self) -> int:
        """How many criteria it serves."""
        return len({(str(one.framework), one.criterion) for one in self.serves})

    @property
    def frameworks(self) -> int:
        """How many frameworks it serves."""
        return len({str(one.framework) for one in self.serves})

    @property
    def collected(self) -> bool:
        """Whether evidence alone is wanting, so that it is among what to collect too."""
        return all(one.collected for one in self.serves)


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


def steps(assessments: Sequence[Assessment]) -> tuple[Step, ...]:
    """Return what to do next for one organisation over several frameworks, most effect first.

    Gaps that the same edits close are one step; a gap that no edit closes is a step of its own. A step comes before
    another if it serves more criteria, then more frameworks, then if it completes more of them by itself; else they
    stand in the order of frameworks and criteria. Gaps of the whole, such as points to the next band, are not steps.
    """
    gathered: dict[object, list[tuple[Assessment, CriterionResult, Gap]]] = {}
    for assessment in assessments:
        for criterion in assessment.criteria:
            for gap in criterion.gaps:
                gathered.setdefault(_same_thing(assessment, gap), []).append((assessment, criterion, gap))
    found = [_step(places) for places in gathered.values()]
    return tuple(sorted(found, key=lambda step: (-step.criteria, -step.frameworks, -step.completes)))


def _same_thing(assessment: Assessment, gap: Gap) -> object:
    """Return what two gaps have in common if the same thing closes them: the edits of their levers."""
    edits = frozenset(frozenset(map(str, lever.edits)) for lever in gap.levers)
    if not edits or frozenset() in edits:
        return (str(assessment.framework), gap.criterion.id, gap.requirement)
    return edits


def _step(places: Sequence[tuple[Assessment, CriterionResult, Gap]]) -> Step:
    first = places[0][2]
    closed = {(id(assessment), criterion.id): criterion for assessment, criterion, _ in places}
    gaps = [gap for _, _, gap in places]
    measured = {(gap.shortfall, gap.unit) for gap in gaps}
    shortfall, unit = measured.pop() if len(measured) == 1 else (None, "")
    return Step(
        levers=first.levers,
        serves=tuple(_serves(*place) for place in places),
        shortfall=shortfall,
        unit=unit,
        completes=sum(all(gap in gaps for gap in criterion.gaps) for criterion in closed.values()),
    )


def _serves(assessment: Assessment, criterion: CriterionResult, gap: Gap) -> Serves:
    finding = next((one for one in criterion.findings if one.requirement == gap.requirement), None)
    return Serves(
        framework=assessment.framework,
        criterion=criterion.id,
        name=criterion.name,
        requirement=gap.requirement,
        text=finding.text if finding else "",
        leads_to=gap.leads_to,
        kind=gap.kind,
        because=finding.because if finding else gap.because,
        collected=finding is not None and finding.outcome is Outcome.UNKNOWN and finding.reason in _UNGIVEN,
    )


# --- what to collect -----------------------------------------------------------------------------------------------


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


# --- both together -------------------------------------------------------------------------------------------------


@frozen
class Priorities:
    """What one organisation is to do and to find out next, over the frameworks it was assessed by."""

    assessments: tuple[Assessment, ...]
    steps: tuple[Step, ...]
    collect: tuple[Wanted, ...]
    vocabulary: Vocabulary = field(repr=False)


def prioritise(judged: Sequence[tuple[Framework, Assessment]], evidence: Evidence) -> Priorities:
    """Return what to do and what to find out next for one organisation; `judged` must not be empty."""
    assessments = tuple(assessment for _, assessment in judged)
    vocabulary = Vocabulary()
    for framework, _ in judged:
        vocabulary = vocabulary.merged(framework.vocabulary)
    return Priorities(assessments, steps(assessments), collect_next(judged, evidence), vocabulary)
