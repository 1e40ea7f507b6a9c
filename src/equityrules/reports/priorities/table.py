"""What to do next as a page for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equityrules.priorities import Priorities
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
from equityrules.reports.words import disclosure_words, hypothetical_words, plain, sentence
from equityrules.reports.wrapping import heading, labelled, paragraph


def render_table(priorities: Sequence[Priorities], limit: int) -> str:
    """Return a page for each organisation, with `limit` things of each list."""
    return "\n".join("\n".join(_page(one, limit)) + "\n" for one in priorities)


def _page(one: Priorities, limit: int) -> Iterator[str]:
    first = one.assessments[0]
    yield heading(plain(f"What to do next: {first.organisation}, {first.period}"), "=")
    if said := hypothetical_words(first.receipt):
        yield paragraph(plain(said))
    for assessment in one.assessments:
        yield paragraph(plain(framework_words(assessment)), 0, 2)
    if said := sentence(disclosure_words(first.receipt)):
        yield paragraph(said, 0, 2)
    yield from _table_steps(one, limit)
    yield from _table_collect(one, limit)
    yield from _table_renew(one, limit)


def _table_steps(one: Priorities, limit: int) -> Iterator[str]:
    found = to_do(one)
    yield ""
    yield heading("To do, most effect first")
    for number, step in enumerate(found[:limit], 1):
        for line, text in enumerate(serves_words(step)):
            yield labelled("" if line else f"{number}.", text, 0, 4)
        for label, text in details(one.vocabulary, step):
            yield labelled(label, text, 4, 6)
    if not found:
        yield paragraph(nothing_to_do(one))
    if len(found) > limit:
        yield paragraph(left_out(len(found) - limit, "step"))


def _table_collect(one: Priorities, limit: int) -> Iterator[str]:
    if not one.collect:
        return
    yield ""
    yield heading("To find out, what settles most first")
    for settles, items in gathered(one.collect[:limit]):
        for text in settles_words(settles):
            yield paragraph(text, 0, 2)
        for item in items:
            yield paragraph(f"- {plain(item_words(one.vocabulary, item))}", 2, 4)
    if len(one.collect) > limit:
        yield paragraph(left_out(len(one.collect) - limit, "item"))


def _table_renew(one: Priorities, limit: int) -> Iterator[str]:
    if not one.renew:
        return
    yield ""
    yield heading("To renew within a year, soonest first")
    for when, renewals in renewals_by_day(one.renew[:limit]).items():
        yield paragraph(when, 0, 2)
        for renewal in renewals:
            yield paragraph(f"- {plain(renewal_words(renewal))}", 2, 4)
    if len(one.renew) > limit:
        yield paragraph(left_out(len(one.renew) - limit, "item"))
