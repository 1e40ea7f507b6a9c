"""What is missing for the next grade, and what closes it."""

from equityrules.gaps.criteria import find_gaps, next_grade
from equityrules.gaps.overall import overall_gaps

__all__ = ["find_gaps", "next_grade", "overall_gaps"]
