"""What is wrong with an input, where, and what to do; all of it at once, and never so much that nobody reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from attrs import evolve, frozen

MOST_LISTED = 50
"""Problems listed for one run; more than these nobody reads before mending the first."""

ENOUGH = 200
"""Problems after which reading stops: the files are then not what they should be."""

_SHOWN = 60
_LONGEST = 1000
_REPEATS = 3


@frozen
class Problem:
    """One fault in an input file.

    `file` is the name the user knows, `where` the line, column or path inside it, `message` what is wrong
    and what to do about it.
    """

    file: str
    where: str
    message: str

    def __str__(self) -> str:
        """The line a user reads: file, place, what is wrong; on one line whatever the file holds."""
        place = f"{self.file}  {_cut(self.where, 2 * _SHOWN)}" if self.where else self.file
        return _printable(f"{place}: {_cut(self.message, _LONGEST)}")


class InvalidInputError(Exception):
    """Evidence, a framework or a profile that cannot be used; carries every problem, or the first of very many."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they were found, each once."""
        self.problems = tuple(_listed(list(dict.fromkeys(problems))))
        super().__init__("\n".join(map(str, self.problems)))


def _listed(problems: list[Problem]) -> list[Problem]:
    """Return what is told: one line for the same fault in many places, and no more lines than anybody reads."""
    together = _together(problems)
    if len(together) <= MOST_LISTED:
        return together
    shown, left = together[: MOST_LISTED - 1], together[MOST_LISTED - 1 :]
    number = f"{'at least ' if len(problems) >= ENOUGH else ''}{len(left)}"
    files = ", ".join(list(dict.fromkeys(problem.file for problem in left))[:3])
    return [*shown, Problem(files, "", f"and {number} more problems; mend those above first, then try again")]


def _together(problems: list[Problem]) -> list[Problem]:
    """Return the problems with those that say the same of one file, in more than a few places, as one."""
    same: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        same.setdefault((problem.file, problem.message), []).append(problem)
    return [one for group in same.values() for one in (group if len(group) <= _REPEATS else [_as_one(group)])]


def _as_one(group: list[Problem]) -> Problem:
    first = group[0]
    others = "; ".join(problem.where for problem in group[1:3] if problem.where)
    examples = f", such as {_cut(others, 2 * _SHOWN)}" if others else ""
    return evolve(first, message=f"{first.message} (the same in {len(group) - 1} more places{examples})")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return " (did you mean 'x'?)" for the known name most like `name`, or an empty string."""
    if len(name) > _SHOWN:
        return ""
    by_folded = {choice.casefold(): choice for choice in known}
    matches = get_close_matches(name.casefold(), list(by_folded), n=1, cutoff=0.6)
    return f" (did you mean '{by_folded[matches[0]]}'?)" if matches else ""


def quoted(names: Iterable[str]) -> str:
    """Return names as a readable list: "a, b or c"."""
    listed = list(names)
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " or " + listed[-1] if listed else "none"


def shown(value: object) -> str:
    """Return a value as messages quote it: text in quotation marks and cut short, tables and lists by name only."""
    if isinstance(value, str):
        return f"'{_cut(value, _SHOWN)}'"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple | set | frozenset):
        return "a list"
    if isinstance(value, int) and value.bit_length() > 4 * _SHOWN:
        return "a number of very many digits"
    return _cut(str(value), _SHOWN)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def _printable(text: str) -> str:
    """Return text with what a terminal would act on, or break the line at, made visible."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "�" for one in text)
