"""Figures in the evidence that do not fit together: what differs, and whether it changes the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from equityrules.grading.awards import leaders, tally
from equityrules.grading.standings import Bench, describe_services, sum_points
from equityrules.model.evidence import Evidence, Rating, Survey, Votes
from equityrules.model.framework import CriterionGroup
from equityrules.model.numbers import counted, display
from equityrules.model.period import Period
from equityrules.model.result import CriterionResult, GroupResult, OverallResult, Remark, Severity
from equityrules.statistics import printed_range


def reconcile(
    bench: Bench,
    evidence: Evidence,
    period: Period,
    criteria: Sequence[CriterionResult],
    groups: Sequence[GroupResult],
    overall: OverallResult,
) -> Iterator[Remark]:
    """Yield a remark for everything in the awards and counts that does not fit, in a fixed order."""
    yield from _other_periods(bench, evidence, period)
    for about, polls in bench.book.votes.items():
        yield from _votes(bench, about, polls)
    for group in bench.framework.groups:
        parts = [criterion for criterion in criteria if criterion.group == group.id]
        yield from _turnout(bench, group)
        yield from _stated_total(bench, group, parts)
        yield from _services(bench, group)
    yield from _stated_overall(bench, groups, overall)
    yield from _no_band(overall)
    yield from _surveys(evidence, period)
    for criterion in criteria:
        yield from _panel_and_requirements(bench, criterion)


def _other_periods(bench: Bench, evidence: Evidence, period: Period) -> Iterator[Remark]:
    ours = bench.framework.id
    given: list[Rating | Votes] = [*evidence.ratings, *evidence.votes]
    others = sorted(
        {one.period for one in given if one.about.partition("/")[0] == ours and not period.contains(one.period.end)}
    )
    if others:
        listed = ", ".join(map(str, others))
        message = f"ratings or votes for {listed} are not for {period} and were left out"
        yield Remark("award-of-another-period", Severity.NOTE, ours, message, "none on this result")


def _votes(bench: Bench, about: str, polls: Sequence[Votes]) -> Iterator[Remark]:
    yield from _vote_totals(bench, about, polls)
    votes = tally(polls)
    if len(leaders(votes)) > 1:
        names = " and ".join(bench.framework.scale.read(grade).label for grade in leaders(votes))
        yield Remark(
            "votes-tied", Severity.WARNING, about, f"{names} have the same number of votes",
            "no grade is taken from the votes; a panel has to decide and be entered as a rating",
        )  # fmt: skip
    by_raters = {poll.by: leaders(poll.votes) for poll in polls if poll.votes}
    if len({tuple(sorted(grades)) for grades in by_raters.values()}) > 1:
        said = "; ".join(f"{by or 'raters not named'}: {_labels(bench, grades)}" for by, grades in by_raters.items())
        yield Remark(
            "raters-differ", Severity.NOTE, about, f"groups of raters chose differently ({said})",
            "all their votes are counted together, one vote as one",
        )  # fmt: skip


def _labels(bench: Bench, grades: Sequence[str]) -> str:
    return " and ".join(bench.framework.scale.read(grade).label for grade in grades)


def _vote_totals(bench: Bench, about: str, polls: Sequence[Votes]) -> Iterator[Remark]:
    for poll in polls:
        counted_votes = sum(poll.votes.values())
        if poll.votes and poll.stated_total is not None and poll.stated_total != counted_votes:
            yield Remark(
                "votes-do-not-add-up", Severity.WARNING, poll.place or about,
                f"votes by grade add to {counted_votes}, {poll.stated_total} stated",
                _robustness(bench, polls, counted_votes - poll.stated_total),
            )  # fmt: skip


def _robustness(bench: Bench, polls: Sequence[Votes], surplus: int) -> str:
    """Return whether the leading grade survives any removal (or addition) of so many votes."""
    counts = sorted(tally(polls).values(), reverse=True)
    lead = counts[0] - (counts[1] if len(counts) > 1 else 0)
    change = "removal" if surplus > 0 else "addition"
    first = leaders(tally(polls))
    if len(first) == 1 and lead > abs(surplus):
        label = bench.framework.scale.read(first[0]).label
        return f"{label} is the same for any {change} of {counted(abs(surplus), 'vote')}"
    return f"the {change} of {counted(abs(surplus), 'vote')} could change the result"


def _turnout(bench: Bench, group: CriterionGroup) -> Iterator[Remark]:
    """Compare the turnout stated for each criterion with the votes given for their group."""
    ref = bench.framework.group_ref(group)
    polls = bench.book.votes.get(ref, ())
    turnouts = [
        poll.stated_total
        for criterion in group.criteria
        for poll in bench.book.votes.get(f"{bench.framework.id}/{criterion}", ())
        if poll.stated_total is not None
    ]
    counted_votes = tally(polls).total()
    if not polls or not turnouts or counted_votes == sum(turnouts):
        return
    word = bench.framework.word("criterion")
    listed = " + ".join(map(str, turnouts))
    yield Remark(
        "turnout-differs", Severity.WARNING, ref,
        f"the turnout of each {word} adds to {sum(turnouts)} ({listed}), the votes by grade to {counted_votes}",
        _robustness(bench, polls, counted_votes - sum(turnouts)),
    )  # fmt: skip


def _stated_total(bench: Bench, group: CriterionGroup, parts: Sequence[CriterionResult]) -> Iterator[Remark]:
    ref = bench.framework.group_ref(group)
    rating = bench.book.stated.get(ref)
    if rating is None or rating.points is None:
        return
    points = Fraction(rating.points)
    if points.denominator != 1:
        yield Remark(
            "points-not-whole", Severity.WARNING, rating.place or ref,
            f"{display(points)} cannot be a sum of whole scores; it is probably an average",
            f"taken as stated, not rounded; totals between two bands have no {bench.framework.word('grade')}",
        )  # fmt: skip
    total = sum_points(parts)
    if total is not None and total.points is not None and total.points != points:
        yield Remark(
            "total-differs", Severity.WARNING, rating.place or ref,
            f"{display(points)} is stated, its parts add to {display(total.points)}", "the stated total is used",
        )  # fmt: skip


def _services(bench: Bench, group: CriterionGroup) -> Iterator[Remark]:
    method, names = bench.framework.methods.services, bench.services(group)
    if method is None or not names:
        return
    ref = bench.framework.group_ref(group)
    if method.expected is not None and len(names) != method.expected:
        effect = "its ratings stand for all" if len(names) == 1 else "the middle of those given is used"
        if len(names) % 2 == 0 and not method.even:
            effect = "an even number has no middle one: choose lower, upper or mean in a profile"
        message = f"{counted(len(names), 'service')} rated, {method.expected} expected ({', '.join(names)})"
        yield Remark("number-of-services", Severity.WARNING, ref, message, effect)
    said = describe_services(bench, group)
    if len(set(said.values())) > 1:
        listed = "; ".join(f"{name} {points}" for name, points in said.items())
        yield Remark(
            "service-methods-differ", Severity.WARNING, ref, f"the methods for services differ: {listed}",
            f"{method.kind} is used",
        )  # fmt: skip


def _stated_overall(bench: Bench, groups: Sequence[GroupResult], overall: OverallResult) -> Iterator[Remark]:
    rating, rule = bench.book.stated.get(bench.framework.id), bench.framework.methods.overall
    total = sum_points(groups)
    if rating is None or rule is None or total is None:
        return
    if rating.points is not None and total.points is not None and Fraction(rating.points) != total.points:
        yield Remark(
            "total-differs", Severity.WARNING, rating.place,
            f"a total of {display(Fraction(rating.points))} is stated, the parts add to {display(total.points)}",
            "the stated total is used",
        )  # fmt: skip
    worked_out = rule.roll_up.word(bench.framework.scale, groups, total)
    if overall.held and worked_out.held and overall.held != worked_out.held:
        yield Remark(
            "rating-differs", Severity.WARNING, rating.place,
            f"{overall.held.label} is stated; the points give {worked_out.held.label} ({worked_out.because})",
            "the stated rating is used",
        )  # fmt: skip


def _no_band(overall: OverallResult) -> Iterator[Remark]:
    if overall.points is not None and overall.held is None and overall.graded_from:
        yield Remark("total-in-no-band", Severity.WARNING, overall.id, overall.because, "no overall grade is given")


def _surveys(evidence: Evidence, period: Period) -> Iterator[Remark]:
    """Compare a printed percentage with the answers given beside it."""
    for answers in evidence.entries:
        if not isinstance(answers, Survey) or not period.contains(answers.period.end):
            continue
        if answers.percent is None or answers.yes is None or not answers.of:
            continue
        low, high = printed_range(answers.percent)
        share = 100 * answers.yes / answers.of
        if not low <= share < high:
            counts = f"{display(answers.yes)} of {display(answers.of)} is {display(share)}%"
            message = f"{answers.item}: {answers.percent}% is printed, {counts}"
            yield Remark("percentage-differs", Severity.WARNING, answers.place, message, "the counts are used")


def _panel_and_requirements(bench: Bench, criterion: CriterionResult) -> Iterator[Remark]:
    """Note where the evidence supports another grade than was awarded; for the organisation's own eyes."""
    if criterion.held is None or criterion.graded_from == "requirements":
        return
    low, high = criterion.supported.held, criterion.supported.attainable
    below = high is not None and high.rank < criterion.held.rank
    above = low is not None and low.rank > criterion.held.rank
    if not (below or above):
        return
    shown = f"at most {high.label}" if below and high else f"at least {low.label}" if low else ""
    rules = {finding.basis for finding in criterion.findings if finding.outcome.value == "unmet" or above}
    weak = [basis for basis in sorted(rules, key=lambda basis: basis.rank) if not basis.publishable_against_a_panel]
    effect = "the award stands"
    if weak:
        effect += f"; rules behind this are {' and '.join(weak)}, so it is not for publication"
    yield Remark(
        "award-differs-from-evidence", Severity.NOTE, f"{bench.framework.id}/{criterion.id}",
        f"{criterion.held.label} was awarded; the evidence given supports {shown}", effect, internal=True,
    )  # fmt: skip
