"""What is wanting where a report or a file needs a library that only an extra of this package brings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class MissingExtraError(ImportError):
    """A library is not installed; the message names the extra that brings it and the command that installs that."""


@contextmanager
def brought_by(extra: str, what: str) -> Iterator[None]:
    """Import libraries of an extra inside; raises MissingExtraError for one that is not there.

    `what` is what needs them, in the plural: "Word reports".
    """
    try:
        yield
    except ModuleNotFoundError as error:
        advice = (
            f"install it with: pip install 'equityrules[{extra}]' ([desk] brings all that reports and workbooks need)"
        )
        raise MissingExtraError(f"{what} need the library {error.name}, which is not installed; {advice}") from error
