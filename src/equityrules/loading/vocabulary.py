"""Reads vocabulary files: items, dimensions and named measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import asdict

from equityrules.loading.rows import as_word
from equityrules.loading.structuring import NotStructuredError, make_converter, structure
from equityrules.loading.vocabulary_checks import DimensionSpec, ItemSpec, VocabularySpec, faults_of_file, months_of
from equityrules.model.problems import Problem
from equityrules.model.vocabulary import Dimension, Item, MeasureDefinition, Vocabulary


def read_vocabulary(documents: Mapping[str, Mapping[str, Any]], problems: list[Problem]) -> Vocabulary:
    """Return the vocabulary of some parsed files by name; what is wrong goes to `problems`."""
    whole = Vocabulary()
    for file, document in documents.items():
        if not document:
            continue
        part = _read_file(file, document, problems)
        for what in ("items", "dimensions", "measures"):
            for name in getattr(whole, what).keys() & getattr(part, what).keys():
                message = "is defined in another file too; keep one of them"
                problems.append(Problem(file, f"{what[:-1]} {name}", message))
        whole = whole.merged(part)
    return whole


def _read_file(file: str, document: Mapping[str, Any], problems: list[Problem]) -> Vocabulary:
    try:
        spec = structure(_CONVERTER, document, VocabularySpec)
    except NotStructuredError as error:
        problems.extend(Problem(file, " ".join(path), message) for path, message in error.faults)
        return Vocabulary()
    problems.extend(Problem(file, where, message) for where, message in faults_of_file(spec))
    items = {f"{spec.area}.{name}": _item(f"{spec.area}.{name}", one) for name, one in spec.item.items()}
    dimensions = {name: _dimension(name, one) for name, one in spec.dimension.items()}
    measures = {name: _measure(file, name, given) for name, given in spec.measure.items()}
    return Vocabulary(items, dimensions, measures)


def _item(name: str, spec: ItemSpec) -> Item:
    months = {name: months_of(getattr(spec, name)) for name in ("fresh", "valid_for")}
    fields = {**asdict(spec, recurse=False), **months, "remind": months_of(spec.remind) or 0}
    return Item(name, **fields)


def _dimension(name: str, spec: DimensionSpec) -> Dimension:
    return Dimension(name, **asdict(spec, recurse=False))


def _measure(file: str, name: str, given: Mapping[str, Any]) -> MeasureDefinition:
    fields = {key: value for key, value in given.items() if key not in ("kind", "title")}
    return MeasureDefinition(name, as_word(given.get("kind")), as_word(given.get("title")), fields, file)


_CONVERTER = make_converter()
