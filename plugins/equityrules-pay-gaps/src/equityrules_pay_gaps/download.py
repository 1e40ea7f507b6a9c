"""A reader of evidence: what employers published, as the gender pay gap service gives it for download, a year a file.

The columns are those of the service's own code, github.com/cabinetoffice/gender-pay-gap, DownloadResult.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from equityrules import InvalidInputError
from equityrules.loading.documents import decode, read_bytes
from equityrules.model.problems import ENOUGH, Problem, nearest, shown

from .lines import SHEET, NotCsvError, header_of, lines_of

NAME, NUMBER, DUE, LATE, SENT = "EmployerName", "EmployerId", "DueDate", "SubmittedAfterTheDeadline", "DateSubmitted"
_QUARTERS = {"Lower": "lower", "LowerMiddle": "lower_middle", "UpperMiddle": "upper_middle", "Top": "upper"}
_SEXES = {"Male": "men", "Female": "women"}
FIGURES: Mapping[str, dict[str, str]] = {
    "DiffMeanHourlyPercent": {"item": "pay_gap_mean_hourly_sex"},
    "DiffMedianHourlyPercent": {"item": "pay_gap_median_hourly_sex"},
    "DiffMeanBonusPercent": {"item": "pay_gap_mean_bonus_sex"},
    "DiffMedianBonusPercent": {"item": "pay_gap_median_bonus_sex"},
    **{f"{sex}BonusPercent": {"item": "bonus_received", "sex": group} for sex, group in _SEXES.items()},
    **{
        f"{sex}{name}Quartile": {"item": f"pay_quarter_{group}", "pay_quarter": quarter}
        for name, quarter in _QUARTERS.items()
        for sex, group in _SEXES.items()
    },
}
"""What each column is a figure of."""

_KNOWN_BY = (NAME, "DiffMedianHourlyPercent")
_NEEDED = (NAME, DUE, *FIGURES)
_NUMBER = re.compile(r"-?\d{1,6}(\.\d{1,6})?", re.ASCII)
_YEAR = re.compile(r"20\d\d", re.ASCII)
_MISSING = ("", "null", "na", "n/a")


def read_download(path: Path) -> list[dict[str, Any]] | None:
    """Return the figures of every employer in a file of the service, or None where the file is not one.

    Raises InvalidInputError with every mistake and its row and column.
    """
    if not set(_KNOWN_BY) <= set(header_of(path)):
        return None
    problems: list[Problem] = []
    rows = list(_rows(decode(read_bytes(path), path.name), path.name, problems))
    if problems:
        raise InvalidInputError(problems)
    return rows


def _rows(text: str, file: str, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    """Yield tidy rows for each employer; what does not hold leaves a problem."""
    try:
        (_, header), *lines = lines_of(text)
    except NotCsvError as error:
        problems.append(Problem(file, f"row {error.row}", str(error)))
        return
    names = [name.strip() for name in header]
    problems.extend(Problem(file, "header", message) for message in _lacking(names))
    employers = (
        [] if problems else [(row, dict(zip(names, map(str.strip, cells), strict=False))) for row, cells in lines]
    )
    times = Counter(given.get(NAME, "") for _, given in employers)
    for row, given in employers:
        if len(problems) >= ENOUGH:
            return
        faults = [*_faults(given, names)]
        problems.extend(Problem(file, f"row {row}{column}", message) for column, message in faults)
        if not faults:
            yield from _of_employer(given, times[given[NAME]] > 1)


def _lacking(names: Sequence[str]) -> Iterator[str]:
    for name in _NEEDED:
        if name not in names:
            yield f"lacks the column '{name}'{nearest(name, names)}; keep the columns of the service's download"


def _faults(given: Mapping[str, str], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a row, with the column as it is written after the row."""
    if len(given) < len(set(names)):
        yield "", f"has fewer cells than the heading, so figures may be lost; {SHEET}"
        return
    if not given[NAME]:
        yield f", column {NAME}", "is empty; write the employer's name"
    if not _YEAR.search(given[DUE]):
        yield f", column {DUE}", "holds no year, and the figures are of the year before it; keep the service's date"
    for column in FIGURES:
        value = given[column]
        if value.casefold() not in _MISSING and not _NUMBER.fullmatch(value):
            message = f"{shown(value)} is no percentage; write digits only, or leave it empty if it was not published"
            yield f", column {column}", message


def _of_employer(given: Mapping[str, str], namesake: bool) -> Iterator[dict[str, Any]]:
    """Yield the figures of one employer; one of several of a name is told apart by the service's number."""
    snapshot = _snapshot_year(given[DUE])
    about = {
        "organisation": f"{given[NAME]} ({given.get(NUMBER, '')})" if namesake else given[NAME],
        "period": f"{snapshot - 1}/{snapshot % 100:02}",
        "source": f"gender pay gap service, figures of {snapshot}",
    }
    for column, figure in FIGURES.items():
        if given[column].casefold() not in _MISSING:
            yield {**about, "kind": "figure", **figure, "value": given[column]}
    yield from _published(given, about)


def _snapshot_year(due: str) -> int:
    """Return the year of the snapshot: figures are due in the year after it."""
    return int(_YEAR.findall(due)[0]) - 1


def _published(given: Mapping[str, str], about: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield whether the figures were sent in time, where the file says so."""
    status = {"false": "in place", "true": "not in place"}.get(given.get(LATE, "").casefold())
    if status:
        late = "after the deadline" if status == "not in place" else "in time"
        note = f"sent to the service {late}: {given.get(SENT, '')}".rstrip(": ")
        yield {**about, "item": "pay.gender_gap_published", "value": status, "note": note}
