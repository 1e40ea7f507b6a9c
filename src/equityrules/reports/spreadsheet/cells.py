"""What a cell of a workbook holds: a number, a day, text that is never a formula, or why there is nothing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from equityrules.model.finding import Reason
from equityrules.reports.words import plain

CONFIDENTIAL, NOT_AVAILABLE, NOT_APPLICABLE = "[c]", "[x]", "[z]"
SHORTHAND = {
    CONFIDENTIAL: "Confidential: the number is too small to publish, or would give away one that is.",
    NOT_AVAILABLE: "Not available: the evidence does not give it, or nothing can be said.",
    NOT_APPLICABLE: "Not applicable: there can be no value here.",
}
"""What the shorthand means, which the Analysis Function suggests for statistics in spreadsheets."""

LONGEST = 32_767
"""How many characters a cell can hold, as Excel counts them: by the halves of UTF-16."""

Value = str | Fraction | Decimal | int | date | None
"""What a cell is written from; None is what is not available."""

_TOO_SMALL = "numbers too small to publish"
_CUT = " ... [cut: a cell holds no more; the JSON and Word reports have all of it]"
_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def cell_text(text: str) -> str:
    """Return text as a cell can hold it: its lines without control characters, and not too long."""
    said = "\n".join(filter(None, map(plain, _LINE_END.split(text))))
    if _length(said) <= LONGEST:
        return said
    room = LONGEST - len(_CUT)
    kept = said.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
    return kept + _CUT


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def or_shorthand(value: Value, reason: Reason | None = None) -> Value:
    """Return a value, or the shorthand for why there is none; text that is blank is not available."""
    if value is not None and (not isinstance(value, str) or cell_text(value)):
        return value
    if reason is not None and str(reason) == _TOO_SMALL:
        return CONFIDENTIAL
    return NOT_APPLICABLE if reason is Reason.NOT_APPLICABLE else NOT_AVAILABLE
