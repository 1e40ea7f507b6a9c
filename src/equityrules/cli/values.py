"""Options as people write them, to values; what cannot be read exits 2 naming the option."""

from __future__ import annotations

import datetime as dt

from equityrules.cli.common import USAGE, fail
from equityrules.model.basis import Basis
from equityrules.model.period import Period, parse_date, parse_period
from equityrules.model.problems import nearest, quoted


def read_period(text: str | None) -> Period | None:
    """Return --period."""
    try:
        return parse_period(text) if text else None
    except ValueError as error:
        fail(f"--period: {error}", USAGE)


def read_date(text: str | None) -> dt.date | None:
    """Return --as-of."""
    try:
        return parse_date(text) if text else None
    except ValueError as error:
        fail(f"--as-of: {error}", USAGE)


def read_basis(text: str | None) -> Basis | None:
    """Return --basis, in any case and with hyphens or spaces."""
    if text is None:
        return None
    words = text.replace("-", " ").casefold()
    known = [one.value for one in Basis]
    if words not in known:
        fail(f"--basis: '{text}' is not a basis{nearest(words, known)}; write {quoted(known)}", USAGE)
    return Basis(words)
