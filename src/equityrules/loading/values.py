"""Single values as files hold them, to exact typed ones; each reader raises ValueError with what to write instead."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Integral

from equityrules.model.basis import Basis
from equityrules.model.evidence import Status
from equityrules.model.period import Period, parse_date, parse_period
from equityrules.model.problems import nearest, quoted, shown

_HIDDEN = {
    "*", "**", "-", "–", "—", "..", ":", "?", "[c]", "[x]", "[z]", "[u]", "[low]", "c", "x", "n/a", "na", "none",
    "null", "suppressed", "redacted", "tbc", "unknown", "not known",
}  # fmt: skip
_FORMULA_ERRORS = ("#div/0!", "#n/a", "#name?", "#null!", "#num!", "#ref!", "#value!", "#spill!", "#calc!")
_PLAIN = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?", re.ASCII)
_LARGEST = 15
_SMALLEST = -30
"""Powers of ten: beyond these a number is a mistake, and exact arithmetic with it would never end."""


def number(value: object) -> Decimal:
    """Return an exact number from a number or its text ("1,204", " 12 ")."""
    if isinstance(value, str):
        return _bounded(_from_text(value), value)
    if isinstance(value, bool):
        raise ValueError(f"{shown(value)} is not a number; write the number")
    if isinstance(value, Integral):
        if int(value).bit_length() > 64:
            raise ValueError(f"{shown(value)} is far too large; check the number")
        return _bounded(Decimal(int(value)), value)
    if isinstance(value, float) and math.isfinite(value):
        return _bounded(Decimal(float.__repr__(value)), value)
    if isinstance(value, Decimal) and value.is_finite():
        return _bounded(value, value)
    if isinstance(value, float | Decimal):
        raise ValueError(f"{value} is not a number; leave the value out where there is none")
    raise ValueError(f"{shown(value)} is given where a number belongs; write the number alone")


def _bounded(exact: Decimal, given: object) -> Decimal:
    exponent = exact.as_tuple().exponent
    if exact.adjusted() > _LARGEST or not isinstance(exponent, int) or exponent < _SMALLEST:
        size = "far too large" if exact.adjusted() > _LARGEST else "given with far too many decimals"
        raise ValueError(f"{shown(given)} is {size}; check the number")
    return exact


def _from_text(text: str) -> Decimal:
    words = text.strip()
    if words and len(words) < 100 and _PLAIN.fullmatch(words) and any(one.isdigit() for one in words):
        return Decimal(words.replace(",", ""))
    raise ValueError(f"{shown(text)} {_why_not_a_number(words)}")


def _why_not_a_number(words: str) -> str:
    """Return what a text that is no number is instead, and what to write."""
    if words.casefold() in _HIDDEN:
        return (
            "stands for a value that is hidden or not known; give the number (0 if there are none), or leave it empty"
        )
    if words.casefold() in _FORMULA_ERRORS:
        return "is a formula that went wrong in the spreadsheet; mend the formula, or leave it empty"
    for pattern, message in _NOT_NUMBERS:
        if re.match(pattern, words, re.ASCII):
            return message
    return "is not a number; write the digits only, such as 1204 or 43.2"


_NOT_NUMBERS = (
    (r"[<>≤≥~]", "is a bound, not a number; give the number, or leave it empty"),
    (r"[+-]?[\d.,]+ ?%$", "is a percentage where a plain number belongs; give the number itself"),
    (r"[+-]?[£$€]", "is not a number; leave the sign of the currency out"),
    (r"[+-]?\d+(\.\d+)?[eE][+-]?\d+$", "is shortened, so digits may be lost; show the whole number in the spreadsheet"),
    (r"[+-]?\d+,\d+$", "is not a number; write decimals with a point, such as 43.2"),
    (r"\d{1,3}( \d{3})+$", "is not a number; leave the spaces between the digits out"),
)


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def whole(value: object) -> int:
    """Return a whole number."""
    exact = number(value)
    if exact != exact.to_integral_value():
        raise ValueError(f"{shown(value)} is not a whole number; give one")
    return int(exact)


def fraction(value: object) -> Fraction:
    """Return a number as a fraction."""
    return Fraction(number(value))


def text(value: object) -> str:
    """Return text without the space around it, if every character of it can be written to a file."""
    if isinstance(value, str):
        if odd := _UNWRITABLE.search(value):
            raise ValueError(f"holds a character that is no text (U+{ord(odd[0]):04X}); take it out")
        return value.strip()
    if isinstance(value, int | float | Decimal | dt.date | dt.time) and not isinstance(value, bool):
        raise ValueError(f"{shown(value)} is not text; put it in quotation marks")
    raise ValueError(f"{shown(value)} is given where text belongs; write one text in quotation marks")


def flag(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{shown(value)} is neither true nor false")
    return value


def date(value: object) -> dt.date:
    """Return a date from a date, a moment (its day counts) or text."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        return parse_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return parse_date(shown(value))
    raise ValueError(f"{shown(value)} is given where a date belongs, such as 2023-02-28")


def period(value: object) -> Period:
    """Return a period from a period, a day, a year or text."""
    if isinstance(value, Period):
        return value
    if isinstance(value, dt.date):
        return Period(start=date(value), end=date(value))
    if isinstance(value, str):
        return parse_period(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return parse_period(shown(value))
    raise ValueError(f'{shown(value)} is given where a period belongs; write it as period = "2023/24"')


_STATUS_WORDS = {"yes": Status.IN_PLACE, "y": Status.IN_PLACE, "no": Status.NOT_IN_PLACE, "n": Status.NOT_IN_PLACE}


def status(value: object) -> Status:
    """Return how far something is in place, from its words in any case, or yes and no."""
    if not isinstance(value, str):
        raise ValueError(f"{shown(value)} is given where a status belongs; write {quoted(Status)}")
    words = " ".join(text(value).replace("-", " ").replace("_", " ").casefold().split())
    return _STATUS_WORDS.get(words) or Status(_member(words, list(Status), "status"))


def basis(value: object) -> Basis:
    """Return the authority that a rule stands on."""
    return Basis(_member(text(value), list(Basis), "basis"))


def _member(word: str, known: Sequence[str], name: str) -> str:
    if word not in known:
        raise ValueError(f"unknown {name} {shown(word)}{nearest(word, known)}; write {quoted(known)}")
    return word
