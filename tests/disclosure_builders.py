"""Random organisations with small numbers in full tables, and what adds up in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from random import Random

from equityrules.model.evidence import Count, Entry, Evidence, Organisation, Survey, Target
from equityrules.model.period import parse_period
from equityrules.model.vocabulary import Cell, make_cell

YEAR = parse_period("2024/25")
BANDS = ("under_1", "1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "vsm")
GRADES = ("consultant", "career_grade", "trainee", "other")
SENIOR = BANDS[6:]
SPLITS = {"ethnicity": ("white", "bme", "unknown"), "disability": ("disabled", "non_disabled", "unknown")}
PLAIN = {
    "recruitment.shortlisted": tuple(SPLITS), "recruitment.appointed": tuple(SPLITS),
    "discipline.entered": ("ethnicity",), "training.accessed": ("ethnicity",), "capability.entered": ("disability",),
    "board.members": tuple(SPLITS), "board.voting_members": tuple(SPLITS), "board.executive_members": tuple(SPLITS),
}  # fmt: skip
SURVEYS = ("survey.harassment_public", "survey.career_opportunities", "survey.adjustments")


def random_organisation(seed: int) -> Evidence:
    """Return an organisation of some dozens or thousands: its senior bands, its casework, or everything."""
    draw = Random(seed)
    size = draw.choice((1, 3, 10, 40))
    entries = list(MAKERS[kind_of(seed)](draw, size))
    targets = tuple(
        Target(period=YEAR, measure="bme_share_by_band", cell=make_cell({"band": band}), direction="at least",
               value=Decimal(draw.choice((5, 12, 19, 30))))
        for band in SENIOR
    )  # fmt: skip
    return Evidence(Organisation(f"Organisation {seed}"), entries=tuple(entries), targets=targets)


def kind_of(seed: int) -> str:
    """Return what is known of an organisation; everything is known of every tenth."""
    return "everything" if seed % 10 == 0 else ("bands", "casework")[seed % 2]


def _senior_bands(draw: Random, size: int) -> Iterator[Entry]:
    """Yield what a Model Employer table needs, as local plans print it: some groups of each band, and all of it."""
    unknown_given = draw.random() < 0.5
    for band in SENIOR:
        here = draw.randrange(5, 60) * size
        parts = zip(SPLITS["ethnicity"], _parts(draw, here, 3), strict=True)
        for group, value in list(parts)[: 3 if unknown_given else 2][0 if unknown_given else 1 :]:
            yield _count("workforce.by_band", {"band": band, "ethnicity": group}, value)
        yield _count("workforce.by_band", {"band": band}, here)


def _casework(draw: Random, size: int) -> Iterator[Entry]:
    everybody = 100 * size + draw.randrange(100)
    for split, groups in SPLITS.items():
        for group, value in zip(groups, _parts(draw, everybody, 3), strict=True):
            yield _count("workforce.headcount", {split: group}, value)
    if draw.random() < 0.5:
        yield _count("workforce.headcount", {}, everybody)
    for item in PLAIN:
        yield from _plain(draw, item, size)
    for item in SURVEYS:
        yield from (_answers(draw, item, split, group) for split in SPLITS for group in SPLITS[split][:2])


def _everything(draw: Random, size: int) -> Iterator[Entry]:
    for item in ("workforce.non_clinical", "workforce.clinical"):
        yield from _table(draw, item, "band", BANDS, size, draw.random() < 0.4)
    yield from _table(draw, "workforce.medical", "medical_grade", GRADES, size, draw.random() < 0.4)
    for item in PLAIN:
        yield from _plain(draw, item, size)


def _table(draw: Random, item: str, by: str, rows: tuple[str, ...], size: int, totals: bool) -> Iterator[Entry]:
    """Yield a table by row and ethnicity, and one by row and disability, of the same people; perhaps with totals."""
    there = draw.sample(rows, 4)
    for row in rows:
        here = draw.choice((draw.randrange(12), draw.randrange(60))) * size if row in there else 0
        for split, groups in SPLITS.items():
            for group, value in zip(groups, _parts(draw, here, len(groups)), strict=True):
                yield _count(item, {by: row, split: group}, value)
        if totals:
            yield _count(item, {by: row}, here)


def _plain(draw: Random, item: str, size: int) -> Iterator[Entry]:
    everybody = draw.randrange(1, 40) * (1 if item.startswith(("board", "discipline", "capability")) else 5 * size)
    for split in PLAIN[item]:
        for group, value in zip(SPLITS[split], _parts(draw, everybody, 3), strict=True):
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


MAKERS = {"bands": _senior_bands, "casework": _casework, "everything": _everything}
