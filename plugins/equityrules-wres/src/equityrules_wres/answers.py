"""What one organisation answered: proportions as they are published, and how many said yes where they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

STEMS = {
    "har_from_pat": "harassment_public",
    "har_from_staff": "harassment_staff",
    "equal": "career_opportunities",
    "q16b": "discrimination",
}
"""The items of evidence, without their area, by the stem of the workbook's variables."""

_GROUPS = {"1": "white", "2": "bme"}
_VARIABLE = re.compile(rf"({'|'.join(STEMS)})_eth_summary_(n_)?([12])_(20\d\d)", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)", re.ASCII)
_FULL_PRECISION = 9
"""From this many decimals on a proportion is taken to be unrounded."""
_EXACT = Fraction(1, 10**_FULL_PRECISION)
_MOST_DECIMALS = 16


@frozen(order=True)
class Question:
    """What one pair of columns is about: an item, a group and the year of the survey; no group stands for everybody."""

    year: int
    item: str
    group: str
    dimension: str = "ethnicity"

    @property
    def period(self) -> str:
        """The reporting year that the survey feeds: that of 2024 feeds WRES 2025, with staff on 31 March 2025."""
        return f"{self.year}/{(self.year + 1) % 100:02}"


@frozen
class Answer:
    """A published proportion, and how many answered where that is given."""

    share: Decimal
    of: int | None = None

    @property
    def decimals(self) -> int:
        """How many decimals the proportion is printed with."""
        return max(0, -int(self.share.as_tuple().exponent))


@frozen
class Organisation:
    """One row of the workbook: the ODS code, the name, the benchmark group and the answers."""

    code: str
    name: str
    kind: str
    answers: Mapping[Question, Answer] = field(factory=dict)


def read_variable(column: str) -> tuple[Question, bool] | None:
    """Return what a column is about and whether it counts who answered; None where it is no variable of the WRES."""
    match = _VARIABLE.fullmatch(column.strip())
    if match is None:
        return None
    stem, counts, group, year = match.groups()
    return Question(int(year), STEMS[stem.casefold()], _GROUPS[group]), bool(counts)


@frozen
class Variables:
    """What columns are about: those of the WRES, and those that a user declares by their names without the year.

    `declared` are an item, its dimension and group, and whether the column counts who answered, by the name in small
    letters with "YYYY" for the year.
    """

    declared: Mapping[str, tuple[str, str, str, bool]] = field(factory=dict)

    def read(self, column: str) -> tuple[Question, bool] | None:
        """Return what a column is about and whether it counts who answered; None where it is not known."""
        if (found := read_variable(column)) or not (year := _YEAR.search(column)):
            return found
        name = _YEAR.sub("yyyy", column.strip(), count=1).casefold()
        if name not in self.declared:
            return None
        item, dimension, group, counts = self.declared[name]
        return Question(int(year[0]), item, group, dimension), counts


@frozen
class Precision:
    """How exactly a file prints its proportions: to so many decimals, and whether it rounds to them."""

    decimals: int
    rounded: bool

    def yes(self, answer: Answer) -> int | None:
        """Return how many said yes; None where the proportion is that of no whole number, or of more than one."""
        if not answer.of:
            return None
        share, unit = Fraction(answer.share), Fraction(1, 10**self.decimals)
        nearest = round(share * answer.of)
        off = abs(Fraction(nearest, answer.of) - share)
        if not self.rounded:
            return nearest if off < _EXACT else None
        between_neighbours = Fraction(1, answer.of)
        return nearest if off <= unit / 2 < between_neighbours - off else None

    def percent(self, answer: Answer) -> Decimal:
        """Return the proportion in percent, with the decimals of the file, since noughts at the end are lost in it."""
        whole = answer.share.scaleb(2)
        places = max(0, min(self.decimals, _MOST_DECIMALS) - 2)
        return whole if -int(whole.as_tuple().exponent) >= places else whole.quantize(Decimal(1).scaleb(-places))


def precision_of(answers: Iterable[Answer]) -> Precision:
    """Return how exactly these proportions are printed.

    Few decimals mean rounding, unless every proportion is that of a whole number all the same.
    """
    given = list(answers)
    decimals = max((one.decimals for one in given), default=0)
    exact = Precision(decimals, rounded=False)
    rounded = decimals < _FULL_PRECISION and any(one.of and exact.yes(one) is None for one in given)
    return Precision(decimals, rounded)
