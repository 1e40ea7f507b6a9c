"""Kinds of measure: how a value is worked out from evidence.

A kind is a frozen class: its fields are what the vocabulary gives, its `observe` works the value out.
"""

from equityrules.measures.changes import Change
from equityrules.measures.differences import AgainstBenchmark, Difference
from equityrules.measures.disparity import DisparityRatio
from equityrules.measures.margins import Margin, margin
from equityrules.measures.ratios import RelativeLikelihood
from equityrules.measures.relative_gaps import ChangeInSize, RelativeGap
from equityrules.measures.representation import Representation, TargetShortfall
from equityrules.measures.shares import GroupShare, Share
from equityrules.measures.values import MeanScore, Value

KINDS = {
    kind.kind: kind
    for kind in (
        Share, Value, GroupShare, RelativeLikelihood, DisparityRatio, Difference, AgainstBenchmark, MeanScore,
        Representation, TargetShortfall, Change, RelativeGap, ChangeInSize,
    )
}  # fmt: skip
"""The kinds of measure that the engine knows by itself."""

__all__ = ["KINDS", "Change", "GroupShare", "Margin", "Share", "Value", "margin"]
