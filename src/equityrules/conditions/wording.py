"""Values in words, with what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from equityrules.model.finding import Interval, Observation, Rate
from equityrules.model.numbers import display, with_unit

_SMALL = Fraction(1, 1000)


def value_words(seen: Observation) -> str:
    """Return an observation's value with the numbers it rests on: "2.26 (95% interval 1.9 to 2.7)"."""
    value = shown_value(seen)
    found = "; ".join(_rests_on(seen))
    return f"{value} ({found})" if value and found else value or found


def shown_value(seen: Observation) -> str:
    """Return an observation's value by itself; a percentage that was given without counts, with its own decimals."""
    if seen.value is None:
        return ""
    as_given = seen.unit == "percent" and not seen.counts and not seen.rates
    return f"{display(seen.value)}%" if as_given else with_unit(seen.value, seen.unit)


def _rests_on(seen: Observation) -> Iterator[str]:
    if "yes" in seen.counts and "of" in seen.counts:
        yield f"{with_unit(seen.counts['yes'], '')} of {with_unit(seen.counts['of'], '')}"
    if seen.rates:
        yield ", ".join(rate_words(rate) for rate in seen.rates)
    if seen.rates and seen.interval:
        yield f"95% interval {interval_words(seen.interval, seen.unit)}"


def rate_words(rate: Rate) -> str:
    """Return what one group shows: "BME 9.2%"."""
    return f"{rate.group} {with_unit(rate.value, rate.unit)}"


def interval_words(interval: Interval, unit: str) -> str:
    """Return an interval: "1.9 to 2.7"."""
    return f"{display(interval.low, 1 if unit == 'percent' else 2)} to {with_unit(interval.high, unit)}"


def p_words(p: Fraction) -> str:
    """Return a probability as it is written: "p = 0.03", "p < 0.001"."""
    return "p < 0.001" if p < _SMALL else f"p = {display(p, 3)}"
