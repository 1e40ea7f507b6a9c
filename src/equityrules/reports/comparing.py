"""Comparisons as a terminal page, Markdown, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from equityrules.comparison import Comparison, Direction, FigureMove, Move, RuleChange
from equityrules.conditions.wording import interval_words
from equityrules.model.numbers import with_unit
from equityrules.reports.csv_report import safe_text
from equityrules.reports.json_report import writer
from equityrules.reports.markdown_text import bullets, heading, paragraph, table
from equityrules.reports.words import beside_words, plain, sentence
from equityrules.reports.wrapping import heading as underlined
from equityrules.reports.wrapping import labelled
from equityrules.reports.wrapping import paragraph as wrapped

FORMAT = "equityrules.comparison/1"
ARROWS: Mapping[Direction, str] = {
    Direction.UP: "↑",
    Direction.DOWN: "↓",
    Direction.BETTER: "↔ better",
    Direction.WORSE: "↔ worse",
    Direction.SAME: "↔",
    Direction.NOT_CLEAR: "↔ no clear change",
    Direction.NEW: "new",
    Direction.LOST: "no longer known",
    Direction.NOT_KNOWN: "not known",
}
"""How each direction is printed."""

_COLUMNS = (
    "organisation", "framework", "kind", "id", "title", "period_before", "period_after", "before", "after", "direction",
    "trend", "figure", "value_before", "value_after", "change", "unit", "interval_low", "interval_high", "because",
    "new_evidence", "lost_evidence", "disclosure",
)  # fmt: skip


def render_comparisons(comparisons: Sequence[Comparison], format_name: str) -> str:
    """Return comparisons in one of the formats of `RENDERERS`."""
    return RENDERERS[format_name](comparisons)


def figure_words(figure: FigureMove) -> str:
    """Return how a figure moved: "2.26 -> 1.6 (-0.66)", with the interval of the change and the people who moved."""
    old, new, moved = figure.before, figure.after, figure.change
    if old.value is None or new.value is None:
        return ""
    said = f"{with_unit(old.value, old.unit)} -> {with_unit(new.value, new.unit)}"
    if moved.value is None:
        return f"{said} ({moved.reason})"
    sign = "+" if moved.value > 0 else ""
    parts = [f"{sign}{with_unit(moved.value, moved.unit)}"]
    if moved.interval:
        parts.append(f"95% interval {interval_words(moved.interval, moved.unit)}")
    if moved.beside:
        parts.append(beside_words(moved))
    return f"{said} ({'; '.join(parts)})"


def trend_words(move: Move) -> str:
    """Return the standings at every date: "Developing ↑ Achieving"; without what is only one step."""
    first, *others = move.standings
    if len(others) < 2:
        return ""
    steps = [f" {ARROWS[step]} {standing}" for step, standing in zip(move.steps, others, strict=False)]
    return f"{first}{''.join(steps)}"


def moved(comparison: Comparison) -> list[Move]:
    """Return the moves there are; what stands as it stood, or is known at no date, is left out."""
    return [one for one in comparison.moves if one.direction not in (Direction.SAME, Direction.NOT_KNOWN)]


def counts_words(comparison: Comparison) -> str:
    """Return how many parts that were graded moved which way: "2 ↑, 0 ↓, 21 ↔"."""
    kinds = [one.direction for one in comparison.moves if one.decided]
    up, down = kinds.count(Direction.UP), kinds.count(Direction.DOWN)
    known = [one for one in kinds if one is not Direction.NOT_KNOWN]
    within = [f"{kinds.count(one)} {one}" for one in (Direction.BETTER, Direction.WORSE, Direction.NEW, Direction.LOST)]
    listed = [text for text in within if not text.startswith("0 ")]
    level = len(known) - up - down - kinds.count(Direction.NEW) - kinds.count(Direction.LOST)
    inside = f" (of these {', '.join(listed)})" if listed else ""
    return f"{up} ↑, {level} ↔, {down} ↓{inside}"


# --- table ---------------------------------------------------------------------------------------------------------


def _render_table(comparisons: Sequence[Comparison]) -> str:
    return "\n".join("\n".join(_page(one)) + "\n" for one in comparisons)


def _page(comparison: Comparison) -> Iterator[str]:
    yield underlined(f"{comparison.framework.title}: {plain(comparison.organisation)}", "=")
    yield wrapped(f"{' -> '.join(map(str, comparison.periods))}: {counts_words(comparison)}")
    if comparison.disclosure:
        yield wrapped(sentence(comparison.disclosure))
    if comparison.rules_changed:
        yield wrapped(rules_changed_words(comparison))
    yield ""
    for move in moved(comparison):
        yield from _move_lines(move)
    if not moved(comparison):
        yield "Nothing moved."
    if comparison.by_rules:
        yield ""
        yield wrapped("Moved by the change of rules alone:")
        for move in comparison.by_rules:
            yield wrapped(f"{move.id}: {' -> '.join(move.standings)}", 2, 4)


def rules_changed_words(comparison: Comparison) -> str:
    """Return by which rules the assessments were judged, and whether what these moved is kept apart."""
    apart = "; what the rules alone moved is kept apart" if comparison.by_rules else ""
    return f"Judged by different rules: {comparison.rules_changed}{apart}."


def _move_lines(move: Move) -> Iterator[str]:
    name = move.title if move.kind == "overall" else f"{move.id} {move.title}"
    yield wrapped(f"{ARROWS[move.direction]}  {plain(name)}", 0, 4)
    stood = trend_words(move) or " -> ".join((move.standings[0], move.standings[-1]))
    yield labelled("", stood, 0, 4)
    for text in _details(move):
        yield labelled("", plain(text), 0, 4)


def _details(move: Move) -> Iterator[str]:
    """Yield what moved and because of what."""
    if move.figure:
        yield f"{move.figure.after.title}: {figure_words(move.figure)}"
    for why in move.because:
        yield f"{why.about}: {why.before} -> {why.after}"
    if move.new_evidence:
        yield f"new evidence: {', '.join(move.new_evidence)}"
    if move.lost_evidence:
        yield f"no longer evidenced: {', '.join(move.lost_evidence)}"


# --- markdown ------------------------------------------------------------------------------------------------------


def _render_markdown(comparisons: Sequence[Comparison]) -> str:
    return "\n---\n\n".join("\n".join(_markdown(one)).rstrip() + "\n" for one in comparisons)


def _markdown(comparison: Comparison) -> Iterator[str]:
    yield from heading(1, f"{comparison.framework.title}: {comparison.organisation}, what moved")
    yield from paragraph(f"{' -> '.join(map(str, comparison.periods))}: {counts_words(comparison)}.")
    yield from paragraph(sentence(comparison.disclosure))
    if comparison.rules_changed:
        yield from paragraph(rules_changed_words(comparison))
    rows = [
        (f"{one.id} {one.title}", *one.standings, ARROWS[one.direction], figure_words(one.figure) if one.figure else "")
        for one in comparison.moves
        if one.direction is not Direction.NOT_KNOWN
    ]
    yield from table(["", *map(str, comparison.periods), "", "Figure"], rows)
    for move in moved(comparison):
        if list(_details(move)):
            yield from heading(2, f"{move.id}: {move.title}")
            yield from bullets(sentence(text) for text in _details(move))
    if comparison.by_rules:
        yield from heading(2, "Moved by the change of rules alone")
        yield from bullets(f"{one.id}: {' -> '.join(one.standings)}" for one in comparison.by_rules)


# --- json and csv --------------------------------------------------------------------------------------------------


def _render_json(comparisons: Sequence[Comparison]) -> str:
    elements = [{"format": FORMAT, **writer().unstructure(one)} for one in comparisons]
    return json.dumps(elements, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _render_csv(comparisons: Sequence[Comparison]) -> str:
    out = io.StringIO()
    rows = csv.DictWriter(out, _COLUMNS, restval="", lineterminator="\n")
    rows.writeheader()
    for comparison in comparisons:
        rows.writerows({name: safe_text(text) for name, text in one.items()} for one in _csv_rows(comparison))
    return out.getvalue()


def _csv_rows(comparison: Comparison) -> Iterator[dict[str, str]]:
    for move in comparison.moves:
        yield {
            "organisation": comparison.organisation,
            "framework": str(comparison.framework),
            "kind": move.kind,
            "id": move.id,
            "title": move.title,
            "period_before": str(comparison.periods[0]),
            "period_after": str(comparison.periods[-1]),
            "before": move.standings[0],
            "after": move.standings[-1],
            "direction": str(move.direction),
            "trend": "; ".join(move.standings),
            "because": "; ".join(f"{why.about}: {why.before} -> {why.after}" for why in move.because),
            "new_evidence": "; ".join(move.new_evidence),
            "lost_evidence": "; ".join(move.lost_evidence),
            "disclosure": comparison.disclosure,
            **(_csv_figure(move.figure) if move.figure else {}),
        }


def _csv_figure(figure: FigureMove) -> dict[str, str]:
    values = {
        "value_before": figure.before.value,
        "value_after": figure.after.value,
        "change": figure.change.value,
        "interval_low": figure.change.interval.low if figure.change.interval else None,
        "interval_high": figure.change.interval.high if figure.change.interval else None,
    }
    numbers = {name: "" if value is None else str(float(round(value, 6))) for name, value in values.items()}
    return {"figure": figure.after.title, "unit": figure.change.unit, **numbers}


RENDERERS: Mapping[str, Callable[[Sequence[Comparison]], str]] = {
    "table": _render_table,
    "markdown": _render_markdown,
    "json": _render_json,
    "csv": _render_csv,
}
"""The formats of a comparison by name."""


def render_rule_changes(before: str, after: str, changes: Sequence[RuleChange], format_name: str) -> str:
    """Return what differs between two editions, in one of the formats of `RENDERERS`."""
    rows = [(one.where, one.what, one.before, one.after) for one in changes]
    if format_name == "json":
        names = ("where", "what", "before", "after")
        document = {"format": FORMAT, "before": before, "after": after}
        return (
            json.dumps([{**document, "changes": [dict(zip(names, row, strict=True)) for row in rows]}], indent=1) + "\n"
        )
    if format_name == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(
            [("where", "what", "before", "after"), *([safe_text(text) for text in row] for row in rows)]
        )
        return out.getvalue()
    if format_name == "markdown":
        lines = [*heading(1, f"{before} to {after}"), *table(["Where", "What", before, after], rows)]
        return "\n".join(lines).rstrip() + "\n"
    return "\n".join(_rule_lines(before, after, rows)) + "\n"


def _rule_lines(before: str, after: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield underlined(f"{before} -> {after}", "=")
    for where, what, old, new in rows:
        yield wrapped(f"{where}: {what}", 0, 2)
        for mark, text in (("-", old), ("+", new)):
            if text:
                yield wrapped(f"{mark} {plain(text)}", 2, 4)
    if not rows:
        yield "They have the same rules."
