"""Evidence files to fill in: everything that some frameworks read, with what it means and who usually holds it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from attrs import frozen

from equityrules.model.framework import Criterion, Framework
from equityrules.model.vocabulary import Cell, Item, Vocabulary
from equityrules.reading import Cells, cells_read, items_read
from equityrules.reports.csv_report import safe_text

CSV_COLUMNS = (
    "organisation", "code", "period", "kind", "item", "group", "value", "of", "percent", "date", "by", "service",
    "owner", "documents", "source", "note", "meaning", "holder", "serves",
)  # fmt: skip


@frozen
class Missing:
    """What an organisation's evidence does not give: the one thing a template for the rest of it asks for."""

    organisation: str
    code: str
    period: str
    cells: Cells


def _asked(frameworks: Sequence[Framework], vocabulary: Vocabulary, missing: Missing | None) -> Cells:
    """Return the cells to ask for by item: all that the frameworks read, or those that are missing."""
    items = [vocabulary.items[name] for name in items_read(frameworks, vocabulary)]
    return missing.cells if missing else {one.id: cells_read(frameworks, vocabulary, one) for one in items}


def toml_template(frameworks: Sequence[Framework], vocabulary: Vocabulary, missing: Missing | None = None) -> str:
    """Return a TOML file: a header, ratings and text for each criterion, and every item with a blank to fill in.

    With `missing` it has the header, filled in, and the cells that are missing.
    """
    lines, serves = [*_toml_head(frameworks, missing)], items_read(frameworks, vocabulary)
    for framework in () if missing else frameworks:
        lines += _toml_cover(framework)
        for criterion in framework.criteria:
            lines += _toml_criterion(framework, criterion)
    for name, cells in _asked(frameworks, vocabulary, missing).items():
        lines += _toml_item(vocabulary, vocabulary.items[name], cells, serves[name])
    return "\n".join(lines) + "\n"


def _toml_head(frameworks: Sequence[Framework], missing: Missing | None) -> Iterator[str]:
    titles = ", ".join(framework.title for framework in frameworks)
    yield f"# Evidence {'that is missing ' if missing else ''}for {titles}."
    yield "# Fill in what you have between the quotation marks. What stays blank counts as not known, never as a fail."
    yield f"# Then run: equityrules assess {'YOUR-EVIDENCE THIS-FILE' if missing else 'evidence.toml'}"
    yield ""
    code = missing.code if missing else ""
    yield _toml_field("organisation", missing.organisation if missing else "", "its full name")
    yield _toml_field("code" if code else "# code", code, "its ODS code, if you want it in the result")
    yield _toml_field("period", missing.period if missing else "", "the year the evidence is for, such as 2023/24")
    yield '# by = ""              # who says so, for everything below; a single entry can say its own'


def _toml_field(name: str, text: str, meaning: str) -> str:
    return f"{f'{name} = {json.dumps(text, ensure_ascii=False)}':<22} # {meaning}"


def _toml_cover(framework: Framework) -> Iterator[str]:
    for cover in framework.cover:
        yield ""
        yield "[[cover]]"
        yield f'about = "{framework.id}"'
        yield f"name = {json.dumps(cover.id)}"
        yield f'text = ""              # {cover.label}'


def _toml_criterion(framework: Framework, criterion: Criterion) -> Iterator[str]:
    about = json.dumps(f"{framework.id}/{criterion.id}")
    grades = ", ".join(grade.label for grade in criterion.scale.grades)
    yield ""
    yield f"# --- {criterion.id}: {criterion.title}"
    yield ""
    yield "[[rating]]"
    yield f"about = {about}"
    yield f'grade = ""             # {grades}; or leave it to the evidence below'
    if any(group.services and group.id == criterion.group for group in framework.groups):
        yield '# service = "…"        # copy this block for each service that was rated'
    yield ""
    yield "[[narrative]]"
    yield f"about = {about}"
    yield 'text = ""              # the evidence, in your own words'
    yield 'owner = ""             # department or lead'


_TOML_BLANKS = {
    "statement": ['status = ""            # in place, committed, not in place, or not applicable'],
    "count": ['value = ""             # a whole number'],
    "amount": ['value = ""'],
    "survey": ['yes = ""               # how many answered yes', 'of = ""                # how many answered'],
}


def _toml_item(vocabulary: Vocabulary, item: Item, cells: Sequence[Cell], serves: Sequence[str]) -> Iterator[str]:
    for cell in cells:
        yield ""
        yield f"# {item.text}{_group_words(vocabulary, cell)}"
        yield f"# usually held by: {item.holder or 'not known'}; serves {', '.join(serves)}"
        yield f"[[{item.kind}]]"
        yield f"item = {json.dumps(item.id)}"
        if cell:
            yield f"where = {{ {', '.join(f'{name} = {json.dumps(group)}' for name, group in cell)} }}"
        yield from _TOML_BLANKS[item.kind]


def _group_words(vocabulary: Vocabulary, cell: Cell) -> str:
    labels = [
        group.label for dimension, name in cell for group in vocabulary.dimensions[dimension].groups if group.id == name
    ]
    return f" ({', '.join(labels)})" if labels else ""


def csv_template(frameworks: Sequence[Framework], vocabulary: Vocabulary, missing: Missing | None = None) -> str:
    """Return a tidy CSV file: a row for every rating, text and item, with a blank value to fill in.

    With `missing` it has the cells that are missing, and whose they are.
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, CSV_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for framework in () if missing else frameworks:
        writer.writerows(_csv_framework(framework))
    serves = items_read(frameworks, vocabulary)
    whose = _whose(missing) if missing else {}
    for name, cells in _asked(frameworks, vocabulary, missing).items():
        rows = _csv_item(vocabulary, vocabulary.items[name], cells, serves[name])
        writer.writerows({**whose, **row} for row in rows)
    return stream.getvalue()


def _whose(missing: Missing) -> dict[str, str]:
    texts = {"organisation": missing.organisation, "code": missing.code, "period": missing.period}
    return {name: safe_text(text) for name, text in texts.items()}


def _csv_framework(framework: Framework) -> Iterator[dict[str, str]]:
    for cover in framework.cover:
        yield {"kind": "cover", "item": framework.id, "group": cover.id, "meaning": cover.label}
    for criterion in framework.criteria:
        about = f"{framework.id}/{criterion.id}"
        grades = ", ".join(grade.label for grade in criterion.scale.grades)
        yield {"kind": "rating", "item": about, "meaning": f"{criterion.title} ({grades})"}
        yield {"kind": "narrative", "item": about, "meaning": "the evidence in your own words, and its owner"}


_CSV_MEANINGS = {
    "statement": "in place, committed, not in place, or not applicable",
    "survey": "value: how many answered yes; of: how many answered",
}


def _csv_item(
    vocabulary: Vocabulary, item: Item, cells: Sequence[Cell], serves: Sequence[str]
) -> Iterator[dict[str, str]]:
    for cell in cells:
        how = _CSV_MEANINGS.get(item.kind, "")
        yield {
            "kind": item.kind,
            "item": item.id,
            "group": "; ".join(f"{name}={group}" for name, group in cell),
            "meaning": f"{item.text}{_group_words(vocabulary, cell)}{f' ({how})' if how else ''}",
            "holder": item.holder,
            "serves": ", ".join(serves),
        }


class Template(Protocol):
    """A format of a template: for some frameworks, of all they read or of what is missing."""

    def __call__(self, frameworks: Sequence[Framework], vocabulary: Vocabulary, missing: Missing | None = None) -> str:
        """Return the file's text."""


TEMPLATES: Mapping[str, Template] = {"toml": toml_template, "csv": csv_template}
"""The formats of a template by name."""
