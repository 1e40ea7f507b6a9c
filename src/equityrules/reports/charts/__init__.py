"""Charts of results: pictures made by hand, each with its name, its description and the same as a table.

`charts_of` draws one part of an assessment. Charts fit a page and a document alike: they need no script, style sheet,
font or network, tell series apart by pattern, and no label leaves its frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from equityrules.model.finding import Observation
from equityrules.model.numbers import display
from equityrules.model.result import Assessment, CriterionResult, GroupResult, OverallResult
from equityrules.reports import words
from equityrules.reports.charts.bars import grouped_bars
from equityrules.reports.charts.chart import Chart as Chart
from equityrules.reports.charts.dots import interval_dots
from equityrules.reports.charts.figures import Figure, figures_of
from equityrules.reports.charts.progress import over_time
from equityrules.reports.charts.shares import is_share, shares_by_part, shares_title
from equityrules.reports.charts.votes import Vote, stacked_votes

Level = CriterionResult | GroupResult | OverallResult


def charts_of(assessment: Assessment, level: Level, earlier: Sequence[Assessment] = ()) -> tuple[Chart, ...]:
    """Return the charts of one criterion, one group or the whole; none where there is nothing to draw.

    `earlier` are assessments of the same organisation by the same framework, for progress over time.
    """
    drawn = list(_votes(assessment, level))
    if isinstance(level, CriterionResult):
        drawn += _figures(assessment, level)
    drawn += _progress(assessment, level, earlier)
    return tuple(drawn)


def _id(assessment: Assessment, level: Level, form: str) -> str:
    """Return an id for a chart: letters, digits and hyphens of what it is about."""
    kind = type(level).__name__.removesuffix("Result").lower()
    parts = (str(assessment.framework), str(assessment.period), kind, level.id, form)
    return "-".join(["chart", *(re.sub(r"[^a-z0-9]+", "-", part.casefold()).strip("-") for part in parts)])


def _name(assessment: Assessment, level: Level) -> str:
    if isinstance(level, GroupResult):
        return words.group_name(assessment, level)
    return f"{level.id} {level.name}" if isinstance(level, CriterionResult) else level.title


def _votes(assessment: Assessment, level: Level) -> Iterator[Chart]:
    if sum(level.votes.values()):
        scales = assessment.framework.scales.values()
        scale = next((grades for grades in scales if level.votes.keys() <= {one.id for one in grades}), ())
        votes = {one.label: level.votes.get(one.id, 0) for one in scale} if scale else level.votes
        name = _name(assessment, level)
        yield stacked_votes(_id(assessment, level, "votes"), f"Votes on {name}", [Vote(name, votes)])


def _figures(assessment: Assessment, criterion: CriterionResult) -> Iterator[Chart]:
    """Yield a criterion's charts: shares against what they are held against, rates by group, figures against parity."""
    figures = figures_of(criterion)
    for number, same in enumerate(_alike(_shares([one for one in figures if is_share(one.seen)])), 1):
        title = f"{criterion.name}: {shares_title(same[0])}"
        yield shares_by_part(_id(assessment, criterion, f"shares-{number}"), title, same)
    others = [one for one in figures if not is_share(one.seen)]
    for unit, compared in _by_unit(others).items():
        title = f"{criterion.name}: rates by group"
        yield grouped_bars(_id(assessment, criterion, f"groups-{unit}"), title, compared)
    for number, same in enumerate(_alike([one for one in others if one.seen.parity is not None]), 1):
        yield interval_dots(_id(assessment, criterion, f"parity-{number}"), _against(criterion, same[0]), same)


def _by_unit(figures: Sequence[Figure]) -> dict[str, list[Observation]]:
    """Return what has rates by the unit of its rates; what has them in several units cannot be drawn on one axis."""
    found: dict[str, list[Observation]] = {}
    for one in figures:
        if len({rate.unit for rate in one.seen.rates}) == 1:
            found.setdefault(one.seen.rates[0].unit, []).append(one.seen)
    return found


def _against(criterion: CriterionResult, figure: Figure) -> str:
    what = "relative likelihood" if figure.seen.parity == 1 else "difference"
    return f"{criterion.name}: {what} against {display(figure.seen.parity or Fraction(0))}"


def _shares(figures: Sequence[Figure]) -> list[Figure]:
    """Return the shares to draw: of parts, and of the whole those that are differences, where there are any.

    How many people a share lacks rests on the same two shares as by how much it differs.
    """
    whole = [one for one in figures if not one.seen.cell]
    differences = [one for one in whole if one.seen.parity is not None]
    return [one for one in figures if one.seen.cell or one in (differences or whole)]


def _alike(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Return figures gathered by their measure where they are of parts, else by what they are held against."""
    found: dict[object, list[Figure]] = {}
    for one in figures:
        key = one.seen.of if one.seen.cell else (one.seen.parity, one.seen.unit)
        found.setdefault(key, []).append(one)
    return list(found.values())


def _progress(assessment: Assessment, level: Level, earlier: Sequence[Assessment]) -> Iterator[Chart]:
    """Yield the figure of a criterion, or the points of the whole, at every date, where there are two or more."""
    dated = [(one.period, _counterpart(one, level)) for one in (*earlier, assessment)]
    found = [(period, figure) for period, other in dated if other and (figure := _headline(other))]
    alike = [(period, one) for period, one in found if (one.seen.of, one.seen.unit) == _kind(found[-1][1])]
    if len(alike) > 1 and found[-1][0] == assessment.period:
        title = f"{_name(assessment, level)}: {alike[-1][1].label} over time"
        figures = [Figure(str(period), one.seen, one.asked) for period, one in alike]
        yield over_time(_id(assessment, level, "progress"), title, figures)


def _kind(figure: Figure) -> tuple[str, str]:
    return figure.seen.of, figure.seen.unit


def _counterpart(assessment: Assessment, level: Level) -> Level | None:
    """Return the same part of another assessment."""
    if isinstance(level, OverallResult):
        return assessment.overall
    among: Sequence[Level] = assessment.criteria if isinstance(level, CriterionResult) else assessment.groups
    return next((one for one in among if one.id == level.id), None)


def _headline(level: Level) -> Figure | None:
    """Return the one figure that stands for a part: what the criterion is about, or its points."""
    if isinstance(level, CriterionResult) and level.method != "none" and (seen := words.headline(level)) is not None:
        return next((one for one in figures_of(level) if one.seen == seen), Figure(seen.title, seen))
    if isinstance(level, CriterionResult) or level.points is None:
        return None
    return Figure("points", Observation(level.id, "points", value=level.points, unit="points"))
