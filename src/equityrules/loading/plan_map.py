"""Which column of a plan holds what: by a map in TOML, or by the headings that plans commonly have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from attrs import field, frozen

from equityrules.loading.documents import decode, parse_toml, read_bytes
from equityrules.loading.structuring import make_converter, structure_file
from equityrules.model.period import Period
from equityrules.model.plan import CELLS, PlanStatus
from equityrules.model.problems import InvalidInputError, Problem, nearest, quoted, shown

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "ref", "reference", "no", "number", "action id", "action no", "action number", "item", "item no",
        "row id",
    ),
    "aim": ("aim", "aims", "strategic aim", "objective", "goal", "theme", "strategic objective", "outcome sought"),
    "section": ("section", "workstream", "area"),
    "criteria": (
        "criteria", "criterion", "metric", "metrics", "indicator", "indicators", "metrics link", "metric link",
        "link", "links to", "framework", "standard",
    ),
    "position": ("current position", "position", "where are we now", "current state", "current position summary"),
    "measure": ("measure", "measures", "kpi", "metric measured", "outcome measure", "how will we measure this"),
    "baseline": ("baseline", "baseline value", "current value", "starting point", "baseline figure"),
    "unit": ("unit", "current unit", "baseline unit"),
    "target": ("target", "target value", "target figure", "ambition"),
    "target_rule": ("target rule", "direction", "target direction"),
    "success": (
        "success measure", "measure of success", "success criteria", "what will success look like",
        "expected outcome",
    ),
    "action": (
        "action", "actions", "action required", "activity", "what we will do", "planned action", "title", "task",
    ),
    "due": (
        "due", "due date", "deadline", "by when", "timescale", "timescales", "target date", "completion date", "when",
    ),
    "lead": (
        "lead", "leads", "owner", "responsible", "action owner", "lead officer", "accountable", "who", "by whom",
        "responsibility",
    ),
    "governance": ("governance", "oversight", "committee", "reporting to", "monitored by"),
    "status": ("status", "rag", "brag", "rag rating", "brag rating", "rag status", "brag status", "grade"),
    "actual": ("actual", "actual value", "latest value", "result", "achieved value"),
    "update": ("update", "progress", "progress update", "latest update", "comments", "commentary"),
    "note": ("note", "notes", "uncertainty"),
}  # fmt: skip
"""The headings that are known for each name of `CELLS`, as they are compared."""

_ALIKE = 0.87


@frozen
class PlanMap:
    """How one plan's file is to be read, as its map says.

    `columns` are headings by the names of `CELLS`, several of one name are joined; `of` says for a column of bare
    numbers which framework they are of; `means` settles names that several frameworks have; `status` gives the plan's
    own words for a status; `heading_rows` are the ids of rows that only name those below.
    """

    title: str = ""
    source: str = ""
    written: Period | None = None
    left_out: tuple[str, ...] = ()
    heading_rows: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(factory=dict)
    of: Mapping[str, str] = field(factory=dict)
    means: Mapping[str, str] = field(factory=dict)
    status: Mapping[str, str] = field(factory=dict)
    file: str = ""

    @property
    def statuses(self) -> Mapping[str, PlanStatus]:
        """The plan's own words for a status, in small letters."""
        return {word.casefold(): PlanStatus(one) for word, one in self.status.items()}


def read_map(path: Path) -> PlanMap:
    """Return a map. Raises InvalidInputError with every problem in it."""
    document = parse_toml(decode(read_bytes(path), path.name), path.name)
    columns = document.get("columns")
    if isinstance(columns, Mapping):
        listed = {name: [one] if isinstance(one, str) else one for name, one in columns.items()}
        document = {**document, "columns": listed}
    made = structure_file(make_converter(), {**document, "file": path.name}, PlanMap, path.name)
    problems = [Problem(path.name, where, message) for where, message in _faults(made)]
    if problems:
        raise InvalidInputError(problems)
    return made


def _faults(made: PlanMap) -> list[tuple[str, str]]:
    faults = [
        (where, f"{shown(name)} is nothing that a plan's column holds{nearest(name, CELLS)}; write {quoted(CELLS)}")
        for where, names in (("columns", made.columns), ("left_out", made.left_out))
        for name in names
        if name not in CELLS
    ]
    for word, status in made.status.items():
        if status not in list(PlanStatus):
            near = nearest(status, PlanStatus)
            faults.append((f"status {word}", f"unknown status {shown(status)}{near}; write {quoted(PlanStatus)}"))
    return faults


def fold_heading(text: str) -> str:
    """Return a heading as it is compared: small letters and single spaces, without marks and what is in brackets."""
    plain = re.sub(r"\(.*?\)|\[.*?\]", " ", text.casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def columns_of(header: Sequence[str], made: PlanMap, file: str) -> dict[str, list[int]]:
    """Return the columns of each name of `CELLS`, by a map or, without one, by what the headings are most like.

    Raises InvalidInputError where a map names a column that is not there, or no column holds the actions.
    """
    found = _mapped(header, made, file) if made.columns else _guessed(header)
    if "action" not in found:
        known = quoted(HEADINGS["action"][:4])
        listed = quoted([one for one in header if one.strip()][:12])
        message = f"no column holds the actions; head it {known}, or say which it is in a map (columns: {listed})"
        raise InvalidInputError([Problem(file, "header", message)])
    return found


def _mapped(header: Sequence[str], made: PlanMap, file: str) -> dict[str, list[int]]:
    folded = [fold_heading(one) for one in header]
    problems, found = [], dict[str, list[int]]()
    wanted = [(name, column) for name, columns in made.columns.items() for column in columns]
    for name, column in (*wanted, *(("", one) for one in made.of)):
        if fold_heading(column) not in folded:
            near = nearest(column, [one for one in header if one.strip()])
            where = f"columns {name}" if name else f"of {column}"
            problems.append(
                Problem(made.file, where, f"{file} has no column {shown(column)}{near}; correct the heading")
            )
        elif name:
            found.setdefault(name, []).append(folded.index(fold_heading(column)))
    if problems:
        raise InvalidInputError(problems)
    return found


def _guessed(header: Sequence[str]) -> dict[str, list[int]]:
    """Return the columns by their headings: those that are just a known one first, then those very like one."""
    found: dict[str, list[int]] = {}
    owners = {heading: name for name, headings in HEADINGS.items() for heading in headings}
    folded = {number: fold_heading(one) for number, one in enumerate(header)}
    for number, heading in folded.items():
        if (name := owners.get(heading)) and name not in found:
            found[name] = [number]
    for number, heading in folded.items():
        taken = [number in numbers for numbers in found.values()]
        close = get_close_matches(heading, list(owners), n=1, cutoff=_ALIKE) if heading and not any(taken) else []
        if close and owners[close[0]] not in found:
            found[owners[close[0]]] = [number]
    return found
