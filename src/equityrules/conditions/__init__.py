"""Kinds of condition: tests on the evidence."""

from equityrules.conditions.bands import Part, Reported, Within
from equityrules.conditions.composites import IfGiven, SomeOf, kleene_some, outcome_of
from equityrules.conditions.statements import Attested
from equityrules.conditions.thresholds import Comparator, Threshold, compare

__all__ = [
    "Attested", "Comparator", "IfGiven", "Part", "Reported", "SomeOf", "Threshold", "Within", "compare", "kleene_some",
    "outcome_of",
]  # fmt: skip
