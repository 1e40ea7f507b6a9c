"""Raw documents to typed values with cattrs: strict about types, every problem at once with its path."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar, get_args, get_origin

import cattrs
from attrs import fields_dict, has, resolve_types
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from equityrules.loading import values
from equityrules.model.basis import Basis
from equityrules.model.evidence import Status
from equityrules.model.period import Period
from equityrules.model.problems import InvalidInputError, Problem, nearest, shown

_Kind = TypeVar("_Kind")

_READERS: dict[Any, Callable[[object], object]] = {
    str: values.text, bool: values.flag, int: values.whole, Decimal: values.number, Fraction: values.fraction,
    dt.date: values.date, Period: values.period, Status: values.status, Basis: values.basis,
}  # fmt: skip


def make_converter() -> cattrs.Converter:
    """Return a converter that never coerces silently, forbids unknown fields and reports every problem."""
    converter = cattrs.Converter(forbid_extra_keys=True, prefer_attrib_converters=False)
    for kind, reader in _READERS.items():
        converter.register_structure_hook(kind, _ignoring_type(reader))
    converter.register_structure_hook_factory(has, lambda kind: _tables_only(_plain_table(converter, kind)))
    converter.register_structure_hook_func(_is_plain_list, _list_hook(converter))
    converter.register_structure_hook_func(_is_mapping, _mapping_hook(converter))
    return converter


def rename(converter: cattrs.Converter, kind: type[Any], **names: str) -> None:
    """Let a converter read some attributes of a class under other names, such as `start` under `from`."""
    resolve_types(kind)
    overrides: Any = {attribute: override(rename=name) for attribute, name in names.items()}
    inner = make_dict_structure_fn(kind, converter, **overrides)

    def structure(value: Any, wanted: Any) -> Any:  # noqa: ANN401 - an instance of the class
        try:
            return inner(value, wanted)
        except BaseValidationError as error:
            for one in error.exceptions:
                one.__notes__ = [_renamed(note, names) for note in getattr(one, "__notes__", [])]
            raise

    converter.register_structure_hook(kind, _tables_only(structure))


def _renamed(note: str, names: Mapping[str, str]) -> str:
    """Return the note of an attribute under the name that the file gives it."""
    if isinstance(note, AttributeValidationNote) and note.name in names:
        return AttributeValidationNote(note, names[note.name], note.type)
    return note


def _ignoring_type(reader: Callable[[object], object]) -> Callable[[object, object], object]:
    """Return a hook in the form that cattrs calls, with the wanted type as its second argument."""
    return lambda value, _: reader(value)


def _plain_table(converter: cattrs.Converter, kind: type[Any]) -> Callable[[Any, Any], Any]:
    resolve_types(kind)
    return make_dict_structure_fn(kind, converter)


def _tables_only(inner: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return a hook that looks for fields in tables only."""

    def structure(value: object, kind: object) -> Any:  # noqa: ANN401 - an instance of the class asked for
        if not isinstance(value, Mapping):
            raise ValueError(f"{shown(value)} is given where a table belongs; write {{ name = value, … }}")
        return inner(value, kind)

    return structure


def _is_plain_list(kind: object) -> bool:
    return get_origin(kind) is tuple and len(get_args(kind)) == 2 and get_args(kind)[1] is Ellipsis


def _is_mapping(kind: object) -> bool:
    return isinstance(origin := get_origin(kind), type) and issubclass(origin, Mapping)


def _list_hook(converter: cattrs.Converter) -> Any:  # noqa: ANN401 - cattrs' own hook type
    """Return a hook for tuples that takes lists only, so that text is never read letter by letter."""

    def structure(value: object, kind: Any) -> tuple[Any, ...]:  # noqa: ANN401
        if not isinstance(value, list | tuple):
            advice = "write [[ ]] around its heading" if isinstance(value, Mapping) else "put it in square brackets"
            raise ValueError(f"{shown(value)} is given where a list belongs; {advice}")
        numbered = ((str(number), one) for number, one in enumerate(value, 1))
        return tuple(_structured(converter, numbered, get_args(kind)[0], kind).values())

    return structure


def _mapping_hook(converter: cattrs.Converter) -> Any:  # noqa: ANN401 - cattrs' own hook type
    """Return a hook for tables whose names are the file's own."""

    def structure(value: object, kind: Any) -> dict[str, Any]:  # noqa: ANN401
        if not isinstance(value, Mapping):
            raise ValueError(f"{shown(value)} is given where a table belongs; write {{ name = value, … }}")
        return _structured(converter, value.items(), get_args(kind)[1], kind)

    return structure


def _structured(
    converter: cattrs.Converter,
    parts: Iterable[tuple[str, Any]],
    wanted: Any,  # noqa: ANN401 - any type
    kind: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Return the parts of a list or table by their names. Raises one error with those of all parts."""
    made: dict[str, Any] = {}
    errors: list[Exception] = []
    for name, one in parts:
        try:
            made[name] = converter.structure(one, wanted)
        except Exception as error:  # noqa: BLE001 - collected and reported together
            error.__notes__ = [*getattr(error, "__notes__", []), IterableValidationNote("", name, kind)]
            errors.append(error)
    if errors:
        raise IterableValidationError("", errors, kind)
    return made


class NotStructuredError(Exception):
    """Raw data that is no value of its kind, with the path and message of every problem."""

    def __init__(self, faults: Iterable[tuple[tuple[str, ...], str]]) -> None:
        """Keep the faults in the order of the data."""
        self.faults = tuple(faults)
        super().__init__("; ".join(message for _, message in self.faults))


def structure(converter: cattrs.Converter, data: object, kind: type[_Kind]) -> _Kind:
    """Return raw data as a value of a kind. Raises NotStructuredError with every problem."""
    try:
        return converter.structure(data, kind)
    except Exception as error:  # noqa: BLE001 - cattrs raises groups of any type; each is reported
        raise NotStructuredError(problems_in(error)) from None


def structure_file(converter: cattrs.Converter, document: object, kind: type[_Kind], file: str) -> _Kind:
    """Return the document of a file as a value of a kind. Raises InvalidInputError with every problem and its path."""
    try:
        return structure(converter, document, kind)
    except NotStructuredError as error:
        raise InvalidInputError(Problem(file, " ".join(path), message) for path, message in error.faults) from None


def problems_in(error: Exception, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the path and message of every problem in a cattrs error, innermost first."""
    path = (*path, *_steps(error))
    if isinstance(error, ForbiddenExtraKeysError):
        known = list(fields_dict(error.cl)) if error.cl and has(error.cl) else []
        for name in sorted(map(str, error.extra_fields)):
            yield (*path, name), f"unknown field {shown(name)}{nearest(name, known)}; correct its name, or take it out"
    elif isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from problems_in(inner, path)
    elif isinstance(error, KeyError):
        yield path, f"'{error.args[0]}' is missing; write it"
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
