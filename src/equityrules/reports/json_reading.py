"""One element of an assessment file back into an Assessment: strict about types and fields, every problem at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, get_args, get_origin

from attrs import fields, has
from cattrs import BaseValidationError, ClassValidationError, Converter, override
from cattrs.cols import homogenous_tuple_structure_factory, mapping_structure_factory
from cattrs.errors import AttributeValidationNote, IterableValidationNote
from cattrs.gen import make_dict_structure_fn

from equityrules.model.finding import Gap, Observation
from equityrules.model.period import Period, parse_period
from equityrules.model.problems import nearest, quoted
from equityrules.model.result import Assessment, FrameworkRef
from equityrules.model.scale import Grade
from equityrules.reports.exact import read_decimal, read_exact_number, read_fraction, rounded

DOUBLED: Mapping[type, str] = {Observation: "value", Gap: "shortfall"}
"""Fields that are written twice: rounded under their own name, and exactly under "exact"."""

Hook = Callable[[Any, Any], Any]


class AssessmentReader:
    """Reads elements one after another; grades are ids there, looked up in the element's own framework."""

    def __init__(self) -> None:
        """Prepare the hooks, once for all elements."""
        self._grades: Mapping[str, Grade] | None = None
        self._framework = strict_converter()
        self._whole = strict_converter()
        self._whole.register_structure_hook(FrameworkRef, self._read_framework)
        self._whole.register_structure_hook(Grade, self._look_up)

    def read(self, element: Mapping[str, object]) -> Assessment:
        """Return the assessment. Raises cattrs' validation error, which `problems_in` takes apart."""
        self._grades = None
        return self._whole.structure(element, Assessment)

    def _read_framework(self, value: object, _: type) -> FrameworkRef:
        """Read the framework, which is an assessment's first field, and keep its grades for those that follow."""
        framework = self._framework.structure(value, FrameworkRef)
        if any(len({one.id for one in grades}) < len(grades) for grades in framework.scales.values()):
            raise ValueError("two grades have the same id; give each its own")
        self._grades = {grade.id: grade for grade in framework.grades}
        return framework

    def _look_up(self, value: object, _: type) -> Grade:
        name = _text(value)
        if self._grades is None:  # the framework is at fault, and says so itself
            return Grade(name, name, 0)
        if name not in self._grades:
            raise ValueError(
                f"unknown grade '{name}'{nearest(name, self._grades)}; the framework's are {quoted(self._grades)}"
            )
        return self._grades[name]


def strict_converter() -> Converter:
    """Return a converter that coerces nothing and wants every field of every object, and no other."""
    converter = Converter(detailed_validation=True)
    simple: dict[Any, Callable[[object], object]] = {
        str: _text, bool: _flag, int: _whole, Fraction: read_exact_number, Decimal: read_decimal,
        date: _date, Period: _period,
    }  # fmt: skip
    for kind, read in simple.items():
        converter.register_structure_hook(kind, _taking_the_value(read))
    converter.register_structure_hook(StrEnum, _choice)  # by class: a predicate would lose against that of str
    converter.register_structure_hook_factory(_is_list, lambda kind: _list_hook(kind, converter))
    converter.register_structure_hook_factory(_is_mapping, lambda kind: _mapping_hook(kind, converter))
    converter.register_structure_hook_factory(_is_pair, lambda _: _pair)
    converter.register_structure_hook_factory(
        lambda kind: has(kind) and kind is not Period, lambda kind: _object_hook(kind, converter)
    )
    return converter


def _taking_the_value(read: Callable[[object], object]) -> Hook:
    return lambda value, _: read(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not text; put it in quotation marks")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false; write one of them")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("not a whole number; write one without quotation marks")
    return value


def _date(value: object) -> date:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"'{text}' is not a date; write it as 2023-02-28")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is a date that does not exist; correct it") from None


def _period(value: object) -> Period:
    return parse_period(_text(value))


def _choice(value: object, kind: type[StrEnum]) -> StrEnum:
    text, known = _text(value), [member.value for member in kind]
    if text not in known:
        raise ValueError(f"unknown {kind.__name__.lower()} '{text}'{nearest(text, known)}; write {quoted(known)}")
    return kind(text)


def _is_list(kind: object) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (Ellipsis,)


def _list_hook(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - any tuple type
    structure = homogenous_tuple_structure_factory(kind, converter)
    return _only(list, "not a list; put it in square brackets", structure)


def _is_mapping(kind: object) -> bool:
    return get_origin(kind) is Mapping


def _mapping_hook(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - any mapping type
    return _only(dict, "not an object; put names and values in braces", mapping_structure_factory(kind, converter))


def _only(wanted: type, remedy: str, structure: Hook) -> Hook:
    def hook(value: object, kind: object) -> object:
        if not isinstance(value, wanted):
            raise ValueError(remedy)
        return structure(value, kind)

    return hook


def _is_pair(kind: object) -> bool:
    return get_origin(kind) is tuple and get_args(kind) == (str, str)


def _pair(value: object, _: object) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError('not a pair; write it as ["dimension", "group"]')
    return _text(value[0]), _text(value[1])


def _object_hook(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - any attrs class
    """Return a hook that reports missing and unknown fields together with what is wrong inside the others."""
    doubled = DOUBLED.get(kind)
    names = {("exact" if one.name == doubled else one.name): one for one in fields(kind)}
    renamed: dict[str, Any] = {doubled: override(rename="exact", struct_hook=_exact_or_none)} if doubled else {}
    build = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=False, **renamed)
    wanted = [*names, *([doubled] if doubled else [])]

    def structure(value: object, _: object) -> object:
        if not isinstance(value, dict):
            raise ValueError("not an object; put its fields in braces")
        faults, made = _field_faults(value, wanted), None
        try:
            made = build(value, kind)
        except ClassValidationError as error:
            faults += [one for one in error.exceptions if not isinstance(one, KeyError)]
        if doubled and made is not None and not faults:
            faults = _doubled_faults(value[doubled], getattr(made, doubled), doubled)
        if faults:
            raise ClassValidationError("", faults, kind)
        return made

    return structure


def _field_faults(value: Mapping[str, object], wanted: list[str]) -> list[Exception]:
    missing = [f"the field '{name}' is missing; add it" for name in wanted if name not in value]
    unknown = [
        f"unknown field '{name}'{nearest(name, wanted)}; correct its name or take it out"
        for name in value
        if name not in wanted
    ]
    return [ValueError(message) for message in (*missing, *unknown)]


def _exact_or_none(value: object, _: object) -> Fraction | None:
    try:
        return None if value is None else read_fraction(value)
    except ValueError as error:
        raise ValueError(f"its 'exact' is {error}") from None


def _doubled_faults(given: object, exact: Fraction | None, name: str) -> list[Exception]:
    """Return a fault where the rounded number is not the exact one rounded, so that neither can be trusted."""
    wanted = None if exact is None else rounded(exact)
    if given is None or wanted is None:
        agree = given is None and wanted is None
    else:
        agree = not isinstance(given, str) and read_exact_number(given) == Fraction(repr(wanted))
    return [] if agree else [ValueError(f"'{name}' does not agree with 'exact'; correct one of them")]


def problems_in(error: Exception, path: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the message of every problem in a validation error."""
    path += "".join(_step(note) for note in reversed(getattr(error, "__notes__", ())))
    if isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from problems_in(inner, path)
    else:
        yield path, str(error)


def _step(note: str) -> str:
    if isinstance(note, AttributeValidationNote):
        return f".{note.name}"
    return f"[{note.index!r}]" if isinstance(note, IterableValidationNote) else ""
