"""Builders of evidence by group, and of measures that compare groups: staff, jobs, cases, answers, a board."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import evolve
from engine_builders import YEAR, count, evidence, framework, when

from equityrules.conditions import Part, Within
from equityrules.measures.differences import AgainstBenchmark, Difference
from equityrules.measures.disparity import DisparityRatio
from equityrules.measures.ratios import RelativeLikelihood
from equityrules.measures.representation import Representation, TargetShortfall
from equityrules.measures.shares import GroupShare, Share
from equityrules.measures.values import MeanScore
from equityrules.model import evidence as kinds
from equityrules.model.finding import Observation, Outcome, Reason
from equityrules.model.framework import Framework
from equityrules.model.kinds import Measure
from equityrules.model.period import Period
from equityrules.model.snapshot import Snapshot, take_snapshot
from equityrules.model.vocabulary import WHOLE, Cell, Dimension, Group, Item, Vocabulary, make_cell

BANDS = ("5", "6", "7", "8a", "8b", "8c", "8d", "9", "vsm")
SENIOR = BANDS[1:]


def _item(name: str, kind: str, *dimensions: str, **changes: Any) -> Item:
    return Item(name, kind, f"Text of {name}", dimensions=dimensions, **{"fresh": 12, **changes})


STAFF = Vocabulary(
    items={
        item.id: item
        for item in (
            _item("staff.all", "count", "ethnicity", sum_of=("staff.banded", "staff.medical")),
            _item("staff.banded", "count", "band", "cluster", "ethnicity"),
            _item("staff.medical", "count", "ethnicity"),
            _item("jobs.shortlisted", "count", "ethnicity"),
            _item("jobs.appointed", "count", "ethnicity"),
            _item("jobs.campaign", "statement"),
            _item("cases.entered", "count", "ethnicity", "counting"),
            _item("board.members", "count", "ethnicity"),
            _item("survey.harassed", "survey", "ethnicity"),
            _item("survey.engagement", "amount", "ethnicity"),
            _item("survey.motivation", "amount", "ethnicity"),
            _item("survey.advocacy", "amount", "ethnicity"),
            _item("benchmark.harassed", "amount", "ethnicity", unit="percent"),
            _item("benchmark.engagement", "amount", "ethnicity"),
            _item("population.share", "amount", "ethnicity", unit="percent", fresh=None),
        )
    },
    dimensions={
        one.id: one
        for one in (
            Dimension(
                "ethnicity", "Ethnic group",
                (Group("white", "White"), Group("bme", "BME"), Group("unknown", "Unknown")), undeclared="unknown",
            ),
            Dimension("band", "Pay band", tuple(Group(name, f"Band {name}") for name in BANDS)),
            Dimension(
                "cluster", "Cluster",
                (Group("lower", "Lower", parts=BANDS[:3]), Group("upper", "Upper", parts=BANDS[3:])), of="band",
            ),
            Dimension("counting", "Counting", (Group("one_year", "One year"), Group("two_years", "Two years"))),
        )
    },
)  # fmt: skip

APPOINTED = RelativeLikelihood(
    id="appointed", title="Appointed, white over BME", events="jobs.appointed", base="jobs.shortlisted", nested=True,
    by="ethnicity", over=("white", "bme"), adverse={"above": "bme", "below": "white"}, who="shortlisted applicants",
    did="were appointed", caveats=("jobs.campaign",),
)  # fmt: skip
ENTERED = RelativeLikelihood(
    id="entered", title="Entered, BME over white", events="cases.entered", base="staff.all", by="ethnicity",
    over=("bme", "white"), adverse={"above": "bme", "below": "white"}, who="staff", did="entered the process",
    prefer=({"counting": "two_years"}, {"counting": "one_year"}, {}),
)  # fmt: skip
DISPARITY = DisparityRatio(
    id="disparity", title="Disparity", item="staff.banded", by="ethnicity", over=("white", "bme"),
    adverse={"above": "bme", "below": "white"}, along="band", lower=("5",), upper=("6", "7"),
)  # fmt: skip
HARASSED = Share(id="harassed", title="Harassed", survey="survey.harassed")
HARASSMENT_GAP = Difference(
    id="gap", title="Harassed: BME less white", survey="survey.harassed", by="ethnicity", between=("bme", "white"),
    better="lower", did="were harassed", minimum_base=10,
)  # fmt: skip
PARTS = ("survey.motivation", "survey.advocacy")
ENGAGED = MeanScore(id="engaged", title="Engagement", score="survey.engagement", parts=PARTS)
ENGAGEMENT_GAP = Difference(
    id="score_gap", title="Engagement: BME less white", score="survey.engagement", parts=PARTS, by="ethnicity",
    between=("bme", "white"), better="higher",
)  # fmt: skip
AGAINST = AgainstBenchmark(
    id="against", title="Harassed, less benchmark", survey="survey.harassed", benchmark="benchmark.harassed",
    better="lower",
)  # fmt: skip
BME_SHARE = GroupShare(id="bme_share", title="BME share", item="staff.banded", by="ethnicity", groups=("bme",))
IN_BAND = Representation(
    id="in_band", title="BME in the band", item="staff.banded", by="ethnicity", group="bme", base="staff.all"
)
PEOPLE_SHORT = TargetShortfall(
    id="people_short", title="People short", item="staff.banded", by="ethnicity", group="bme", target="bme_share",
    base="staff.all", population="population.share", unit="people",
)  # fmt: skip
SEATS_SHORT = TargetShortfall(
    id="seats_short", title="Seats short", item="board.members", by="ethnicity", group="bme", base="staff.all",
    unit="seats",
)  # fmt: skip
MEASURES = (
    APPOINTED, ENTERED, DISPARITY, HARASSED, HARASSMENT_GAP, ENGAGED, ENGAGEMENT_GAP, AGAINST, BME_SHARE, IN_BAND,
    PEOPLE_SHORT, SEATS_SHORT,
)  # fmt: skip


# --- evidence ----------------------------------------------------------------------------------------------------


def cell(**groups: str) -> Cell:
    """Return a cell."""
    return make_cell(groups)


def people(
    item: str, period: str | Period = YEAR, where: Mapping[str, str] | None = None, **groups: float
) -> tuple[kinds.Count, ...]:
    """Return the counts of an item by ethnic group, or of everybody as `all`."""
    return tuple(
        count(item, value, period, **({} if group == "all" else {"ethnicity": group}), **(where or {}))
        for group, value in groups.items()
    )


def jobs(white: tuple[float, float], bme: tuple[float, float], period: str | Period = YEAR) -> tuple[kinds.Count, ...]:
    """Return how many of each group were appointed, of how many shortlisted."""
    appointed = people("jobs.appointed", period, white=white[0], bme=bme[0])
    return (*appointed, *people("jobs.shortlisted", period, white=white[1], bme=bme[1]))


def answers(period: str | Period = YEAR, **groups: tuple[float, float] | str) -> tuple[kinds.Survey, ...]:
    """Return the answers of each group: (yes, of), or a printed percentage as text."""
    return tuple(_answers(when(period), group, said) for group, said in groups.items())


def _answers(period: Period, group: str, said: tuple[float, float] | str) -> kinds.Survey:
    where = cell() if group == "all" else cell(ethnicity=group)
    blank = kinds.Survey(period=period, item="survey.harassed", cell=where)
    if isinstance(said, str):
        return evolve(blank, percent=Decimal(said))
    return evolve(blank, yes=Fraction(said[0]), of=Fraction(said[1]))


def amounts(item: str, period: str | Period = YEAR, **groups: str) -> tuple[kinds.Amount, ...]:
    """Return the amounts of an item by ethnic group, or for everybody as `all`, as they are printed."""
    return tuple(
        kinds.Amount(
            period=when(period), item=item, value=Decimal(value),
            cell=cell() if group == "all" else cell(ethnicity=group),
        )
        for group, value in groups.items()
    )  # fmt: skip


def aim(measure: str, value: str, direction: str = "at least", **groups: str) -> kinds.Target:
    """Return a target of the organisation's own."""
    return kinds.Target(period=YEAR, measure=measure, value=Decimal(value), direction=direction, cell=cell(**groups))


# --- what comes of it --------------------------------------------------------------------------------------------


def snapshot(*given: kinds.Stated, period: str | Period = YEAR) -> Snapshot:
    """Return what counts at the end of the period."""
    return take_snapshot(evidence(*given), STAFF, when(period))


def observed(measure: Measure, *given: kinds.Stated, cell: Cell = WHOLE, period: str | Period = YEAR) -> Observation:
    """Return what a measure sees in this evidence."""
    return measure.observe(snapshot(*given, period=period), cell)


def judged(
    measure: Measure, part: str, low: float | str, high: float | str, *given: kinds.Stated
) -> tuple[Outcome, Reason]:
    """Return how a measure is judged against a band: "within", "interval_within" or "interval_reaches" it."""
    check = band(measure, part, low, high).check(snapshot(*given))
    return check.outcome, check.reason


def band(measure: Measure, part: str, low: float | str, high: float | str) -> Within:
    """Return the condition that a measure lies in a band."""
    return Within(measure, Part(part), Fraction(str(low)), Fraction(str(high)))


def staff_framework(*criteria: Any, **changes: Any) -> Framework:
    """Return a framework of these criteria over the vocabulary of staff, with all of its measures."""
    given: dict[str, Any] = {"vocabulary": STAFF, "measures": {one.id: one for one in MEASURES}}
    return framework(*criteria, **{**given, **changes})
