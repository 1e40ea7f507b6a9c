"""The tables of the page, as text: captions, headings and rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import frozen

from equityrules.comparison import Comparison, Move
from equityrules.conditions.wording import value_words
from equityrules.model.basis import BASIS_MEANINGS
from equityrules.model.finding import Finding, Observation
from equityrules.model.result import Assessment, CriterionResult
from equityrules.model.vocabulary import Vocabulary, cell_labels, cell_text
from equityrules.reports import priorities, telling, words
from equityrules.reports.charts import Chart
from equityrules.reports.comparing import ARROWS, figure_words, moved

OUTCOME = "Outcome"
"""The heading of the column whose cells the page marks by what they say."""


@frozen
class Table:
    """A table for the page; the first cell of each row is its heading."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table without the columns in which no row has anything."""
    listed = [tuple(row) for row in rows]
    kept = [number for number in range(len(headings)) if number == 0 or any(row[number] for row in listed)]
    return Table(
        caption,
        tuple(headings[number] for number in kept),
        tuple(tuple(row[number] for number in kept) for row in listed),
    )


def chart_table(chart: Chart) -> Table:
    """Return what a chart shows as a table."""
    return _table(f"{chart.title}, as a table", chart.columns, chart.rows)


def standings(assessment: Assessment, vocabulary: Vocabulary) -> Table:
    """Return where groups and whole stand or, where the standard grades neither, every criterion with its figure."""
    criterion, group, grade = (words.word(assessment, kind).capitalize() for kind in ("criterion", "group", "grade"))
    if words.judged_alone(assessment):
        found = [(f"{one.id} {one.name}", *_stands(one), _headline(one, vocabulary)) for one in assessment.criteria]
        return _table(
            f"Where each {criterion.lower()} stands", [criterion, f"{grade} held", "Attainable", "Figure"], found
        )
    levels: list[tuple[str, words.Level]] = [(words.group_name(assessment, one), one) for one in assessment.groups]
    levels.append(("Overall", assessment.overall))
    rows = [(name, *_stands(one), words.points_words(one), _method(one)) for name, one in levels]
    headings = [group, f"{grade} held", "Attainable", "Points", "How it came about"]
    return _table(f"Where each {group.lower()} and the whole stand", headings, rows)


def _headline(criterion: CriterionResult, vocabulary: Vocabulary) -> str:
    """Return the figure a criterion is about, after the group that it is of, where it is of one alone."""
    seen = words.headline(criterion)
    labels = "" if seen is None or criterion.method == "none" else ", ".join(cell_labels(vocabulary, seen.cell))
    return ": ".join(filter(None, (labels, telling.figure(criterion))))


def _stands(level: words.Level) -> tuple[str, str]:
    """Return the grade held, marked by its basis, and the attainable one, each in words."""
    held = words.standing_words(level).partition(",")[0] if level.held is None else level.held.label
    return f"{held}{telling.basis_mark(level.basis)}", level.attainable.label if level.attainable else ""


def _method(level: words.Level) -> str:
    return f"{level.method}{telling.basis_mark(level.basis)}" if level.method else ""


def cover(assessment: Assessment) -> Table:
    """Return the cover of the framework's own report, as far as it is filled in."""
    return _table("Cover", ["Field", "Text"], [(one.label, one.text) for one in assessment.cover if one.text])


def criteria(assessment: Assessment, found: Sequence[CriterionResult]) -> Table:
    """Return where the criteria of a group stand and what holds them back."""
    criterion, grade = (words.word(assessment, kind).capitalize() for kind in ("criterion", "grade"))
    rows = [
        (
            f"{one.id} {one.name}", *_stands(one), words.points_words(one), words.headline_words(one),
            one.graded_from or "", words.holding_back(one),
        )
        for one in found
    ]  # fmt: skip
    headings = [criterion, f"{grade} held", "Attainable", "Points", "Figure", "Graded from", "Held back by"]
    return _table(f"{criterion}s at a glance", headings, rows)


def evidence(criterion: CriterionResult, vocabulary: Vocabulary) -> Table:
    """Return what was seen of a criterion, each thing once, with its source, its day and its documents."""
    seen = dict.fromkeys(_key(one, vocabulary) for finding in criterion.findings for one in finding.observations)
    rows = [(*said, *place) for said, place in seen if any(said[1:]) or any(place)]
    headings = ["What was seen", "Found", "Source", "Date", "Documents"]
    return _table(f"Evidence for {criterion.id}", headings, rows)


def _key(seen: Observation, vocabulary: Vocabulary) -> tuple[tuple[str, str], tuple[str, str, str]]:
    found = value_words(seen) or seen.status
    place = (seen.source, str(seen.day or ""), ", ".join(seen.documents))
    return (_name(seen, vocabulary), found), place if found or seen.documents else ("", "", "")


def _name(seen: Observation, vocabulary: Vocabulary) -> str:
    """Return what was seen and of whom, in the words people use."""
    labels = ", ".join(cell_labels(vocabulary, seen.cell)) or cell_text(seen.cell)
    return f"{seen.title}: {labels}" if labels else seen.title


def requirements(criterion: CriterionResult, found: Sequence[Finding], vocabulary: Vocabulary) -> Table:
    """Return a criterion requirement by requirement, each with what closes its gap, and its basis."""
    gaps = {gap.requirement: gap for gap in criterion.gaps}
    rows = [
        (
            one.text, one.grade.label, words.outcome_words(one),
            priorities.reason_words(vocabulary, telling.why(one)), telling.closing_words(gaps.get(one.requirement)),
            str(one.basis),
        )
        for one in found
    ]  # fmt: skip
    headings = ["Requirement", "Asked for", OUTCOME, "Why", f"To reach {_aim(criterion)}", "Basis"]
    return _table(f"Requirement by requirement, {criterion.id}", headings, rows)


def _aim(criterion: CriterionResult) -> str:
    return criterion.gaps[-1].leads_to.label if criterion.gaps else "more"


def shown_beside(criterion: CriterionResult, vocabulary: Vocabulary) -> Table:
    """Return the measures that stand beside the grade and have no part in it."""
    rows = [(_name(one, vocabulary), value_words(one), one.source) for one in criterion.shown if one.value is not None]
    return _table(f"Shown beside {criterion.id}, not graded", ["Measure", "Value", "Source"], rows)


def changes(assessment: Assessment, comparison: Comparison) -> Table:
    """Return what moved from one period to the next: the whole, groups and criteria.

    Of a criterion whose findings stand by themselves it says how many of these moved which way.
    """
    alone = {one.id for one in assessment.criteria if one.method == "none"}
    rows = [
        (
            one.title if one.kind == "overall" else f"{one.id} {one.title}", *one.standings,
            *((_ways(comparison, one), "") if one.id in alone else (ARROWS[one.direction], _figure(one))),
        )
        for one in moved(comparison)
        if one.kind != "finding"
    ]  # fmt: skip
    headings = [words.word(assessment, "criterion").capitalize(), *map(str, comparison.periods), "Change", "Figure"]
    return _table(f"What changed since {comparison.periods[0]}", headings, rows)


def _ways(comparison: Comparison, criterion: Move) -> str:
    """Return how many findings of a criterion moved which way."""
    ours = [one for one in comparison.moves if one.kind == "finding" and one.id.startswith(f"{criterion.id}.")]
    ways = Counter(str(one.direction) for one in ours)
    return ", ".join(f"{number} {way}" for way, number in ways.items())


def _figure(move: Move) -> str:
    return figure_words(move.figure) if move.figure else ""


def targets(assessment: Assessment) -> Table:
    """Return the organisation's own targets."""
    rows = [
        (one.title, f"{one.direction} {one.value}", str(one.due or ""), str(one.outcome), one.because)
        for one in assessment.targets
    ]
    return _table("The organisation's own targets", ["Measure", "Target", "Due", OUTCOME, "Why"], rows)


def remarks(assessment: Assessment) -> Table:
    """Return the remarks that are not for the organisation's own eyes."""
    rows = [(one.where, one.message, one.effect) for one in assessment.remarks if not one.internal]
    return _table("Remarks on the evidence", ["About", "What was found", "Effect"], rows)


def actions(assessment: Assessment) -> Table:
    """Return the lines of the action plan."""
    rows = [
        (one.text, ", ".join(one.about), one.objective, one.owner, str(one.due or ""), one.status)
        for one in assessment.actions
    ]
    return _table("Action plan", ["Action", "For", "Objective", "Owner", "Due", "Status"], rows)


def methods(assessment: Assessment) -> Table:
    """Return by which methods grades and totals came about."""
    rows = [(method, ", ".join(names), str(basis)) for (method, basis), names in words.methods(assessment).items()]
    return _table("Methods used", ["Method", "Used for", "Basis"], rows)


def bases(assessment: Assessment) -> Table:
    """Return how many rules stand on which basis, what each means and where they were read."""
    counts = words.rules_by_basis(assessment)
    rows = [
        (str(one), str(counts.get(one, 0)), BASIS_MEANINGS[one], telling.sources_words(assessment, one))
        for one in telling.bases_used(assessment)
    ]
    return _table("On what authority the rules stand", ["Basis", "Rules", "Meaning", "Sources"], rows)


def files(assessment: Assessment) -> Table:
    """Return the files that the evidence was read from."""
    rows = [(one.name, one.digest) for one in assessment.receipt.evidence]
    return _table("Evidence files", ["File", "Digest"], rows)


def plugins(assessment: Assessment) -> Table:
    """Return the plugins that were loaded."""
    rows = [(one.name, one.version, one.origin, one.replaces) for one in assessment.receipt.plugins]
    return _table("Plugins loaded", ["Plugin", "Version", "From", "Replaces"], rows)
