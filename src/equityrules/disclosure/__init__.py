"""Small numbers: what of an assessment may be published, and what would give a hidden count away."""

from equityrules.disclosure.policy import MARK, Policy
from equityrules.disclosure.publishing import NOT_FOR_PUBLICATION, Published, for_internal_use, publish
from equityrules.disclosure.run import Case

__all__ = ["MARK", "NOT_FOR_PUBLICATION", "Case", "Policy", "Published", "for_internal_use", "publish"]
