"""Tidy rows, one for each cell of evidence, to rows of a kind: what CSV, workbooks, plugins and Python callers give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import define, evolve, field, frozen

from equityrules.loading.grid import ALL, Headings
from equityrules.loading.rows import DIVIDED, HEADER, KINDS, Row, Spread, as_word, is_blank, value_field
from equityrules.model.problems import ENOUGH, Problem, nearest, quoted, shown

COLUMNS = (
    "organisation", "code", "period", "kind", "item", "group", "value", "of", "percent", "date", "by", "service",
    "owner", "documents", "source", "note", "direction", "due", "until", "objective", "status", "name", "orientation",
)  # fmt: skip
"""The columns of the tidy form; only `item` and `value` are always needed."""

FOR_PEOPLE = ("meaning", "holder", "serves")
"""Columns of a template that explain a row to whoever fills it in; they are not read."""

_COMMON = {name: name for name in HEADER}
_TIDY: dict[str, dict[str, str]] = {
    "statement": {"item": "item", "group": "where", "value": "status", "documents": "documents"},
    "count": {"item": "item", "group": "where", "value": "value"},
    "survey": {"item": "item", "group": "where", "value": "yes", "of": "of", "percent": "percent"},
    "amount": {"item": "item", "group": "where", "value": "value"},
    "figure": {"item": "measure", "group": "where", "value": "value", "orientation": "orientation"},
    "rating": {"item": "about", "value": "grade", "service": "service"},
    "votes": {"item": "about", "group": "grade", "value": "count"},
    "narrative": {"item": "about", "value": "text", "owner": "owner", "service": "service"},
    "cover": {"item": "about", "name": "name", "group": "name", "value": "text"},
    "target": {"item": "measure", "group": "where", "value": "value", "direction": "direction", "due": "due"},
    "explanation": {"item": "about", "value": "because", "until": "until"},
    "action": {
        "item": "about", "value": "text", "owner": "owner", "objective": "objective", "due": "due", "status": "status",
    },
}  # fmt: skip
_LISTS = ("documents",)
_MEASURED = ("value", "of", "percent")
_STATED_TOTAL = ("stated total", "total")


@frozen
class Line:
    """One line of a table: its place, its cells by column, and what is wrong with its length, if anything.

    `places` are the whole places of its cells by column, where they have names of their own, as in a sheet.
    """

    where: str
    cells: Mapping[str, Any] = field(factory=dict)
    cut: str = ""
    places: Mapping[str, str] = field(factory=dict)

    def at(self, column: str) -> str:
        """Return the place of a column in the line."""
        return self.places.get(column, self.where) if self.places else f"{self.where}, column {column}"


def rows_of_table(lines: Iterable[Line], headings: Headings, file: str, problems: list[Problem]) -> list[Row]:
    """Return the rows of a tidy table; a line without any value is one not filled in, and is left out.

    `headings` give the kind of an item where the line names none, and the columns of a grid: a line with values in
    columns of groups becomes one row for each of them. The votes of one group of raters, one line for each grade,
    become one row. A line that is cut short before its value becomes a row to look at, not to use.
    """
    rows: list[Row] = []
    for line in lines:
        if len(problems) >= ENOUGH:
            break
        given = {name: value for name, value in line.cells.items() if name not in FOR_PEOPLE and not is_blank(value)}
        owned = "owner" in given and as_word(given.get("kind")).casefold() == "narrative"
        filled = owned or any(name in _MEASURED or headings.is_grid(name) for name in given)
        if filled or (given and line.cut):
            found: list[Problem] = []
            made = _rows_of_line(line, given, headings, file, found)
            problems.extend(found if filled or not found else [Problem(file, line.where, line.cut)])
            rows.extend(row if filled else evolve(row, cut=line.cut) for row in made)
    return list(_with_votes_gathered(rows, problems))


def _rows_of_line(
    line: Line, given: Mapping[str, Any], headings: Headings, file: str, problems: list[Problem]
) -> list[Row]:
    """Return the row of a line, or one for each of its columns of groups that is filled in."""
    divided = _kind(given, headings.kind_of) in DIVIDED
    own = {name for name in given if name not in COLUMNS} if divided else set()
    grid = {name: value for name, value in given.items() if name in own and headings.is_grid(name)}
    rest = {name: value for name, value in given.items() if name not in own}
    row = _tidy_row(line, rest, headings.kind_of, file, problems)
    if row is None:
        return []
    named = {headings.by_column[name]: (name, value) for name, value in given.items() if name in own - grid.keys()}
    columns = {**row.columns, **{dimension: f"column {name}" for dimension, (name, _) in named.items()}}
    row = evolve(row, columns=columns, groups={dimension: value for dimension, (_, value) in named.items()})
    return _cells(line, row, rest, grid, headings, problems) if grid else [row]


def _cells(
    line: Line, row: Row, rest: Mapping[str, Any], grid: Mapping[str, Any], headings: Headings, problems: list[Problem]
) -> list[Row]:
    """Return one row for each column of groups that a line fills in."""
    for name in _MEASURED:
        if name in rest:
            message = f"'{name}' is given beside the columns of groups ({', '.join(grid)}); keep one of them"
            problems.append(Problem(row.file, line.at(name), message))
            return []
    item, across = as_word(rest.get("item")), ""
    try:
        if item in headings.divided_by and set(grid) != {ALL}:
            across = headings.across(item, grid, line.cells, row.groups)
    except ValueError as error:
        problems.append(Problem(row.file, line.at(next(name for name in grid if name != ALL)), str(error)))
        return []
    return [_cell(row, name, value, across, headings) for name, value in grid.items()]


def _cell(row: Row, column: str, value: object, across: str, headings: Headings) -> Row:
    """Return a row for one column of groups."""
    name, place = value_field(row.kind), f"column {column}"
    spread = Spread(headings.groups[across][column], across) if across and column != ALL else None
    fields, columns = {**row.fields, name: value}, {**row.columns, name: place, "across": place}
    return evolve(row, fields=fields, columns=columns, spread=spread, cell=place)


def _tidy_row(
    line: Line, given: Mapping[str, Any], kind_of: Mapping[str, str], file: str, problems: list[Problem]
) -> Row | None:
    kind = _kind(given, kind_of)
    if kind not in _TIDY:
        column = "kind" if "kind" in given else "item"
        problems.append(Problem(file, line.at(column), _kind_advice(given, kind_of)))
        return None
    names = {**_COMMON, **_TIDY[kind]}
    fields: dict[str, Any] = {}
    for column, value in given.items():
        if column not in names and column != "kind":
            advice = f"leave {shown(value)} out, or put text with commas in quotation marks"
            if kind == "rating" and column == "group":
                advice = f"leave {shown(value)} out, or write votes in the column kind where these are votes"
            message = f"a row of kind {kind} takes no '{column}'; {advice}"
            problems.append(Problem(file, line.at(column), message))
        elif column != "kind":
            fields[names[column]] = _listed(value) if column in _LISTS else value
    if kind == "action":
        fields["about"] = _listed(fields.get("about", []))
    columns = {names[column]: f"column {column}" for column in COLUMNS if column in names}
    if kind == "rating":
        columns["points"] = columns["grade"]
    if kind == "survey":
        _take_percentage(fields, columns)
    return Row(kind, fields, file, line.where, columns, places=line.places)


def takes(kind: str) -> frozenset[str]:
    """Return the columns that a row of a kind takes."""
    return frozenset({**_COMMON, **_TIDY[kind]})


def _kind(given: Mapping[str, Any], kind_of: Mapping[str, str]) -> str:
    """Return the kind a row names, or the one that its item always has."""
    if "kind" in given:
        return as_word(given["kind"]).casefold()
    item = as_word(given.get("item"))
    return kind_of.get(item) or ("rating" if "/" in item else "")


def _kind_advice(given: Mapping[str, Any], kind_of: Mapping[str, str]) -> str:
    if "kind" in given:
        kind = as_word(given["kind"])
        return f"unknown kind {shown(kind)}{nearest(kind, KINDS)}; the kinds are {quoted(KINDS)}"
    item = as_word(given.get("item"))
    if item:
        return f"unknown item {shown(item)}{nearest(item, kind_of)}; `equityrules template` lists what is read"
    return "the row has a value but names no item; say what the value is of"


def _take_percentage(fields: dict[str, Any], columns: dict[str, str]) -> None:
    """Read "43.2%" among the answers as what it says it is: a percentage."""
    answers = fields.get("yes")
    if isinstance(answers, str) and answers.strip().endswith("%") and "percent" not in fields:
        fields["percent"] = fields.pop("yes")
        columns["percent"] = columns["yes"]


def _listed(value: object) -> object:
    return [part.strip() for part in value.split(";") if part.strip()] if isinstance(value, str) else value


# --- votes -------------------------------------------------------------------------------------------------------


def _with_votes_gathered(rows: Iterable[Row], problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows with the votes of each group of raters in one row: votes by grade, and the stated total."""
    polls: dict[object, Poll] = {}
    for row in rows:
        if row.kind != "votes" or row.cut:
            yield row
            continue
        key = tuple(as_word(row.fields.get(name)) for name in ("organisation", "code", "period", "about", "by", "date"))
        polls.setdefault(key, Poll(row)).add(row, problems)
    for poll in polls.values():
        yield poll.row()


@define
class Poll:
    """The votes of one group of raters, gathered from its rows, the first of which says where they stand."""

    first: Row
    votes: dict[str, object] = field(factory=dict)
    totals: list[object] = field(factory=list)

    def add(self, row: Row, problems: list[Problem]) -> None:
        """Take in one row: the votes for a grade, or the stated total; each may be given once."""
        grade = as_word(row.fields.get("grade"))
        if not grade:
            message = "the row does not say for which grade the votes are; name the grade, or 'stated total'"
            problems.append(row.problem(message, "grade"))
        elif grade in self.votes or (grade.casefold() in _STATED_TOTAL and self.totals):
            message = f"votes for {shown(grade)} are given twice, here and in the rows from {self.first.where} on"
            advice = "keep one of them, or say under 'by' which group of raters each is from"
            problems.append(row.problem(f"{message}; {advice}", "grade"))
        elif grade.casefold() in _STATED_TOTAL:
            self.totals.append(row.fields.get("count"))
        else:
            self.votes[grade] = row.fields.get("count")

    def row(self) -> Row:
        """Return one row for them all."""
        fields = {name: value for name, value in self.first.fields.items() if name not in ("grade", "count")}
        fields |= {"votes": self.votes} if self.votes else {}
        fields |= {"stated_total": self.totals[0]} if self.totals else {}
        columns = {**self.first.columns, "votes": "column value", "stated_total": "column value"}
        return evolve(self.first, fields=fields, columns=columns)
