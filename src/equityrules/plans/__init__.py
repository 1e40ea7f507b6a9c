"""Action plans: reading what they cite, checking them, and drafting one from gaps."""

from equityrules.plans.checking import PlanReview, check_plan
from equityrules.plans.codes import CODES, Code
from equityrules.plans.drafting import draft_plan
from equityrules.plans.remarks import PlanRemark

__all__ = ["CODES", "Code", "PlanRemark", "PlanReview", "check_plan", "draft_plan"]
