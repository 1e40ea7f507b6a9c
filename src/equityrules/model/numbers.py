"""Exact numbers as people read them."""

from __future__ import annotations

from fractions import Fraction

FINE = 4
"""Decimals of a ratio that is shown beside something else."""


def display(value: Fraction, decimals: int = 2) -> str:
    """Return a number rounded half up to at most that many decimals, without trailing noughts: "21", "7.5", "51.76"."""
    over, under = value.numerator, value.denominator
    if under == 1:
        return str(over)
    scaled = (2 * abs(over) * 10**decimals + under) // (2 * under)
    whole, rest = divmod(scaled, 10**decimals)
    text = f"{whole}.{rest:0{decimals}}".rstrip("0") if rest else str(whole)
    return f"-{text}" if over < 0 and scaled else text


def exactly(value: Fraction) -> str:
    """Return a number without any rounding: as a decimal where it has an end ("7.125"), else as a fraction ("22/3")."""
    if value.denominator == 1:
        return str(value.numerator)
    decimals = next((places for places in range(32) if (value * 10**places).denominator == 1), None)
    return str(value) if decimals is None else display(value, decimals)


def with_unit(value: Fraction, unit: str) -> str:
    """Return a number with its unit: "62.5%", "3 meetings a year"."""
    if unit == "percent":
        return f"{display(value, 1)}%"
    return f"{display(value)} {unit}" if unit else display(value)


def counted(number: int | Fraction, noun: str) -> str:
    """Return a number with its noun in the singular or plural: "1 point", "3 points", "2 criteria"."""
    text = display(Fraction(number))
    return f"{text} {noun}" if text == "1" else f"{text} {_plural(noun)}"


def _plural(noun: str) -> str:
    if noun.endswith("criterion"):
        return f"{noun.removesuffix('on')}a"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun.removesuffix('y')}ies"
    return f"{noun}s"


def grouped(number: int) -> str:
    """Return a whole number with commas between its thousands: "1,659"."""
    return f"{number:,}"
