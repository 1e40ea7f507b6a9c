"""Exact numbers as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def display(value: Fraction, decimals: int = 2) -> str:
    """Return a number rounded half up to at most that many decimals, without trailing noughts: "21", "7.5", "51.76"."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(value: Fraction, unit: str) -> str:
    """Return a number with its unit: "62.5%", "3 meetings a year"."""
    if unit == "percent":
        return f"{display(value, 1)}%"
    return f"{display(value)} {unit}".rstrip()


def counted(number: int | Fraction, noun: str) -> str:
    """Return a number with its noun in the singular or plural: "1 point", "3 points"."""
    text = display(Fraction(number))
    return f"{text} {noun}" if text == "1" else f"{text} {noun}s"
