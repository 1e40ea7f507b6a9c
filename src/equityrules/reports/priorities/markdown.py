"""What to do next as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equityrules.priorities import Priorities
from equityrules.reports.markdown_text import bullets, heading, paragraph
from equityrules.reports.priorities.words import (
    details,
    framework_words,
    gathered,
    item_words,
    left_out,
    nothing_to_do,
    renewal_words,
    renewals_by_day,
    serves_words,
    settles_words,
    to_do,
)
from equityrules.reports.words import disclosure_words, hypothetical_words, sentence


def render_markdown(priorities: Sequence[Priorities], limit: int) -> str:
    """Return a page for each organisation, with `limit` things of each list."""
    return "\n---\n\n".join("\n".join(_markdown(one, limit)).rstrip() + "\n" for one in priorities)


def _markdown(one: Priorities, limit: int) -> Iterator[str]:
    first, found = one.assessments[0], to_do(one)
    yield from heading(1, f"What to do next: {first.organisation}, {first.period}")
    yield from paragraph(hypothetical_words(first.receipt))
    yield from bullets(framework_words(assessment) for assessment in one.assessments)
    yield from paragraph(sentence(disclosure_words(first.receipt)))
    yield from heading(2, "To do, most effect first")
    for number, step in enumerate(found[:limit], 1):
        yield from heading(3, f"{number}. {'; '.join(serves_words(step))}")
        yield from bullets(f"{label}: {text}" if label else text for label, text in details(one.vocabulary, step))
    if not found:
        yield from paragraph(nothing_to_do(one))
    if len(found) > limit:
        yield from paragraph(left_out(len(found) - limit, "step"))
    if one.collect:
        yield from heading(2, "To find out, what settles most first")
    for settles, items in gathered(one.collect[:limit]):
        yield from heading(3, "; ".join(settles_words(settles)))
        yield from bullets(item_words(one.vocabulary, item) for item in items)
    if len(one.collect) > limit:
        yield from paragraph(left_out(len(one.collect) - limit, "item"))
    if one.renew:
        yield from heading(2, "To renew within a year, soonest first")
    for when, renewals in renewals_by_day(one.renew[:limit]).items():
        yield from heading(3, when)
        yield from bullets(map(renewal_words, renewals))
    if len(one.renew) > limit:
        yield from paragraph(left_out(len(one.renew) - limit, "item"))
