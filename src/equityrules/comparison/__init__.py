"""What moved: between assessments over time, and between editions of a framework."""

from equityrules.comparison.assessments import Comparison, Direction, FigureMove, Move, Why, compare
from equityrules.comparison.editions import RuleChange, compare_editions

__all__ = ["Comparison", "Direction", "FigureMove", "Move", "RuleChange", "Why", "compare", "compare_editions"]
