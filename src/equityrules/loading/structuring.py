"""Raw documents to typed values with cattrs: strict about types, every problem at once with its path."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, TypeVar, get_args

import cattrs
from attrs import fields_dict, has
from cattrs.errors import AttributeValidationNote, BaseValidationError, ForbiddenExtraKeysError, IterableValidationNote

from equityrules.model.basis import Basis
from equityrules.model.evidence import Status
from equityrules.model.period import Period, parse_date, parse_period
from equityrules.model.problems import nearest, quoted

_T = TypeVar("_T")
_HIDDEN = {"*", "-", "–", "[c]", "[x]", "[z]", "n/a", "na", "#n/a", "#div/0!", "#ref!", "#value!"}


def number(value: object) -> Decimal:
    """Return an exact number from a number or its text ("1,204", " 12 "). Raises ValueError with what to write."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise ValueError(f"{value!r} is not a number")
    if isinstance(value, str):
        return _number_from_text(value)
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"{value} is not a number; leave the value out where there is none")
    return exact


def _number_from_text(text: str) -> Decimal:
    words = text.strip()
    if words.casefold() in _HIDDEN:
        raise ValueError(
            f"'{text}' stands for a value that is hidden, broken or missing; leave it empty where it is not known"
        )
    if re.match(r"[<>≤≥~]", words):
        raise ValueError(f"'{text}' is a bound, not a number; give the number, or leave it empty")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", words):
        words = words.replace(",", "")
    try:
        exact = Decimal(words)
    except InvalidOperation:
        raise ValueError(f"'{text}' is not a number") from None
    if not exact.is_finite():
        raise ValueError(f"'{text}' is not a number")
    return exact


def whole(value: object) -> int:
    """Return a whole number. Raises ValueError."""
    exact = number(value)
    if exact.adjusted() > 18 or exact != exact.to_integral_value():
        raise ValueError(f"{value} is not a whole number" if exact.adjusted() <= 18 else f"{value} is far too large")
    return int(exact)


def _fraction(value: object) -> Fraction:
    exact = number(value)
    if abs(exact.adjusted()) > 30:
        raise ValueError(f"{value} is far too large or too small")
    return Fraction(exact)


def _decimal(value: object) -> Decimal:
    exact = number(str(value).strip().removesuffix("%") if isinstance(value, str) else value)
    if abs(exact.adjusted()) > 30:
        raise ValueError(f"{value} is far too large or too small")
    return exact


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value} is not text; put it in quotation marks")
    return value.strip()


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def _date(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return parse_date(_text(value))


def _period(value: object) -> Period:
    if isinstance(value, Period):
        return value
    if isinstance(value, dt.date):
        return Period(start=value, end=value)
    if isinstance(value, int) and not isinstance(value, bool):
        return parse_period(str(value))
    return parse_period(_text(value))


_STATUS_WORDS = {"yes": Status.IN_PLACE, "y": Status.IN_PLACE, "no": Status.NOT_IN_PLACE, "n": Status.NOT_IN_PLACE}


def _status(value: object) -> Status:
    words = " ".join(_text(value).replace("-", " ").replace("_", " ").casefold().split())
    return _STATUS_WORDS.get(words) or Status(_member(words, list(Status), "status"))


def _basis(value: object) -> Basis:
    return Basis(_member(_text(value), list(Basis), "basis"))


def _member(word: str, known: Sequence[str], name: str) -> str:
    if word not in known:
        raise ValueError(f"unknown {name} '{word}'{nearest(word, known)}; write {quoted(known)}")
    return word


def make_converter() -> cattrs.Converter:
    """Return a converter that never coerces silently, forbids unknown fields and reports every problem."""
    converter = cattrs.Converter(forbid_extra_keys=True, prefer_attrib_converters=False)
    hooks = {
        str: _text, bool: _flag, int: whole, Decimal: _decimal, Fraction: _fraction,
        dt.date: _date, Period: _period, Status: _status, Basis: _basis,
    }  # fmt: skip
    for kind, hook in hooks.items():
        converter.register_structure_hook(kind, _ignoring_type(hook))
    converter.register_structure_hook_func(_is_plain_list, _tuple_hook(converter))
    return converter


def _ignoring_type(hook: Callable[[object], object]) -> Callable[[object, object], object]:
    """Return a hook in the form that cattrs calls, with the wanted type as its second argument."""
    return lambda value, _: hook(value)


def _is_plain_list(kind: object) -> bool:
    return getattr(kind, "__origin__", None) is tuple and len(get_args(kind)) == 2 and get_args(kind)[1] is Ellipsis


def _tuple_hook(converter: cattrs.Converter) -> Any:  # noqa: ANN401 - cattrs' own hook type
    """Return a hook for tuples that takes lists only, so that text is never read letter by letter."""

    def structure(value: object, kind: Any) -> tuple[Any, ...]:  # noqa: ANN401
        if not isinstance(value, list | tuple):
            raise ValueError(f"{value!r} is not a list; put it in square brackets")
        errors: list[Exception] = []
        made = []
        for position, one in enumerate(value, 1):
            try:
                made.append(converter.structure(one, get_args(kind)[0]))
            except Exception as error:  # noqa: BLE001 - collected and reported together
                error.__notes__ = [*getattr(error, "__notes__", []), IterableValidationNote("", position, kind)]
                errors.append(error)
        if errors:
            raise cattrs.errors.IterableValidationError("", errors, kind)
        return tuple(made)

    return structure


def problems_in(error: Exception, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the path and message of every problem in a cattrs error, innermost first."""
    path = (*path, *_steps(error))
    if isinstance(error, ForbiddenExtraKeysError):
        known = list(fields_dict(error.cl)) if error.cl and has(error.cl) else []
        for name in sorted(error.extra_fields):
            yield (*path, name), f"unknown field '{name}'{nearest(name, known)}"
    elif isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from problems_in(inner, path)
    elif isinstance(error, KeyError):
        yield path, f"'{error.args[0]}' is missing"
    else:
        yield path, str(error) or type(error).__name__


def _steps(error: Exception) -> tuple[str, ...]:
    steps = []
    for note in reversed(getattr(error, "__notes__", [])):
        if isinstance(note, AttributeValidationNote):
            steps.append(note.name)
        elif isinstance(note, IterableValidationNote):
            steps.append(str(note.index))
    return tuple(steps)
