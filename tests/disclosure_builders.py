"""Random organisations with small numbers in full tables, and what adds up in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random

from equityrules.model.evidence import Count, Entry, Evidence, Organisation, Survey
from equityrules.model.period import parse_period
from equityrules.model.vocabulary import Cell, make_cell

YEAR = parse_period("2024/25")
BANDS = ("under_1", "1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "vsm")
GRADES = ("consultant", "career_grade", "trainee", "other")
SPLITS = {"ethnicity": ("white", "bme", "unknown"), "disability": ("disabled", "non_disabled", "unknown")}
PLAIN = (
    "recruitment.shortlisted", "recruitment.appointed", "discipline.entered", "training.accessed", "capability.entered",
    "board.members", "board.voting_members", "board.executive_members",
)  # fmt: skip
SURVEYS = ("survey.harassment_public", "survey.career_opportunities", "survey.adjustments")


def random_organisation(seed: int) -> Evidence:
    """Return an organisation of between some dozens and some thousands, every table of it full."""
    draw = Random(seed)
    size = draw.choice((1, 3, 10, 40))
    entries: list[Entry] = []
    for item in ("workforce.non_clinical", "workforce.clinical"):
        entries += _table(draw, item, "band", BANDS, size, draw.random() < 0.4)
    entries += _table(draw, "workforce.medical", "medical_grade", GRADES, size, draw.random() < 0.4)
    for item in PLAIN:
        entries += _plain(draw, item, size)
    entries += [_answers(draw, item, split, group) for item in SURVEYS for split in SPLITS for group in SPLITS[split][:2]]
    return Evidence(Organisation(f"Organisation {seed}"), entries=tuple(entries))


def _table(draw: Random, item: str, by: str, rows: tuple[str, ...], size: int, totals: bool) -> Iterator[Entry]:
    """Yield a table by row and ethnicity, and one by row and disability, of the same people; perhaps with totals."""
    for row in rows:
        here = draw.choice((0, draw.randrange(12), draw.randrange(12), draw.randrange(60))) * size
        for split, groups in SPLITS.items():
            for group, value in zip(groups, _parts(draw, here, len(groups)), strict=True):
                yield _count(item, {by: row, split: group}, value)
        if totals:
            yield _count(item, {by: row}, here)


def _plain(draw: Random, item: str, size: int) -> Iterator[Entry]:
    everybody = draw.randrange(1, 40) * (1 if item.startswith(("board", "discipline", "capability")) else 5 * size)
    for split, groups in SPLITS.items():
        for group, value in zip(groups, _parts(draw, everybody, len(groups)), strict=True):
            yield _count(item, {split: group}, value)


def _parts(draw: Random, whole: int, number: int) -> list[int]:
    """Return a number in parts, the first and the last of which are often small."""
    first = min(whole, draw.choice((draw.randrange(6), draw.randrange(whole + 1))))
    last = min(whole - first, draw.choice((0, draw.randrange(6))))
    parts = [first, *[0] * (number - 3), whole - first - last, last]
    return [parts[1], parts[0], parts[2]] if draw.random() < 0.5 else parts


def _answers(draw: Random, item: str, split: str, group: str) -> Entry:
    of = draw.choice((draw.randrange(1, 25), draw.randrange(50, 900)))
    return Survey(
        period=YEAR, item=item, cell=make_cell({split: group}), yes=Fraction(draw.randrange(of + 1)), of=Fraction(of)
    )


def _count(item: str, groups: Mapping[str, str], value: int) -> Entry:
    cell: Cell = make_cell(groups)
    return Count(period=YEAR, item=item, cell=cell, value=Fraction(value))
