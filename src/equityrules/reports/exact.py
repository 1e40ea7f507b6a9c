"""Exact numbers in JSON: a plain number wherever that says it exactly, otherwise a fraction as text ("220/17")."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

_FRACTION = re.compile(r"-?[0-9]+(/[0-9]*[1-9][0-9]*)?")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_FLOAT_IS_SAFE_BELOW = 10**15
_LONGEST = 400  # digits: more would cost time and memory to read, and no count or ratio has them


def exact_number(value: Fraction) -> int | float | str:
    """Return the number for JSON: whole, or decimal where that is exact, else as text "n/d"."""
    if value.denominator == 1:
        return value.numerator
    nearest = rounded(value, 15)
    return nearest if Fraction(repr(nearest)) == value else str(value)


def rounded(value: Fraction, decimals: int = 6) -> int | float:
    """Return the number rounded to that many decimals (half to even), whole where it is whole or very large."""
    near = round(value, decimals)
    if near.denominator == 1 or abs(near) >= _FLOAT_IS_SAFE_BELOW:
        return round(near)
    return float(near)


def short_number(text: str) -> Decimal:
    """Return a JSON number exactly. Raises ValueError where it has more digits than any count or ratio."""
    exponent = text.lower().partition("e")[2]
    if len(text) > _LONGEST or (exponent and abs(int(exponent)) > _LONGEST):
        raise ValueError(f"{text[:20]}... is a number of more than {_LONGEST} digits; write a shorter one")
    return Decimal(text)


def read_exact_number(value: object) -> Fraction:
    """Return what `exact_number` wrote. Raises ValueError with what to write."""
    if isinstance(value, str):
        return read_fraction(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError('not a number; write a number, or a fraction as text such as "220/17"')
    return Fraction(value)


def read_fraction(value: object) -> Fraction:
    """Return the number that a text such as "220/17" or "5" stands for. Raises ValueError with what to write."""
    if not isinstance(value, str) or len(value) > 2 * _LONGEST or not _FRACTION.fullmatch(value):
        raise ValueError('not an exact number; write it as text, whole ("5") or as a fraction ("220/17")')
    return Fraction(value)


def read_decimal(value: object) -> Decimal:
    """Return the decimal number that a text such as "19.50" stands for. Raises ValueError with what to write."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ValueError('not a decimal number; write it as text such as "19.5"')
    return short_number(value)
