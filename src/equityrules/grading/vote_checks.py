"""Votes that do not fit together: what differs, and whether it could change what they decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equityrules.grading.awards import leaders, tally
from equityrules.grading.bench import Bench
from equityrules.model.evidence import Votes
from equityrules.model.framework import CriterionGroup
from equityrules.model.numbers import counted
from equityrules.model.result import Remark, Severity


def check_votes(bench: Bench) -> Iterator[Remark]:
    """Yield a remark for votes that do not add up, tie, or differ between groups of raters."""
    for about, polls in bench.book.votes.items():
        yield from _totals(bench, about, polls)
        if about not in bench.book.stated:
            yield from _tie(bench, about, polls)
        yield from _raters(bench, about, polls)


def _labels(bench: Bench, about: str, grades: Sequence[str]) -> str:
    return " and ".join(bench.scale_of(about).read(grade).label for grade in grades)


def _tie(bench: Bench, about: str, polls: Sequence[Votes]) -> Iterator[Remark]:
    first = leaders(tally(polls))
    if len(first) > 1:
        yield Remark(
            "votes-tied", Severity.WARNING, about, f"{_labels(bench, about, first)} have the same number of votes",
            "no grade is taken from the votes; a panel has to decide and be entered as a rating",
        )  # fmt: skip


def _raters(bench: Bench, about: str, polls: Sequence[Votes]) -> Iterator[Remark]:
    names = dict.fromkeys(poll.by for poll in polls)
    by_rater = {name: leaders(tally([poll for poll in polls if poll.by == name])) for name in names}
    chosen = {name: grades for name, grades in by_rater.items() if grades}
    if len({tuple(sorted(grades)) for grades in chosen.values()}) > 1:
        said = "; ".join(f"{by or 'raters not named'}: {_labels(bench, about, one)}" for by, one in chosen.items())
        yield Remark(
            "raters-differ", Severity.NOTE, about, f"groups of raters chose differently ({said})",
            "all their votes are counted together, one vote as one",
        )  # fmt: skip


def _totals(bench: Bench, about: str, polls: Sequence[Votes]) -> Iterator[Remark]:
    """Compare the votes by grade with the total stated beside them; the effect is that of all differences together."""
    given = [(poll, sum(poll.votes.values())) for poll in polls if poll.votes and poll.stated_total is not None]
    surplus = [counted_votes - (poll.stated_total or 0) for poll, counted_votes in given]
    too_many, too_few = (
        sum(number for number in surplus if number > 0),
        -sum(number for number in surplus if number < 0),
    )
    for (poll, counted_votes), number in zip(given, surplus, strict=True):
        if number:
            yield Remark(
                "votes-do-not-add-up", Severity.WARNING, poll.place or about,
                f"votes by grade add to {counted_votes}, {poll.stated_total} stated",
                robustness(bench, about, polls, too_many, too_few),
            )  # fmt: skip


def robustness(bench: Bench, about: str, polls: Sequence[Votes], too_many: int, too_few: int) -> str:
    """Return whether the leading grade survives any removal, and any addition, of so many votes."""
    counts = sorted(tally(polls).values(), reverse=True)
    lead = counts[0] - (counts[1] if len(counts) > 1 else 0)
    changes = {"removal": too_many, "addition": too_few}
    said = " and ".join(f"{name} of {counted(number, 'vote')}" for name, number in changes.items() if number)
    first = leaders(tally(polls))
    if len(first) == 1 and lead > too_many + too_few:
        return f"{_labels(bench, about, first)} is the same for any {said}"
    return f"the {said} could change the result"


def check_turnout(bench: Bench, group: CriterionGroup) -> Iterator[Remark]:
    """Compare the turnout stated for each criterion with the votes by grade given for their group."""
    ref = bench.framework.group_ref(group)
    polls = bench.book.votes.get(ref, ())
    turnouts = [
        poll.stated_total
        for criterion in group.criteria
        for poll in bench.book.votes.get(bench.about(criterion), ())
        if poll.stated_total is not None
    ]
    counted_votes = tally(polls).total()
    surplus = counted_votes - sum(turnouts)
    if not counted_votes or not turnouts or not surplus:
        return
    word = bench.framework.word("criterion")
    listed = " + ".join(map(str, turnouts))
    yield Remark(
        "turnout-differs", Severity.WARNING, ref,
        f"the turnout of each {word} adds to {sum(turnouts)} ({listed}), the votes by grade to {counted_votes}",
        robustness(bench, ref, polls, max(surplus, 0), max(-surplus, 0)),
    )  # fmt: skip
