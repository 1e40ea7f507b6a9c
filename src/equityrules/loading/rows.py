"""The one form that every evidence format comes down to: a row of a kind, with its fields and its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from equityrules.model.problems import ENOUGH, Problem, nearest, quoted, shown
from equityrules.model.vocabulary import fold

KINDS = (
    "statement", "count", "survey", "amount", "figure", "rating", "votes",
    "narrative", "cover", "target", "explanation", "action",
)  # fmt: skip
"""The kinds of evidence, in the order in which templates list them."""

HEADER = ("organisation", "code", "period", "date", "by", "source", "note")
"""What a file may say once for all its rows; a row may say it again for itself."""

VALUES: dict[str, tuple[str, ...]] = {
    "statement": ("status",), "count": ("value",), "survey": ("yes", "of", "percent"), "amount": ("value",),
    "figure": ("value",), "rating": ("grade", "points"), "votes": ("votes", "stated_total"),
    "narrative": ("text", "owner"), "cover": ("text",), "target": ("value",), "explanation": ("because",),
    "action": ("text",),
}  # fmt: skip
"""What a row of each kind is there to say; one with only blanks for it is not filled in."""

DIVIDED = ("statement", "count", "survey", "amount", "figure", "target")
"""The kinds that may be for one group: they take `where`, and `values` for several groups at once."""


@frozen
class Spread:
    """That a row is one of several given as `values`: the group it is for, and the dimension named beside them."""

    group: str
    across: object = None


@frozen
class Row:
    """One row: its kind, its fields by the names of the model, and where each stands for messages.

    `shared` are the names of fields that the file says once for all its rows. `groups` are the words that columns named
    for dimensions hold. `cell` is the column of a row that is one of several in a line. `cut` says that the row may be
    cut short, for when it turns out to make no sense. `places` are the places of the columns, whole, where a table
    has names for its cells, as a sheet has; a column that is not there has the place of the row.
    """

    kind: str
    fields: Mapping[str, Any]
    file: str
    where: str
    columns: Mapping[str, str] = field(factory=dict)
    spread: Spread | None = None
    shared: frozenset[str] = frozenset()
    groups: Mapping[str, object] = field(factory=dict)
    cell: str = ""
    cut: str = ""
    places: Mapping[str, str] = field(factory=dict)

    def problem(self, message: str, name: str = "") -> Problem:
        """Return a problem at this row, or at one field of it."""
        if name in self.shared:
            return Problem(self.file, name, message)
        column = self.columns.get(name, name) if name else self.cell
        return Problem(self.file, self._at(column), message)

    @property
    def place(self) -> str:
        """File and place as one text."""
        return f"{self.file}  {self._at(self.cell)}"

    def _at(self, column: str) -> str:
        """Return the place of a column, or of a path in the row; of the whole row where none is named."""
        if self.places:
            return self.places.get(column.removeprefix("column "), self.where)
        return f"{self.where}, {column}" if column else self.where


def is_blank(value: object) -> bool:
    """Whether nothing is given: None, blank text, an empty table or list, or the NaN of a data frame."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping | list | tuple):
        return not value
    nan = isinstance(value, float) and value != value
    return value is None or nan or type(value).__name__ in ("NaTType", "NAType")


def as_word(value: object) -> str:
    """Return text that names something; anything else as messages show it, so that it names nothing."""
    return value.strip() if isinstance(value, str) else "" if is_blank(value) else shown(value)


def column_of(name: object) -> str:
    """Return what a heading is compared as: in small letters, with '_' for the space in it."""
    return "_".join(fold(as_word(name)).split())


# --- TOML and JSON documents -------------------------------------------------------------------------------------


def rows_of_document(document: Mapping[str, Any], file: str, problems: list[Problem], path: str = "") -> Iterator[Row]:
    """Yield the rows of one document: a header and a list of tables for each kind.

    A table with only blanks where its value belongs is one not filled in, and is left out.
    """
    header = {name: document[name] for name in HEADER if not is_blank(document.get(name))}
    _check_names(document, file, problems, path)
    for kind in KINDS:
        tables = document.get(kind, [])
        if not isinstance(tables, list):
            problems.append(Problem(file, f"{path}{kind}", _not_tables(kind, tables)))
            continue
        for position, table in enumerate(tables, 1):
            where = f"{path}{kind} {position}"
            if len(problems) >= ENOUGH:
                return
            if not isinstance(table, Mapping):
                problems.append(Problem(file, where, _not_tables(kind, table)))
            elif not _left_blank(kind, table):
                yield from _spread(kind, header, table, file, where, problems)


def _check_names(document: Mapping[str, Any], file: str, problems: list[Problem], path: str) -> None:
    """Note fields of a document that are not known, and a format that is not."""
    known = (*HEADER, *KINDS, "format")
    for name in document:
        if len(problems) >= ENOUGH:
            return
        if name not in known:
            advice = f"{nearest(name, known)}; a file takes {quoted(known)}"
            problems.append(Problem(file, f"{path}{name}", f"unknown field {shown(name)}{advice}"))
    stated = document.get("format", 1)
    if as_word(stated) not in ("1", "equityrules.evidence/1"):
        problems.append(Problem(file, f"{path}format", f"format {shown(stated)} is not known; write format = 1"))


def _not_tables(kind: str, value: object) -> str:
    advice = f"write [[{kind}]] above each one (in JSON: [ {{ … }}, … ])"
    return f"{shown(value)} is given where a list of tables belongs; {advice}"


def _left_blank(kind: str, table: Mapping[str, Any]) -> bool:
    """Whether a table has a place for its value, or for its values by group, and nothing in it."""
    places = [table[name] for name in (*VALUES[kind], "values") if name in table]
    return bool(places) and all(is_blank(_without_blanks(place)) for place in places)


def _without_blanks(value: object) -> object:
    """Return a table without the blanks in it, at any depth; anything else as it is."""
    if not isinstance(value, Mapping):
        return value
    kept = {name: _without_blanks(one) for name, one in value.items()}
    return {name: one for name, one in kept.items() if not is_blank(one)}


def _spread(
    kind: str, header: Mapping[str, Any], table: Mapping[str, Any], file: str, where: str, problems: list[Problem]
) -> Iterator[Row]:
    """Yield one row for a table, or one for each of its `values` by group."""
    given = {name: _without_blanks(value) for name, value in table.items() if not is_blank(value)}
    if kind in DIVIDED and (faults := list(_spread_faults(kind, given))):
        problems.extend(Problem(file, f"{where}, {name}", message) for name, message in faults)
        return
    fields, shared = {**header, **given}, frozenset(header.keys() - given.keys())
    if "values" not in given or kind not in DIVIDED:
        yield Row(kind, fields, file, where, shared=shared)
        return
    values, across = fields.pop("values"), fields.pop("across", None)
    for group, value in values.items():
        inner = dict(value) if isinstance(value, Mapping) else {value_field(kind): value}
        place = f"{where}, {group}"
        yield Row(kind, {**fields, **inner}, file, place, spread=Spread(group, across), shared=shared)


def _spread_faults(kind: str, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the `values` by group, or with what goes with them."""
    if "values" not in given:
        if "across" in given:
            yield "across", "goes with 'values'; write values = { group = value, … }, or leave it out"
        return
    if not isinstance(given["values"], Mapping):
        yield "values", f"{shown(given['values'])} is given where a table belongs; write {{ group = value, … }}"
    for name in VALUES[kind]:
        if name in given:
            yield name, f"'{name}' is given beside 'values'; keep one of them (the whole is the group 'all')"


def value_field(kind: str) -> str:
    """Return the field that a value alone stands for where several groups are given at once."""
    return {"statement": "status", "survey": "percent"}.get(kind, "value")
