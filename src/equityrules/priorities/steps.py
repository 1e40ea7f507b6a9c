"""What to do next: the gaps of one organisation over several frameworks, gathered by what closes them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from equityrules.model.finding import Gap, GapKind, Lever, Outcome, Reason
from equityrules.model.result import Assessment, CriterionResult, FrameworkRef
from equityrules.model.scale import Grade

UNGIVEN = (Reason.NOT_EVIDENCED, Reason.STALE)
"""Why something is unknown for want of evidence alone."""


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
        collected=finding is not None and finding.outcome is Outcome.UNKNOWN and finding.reason in UNGIVEN,
    )
