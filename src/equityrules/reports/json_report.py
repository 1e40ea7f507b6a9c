"""Assessments as JSON, and back: an array with a format version, described by `assessment.schema.json`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from cattrs import BaseValidationError, Converter, override
from cattrs.gen import make_dict_unstructure_fn

from equityrules.model.period import Period
from equityrules.model.problems import InvalidInputError, Problem
from equityrules.model.result import Assessment, FrameworkRef
from equityrules.model.scale import Grade
from equityrules.reports.exact import exact_number, rounded, short_number
from equityrules.reports.json_reading import DOUBLED, AssessmentReader, problems_in

FORMAT = "equityrules.assessment/1"
"""The format and its version, the first field of every element."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def render_json(assessments: Sequence[Assessment]) -> str:
    """Return the assessments as a JSON array that `read_json` reads back into equal ones."""
    elements = [{"format": FORMAT, **writer().unstructure(assessment)} for assessment in assessments]
    text = json.dumps(elements, ensure_ascii=False, allow_nan=False, indent=1)
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `render_json` writes."""
    text = files("equityrules.reports").joinpath("assessment.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def writer() -> Converter:
    """Return the converter that writes: grades as ids, numbers exactly, dates and periods as text."""
    converter = _plain_writer()
    converter.register_unstructure_hook(FrameworkRef, _plain_writer().unstructure)
    converter.register_unstructure_hook(Grade, lambda grade: grade.id)
    for kind, name in DOUBLED.items():
        converter.register_unstructure_hook(kind, _write_doubled(converter, kind, name))
    return converter


def _plain_writer() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(Fraction, exact_number)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_unstructure_hook(Period, str)
    converter.register_unstructure_hook(date, date.isoformat)
    return converter


def _write_doubled(converter: Converter, kind: type, name: str) -> Callable[[Any], dict[str, Any]]:
    """Return a hook that writes a number rounded under its name, and right after it as "exact" text."""
    renamed = override(rename="exact", unstruct_hook=lambda value: None if value is None else str(value))
    overrides: dict[str, Any] = {name: renamed}
    write: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(kind, converter, **overrides)

    def hook(one: object) -> dict[str, Any]:
        value, written = getattr(one, name), dict[str, Any]()
        for key, plain in write(one).items():
            if key == "exact":
                written[name] = None if value is None else rounded(value)
            written[key] = plain
        return written

    return hook


def read_json(text: str, file: str = "assessments") -> tuple[Assessment, ...]:
    """Return the assessments that `render_json` wrote; `file` is what messages call the text.

    Raises InvalidInputError with every problem: its path, what is wrong and what to do.
    """
    elements = _parse(text, file)
    if not isinstance(elements, list):
        raise InvalidInputError([Problem(file, "", "not an array of assessments; put square brackets around them")])
    reader, found, problems = AssessmentReader(), [], list[Problem]()
    for index, element in enumerate(elements):
        try:
            found.append(reader.read(_body(element)))
        except (BaseValidationError, ValueError) as error:
            problems += [Problem(file, path, message) for path, message in problems_in(error, f"[{index}]")]
    if problems:
        raise InvalidInputError(problems)
    return tuple(found)


def _body(element: object) -> Mapping[str, object]:
    """Return an element without its format. Raises ValueError where it is not an assessment of this format."""
    if not isinstance(element, dict):
        raise ValueError("not an assessment; write it as an object in braces")
    found = element.get("format", "no format")
    if found != FORMAT:
        raise ValueError(f"this is {found!r}, not {FORMAT!r}; write the file again with this version of equityrules")
    return {name: value for name, value in element.items() if name != "format"}


def _parse(text: str, file: str) -> object:
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            parse_int=lambda digits: int(short_number(digits)),
            parse_float=short_number,
            parse_constant=_refuse,
            object_pairs_hook=_once,
        )
    except RecursionError:
        message = "nested too deep to be an assessment; write the file again with equityrules"
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        message = f"not JSON ({error.msg} at {where}); give a file that --format json wrote"
    except ValueError as error:
        message = str(error)
    raise InvalidInputError([Problem(file, "", message)])


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number; write null where there is none")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the field '{twice}' is there twice in one object; take one out")
    return found
