"""Reads the number in a cell of a plan."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"(?<![\w.,/-])-?(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,9})?(?![\w/]|[.,]\d)")
_PERCENT = re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d{1,3})?)\s?(?:%|per ?cent\b)", re.IGNORECASE)


def read_number(text: str) -> Decimal | None:
    """Return the number of a cell that holds exactly one ("57.4%", "below 1.00"); None where it has none or several."""
    found = [match[0] for match in _NUMBER.finditer(text)]
    return Decimal(found[0].replace(",", "")) if len(found) == 1 else None


def percentages(text: str) -> list[Decimal]:
    """Return the numbers that stand before a percent sign."""
    return [Decimal(found) for found in _PERCENT.findall(text)]
