"""What is wrong with an input, where, and what to do; always all of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from attrs import frozen


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
        """The line a user reads: file, place, what is wrong."""
        place = f"{self.file}  {self.where}" if self.where else self.file
        return f"{place}: {self.message}"


class InvalidInputError(Exception):
    """Evidence, a framework or a profile that cannot be used; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they were found."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def nearest(name: str, known: Iterable[str]) -> str:
    """Return " (did you mean 'x'?)" for the known name most like `name`, or an empty string."""
    by_folded = {choice.casefold(): choice for choice in known}
    matches = get_close_matches(name.casefold(), list(by_folded), n=1, cutoff=0.6)
    return f" (did you mean '{by_folded[matches[0]]}'?)" if matches else ""


def quoted(names: Iterable[str]) -> str:
    """Return names as a readable list: "a, b or c"."""
    listed = list(names)
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " or " + listed[-1] if listed else "none"
