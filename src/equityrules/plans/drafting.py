"""Writes gaps as an action plan: what is known is filled in, what people decide is left to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equityrules.model.finding import Finding, Observation
from equityrules.model.numbers import with_unit
from equityrules.model.plan import Plan
from equityrules.model.plan_rules import PlanRules
from equityrules.model.result import Assessment, CriterionResult
from equityrules.plans.lines import LineReader
from equityrules.priorities import Priorities, Serves, Settles, Step

DRAFTED = (
    "id", "aim", "criteria", "position", "measure", "baseline", "target", "action",
    "due", "lead", "governance", "status",
)  # fmt: skip
"""The columns of a draft; the last four are for people to fill in."""

_MOST_LISTED = 4


def draft_plan(priorities: Priorities, rules: PlanRules) -> Plan:
    """Return the gaps of one organisation as an action plan, most effect first.

    What is known to be short comes first, a line for each step; then what is not known, a line for each criterion.
    """
    draft = _Draft(priorities, rules)
    reader = LineReader(rules)
    texts = [*map(draft.step, draft.known()), *draft.unknown()]
    lines = (reader.read({"id": str(number), **cells}, number + 1, {}) for number, cells in enumerate(texts, 1))
    first = priorities.assessments[0]
    return Plan(title=f"{first.organisation}: draft action plan, {first.period}", lines=tuple(lines), has=DRAFTED)


class _Draft:
    """The texts of the lines of one draft."""

    def __init__(self, priorities: Priorities, rules: PlanRules) -> None:
        self._priorities = priorities
        self._rules = rules

    def known(self) -> list[Step]:
        """Return the steps for which more than evidence is wanting."""
        return [step for step in self._priorities.steps if not step.collected]

    def step(self, step: Step) -> dict[str, str]:
        """Return the cells for one step."""
        first = step.serves[0]
        texts = "; ".join(dict.fromkeys(one.text for one in step.serves if one.text))
        enough = f"; enough would be: {step.text}" if step.levers else ""
        return {
            **self._about(step.serves),
            "position": _one_line(first.because),
            "measure": self._measure(first) or texts,
            "baseline": self._baseline(first),
            "target": f"{texts} ({first.leads_to.label})" if texts else first.leads_to.label,
            "action": f"Close the gap in {first.name}{enough}",
        }

    def unknown(self) -> Iterator[dict[str, str]]:
        """Yield the cells for each criterion of which too little is known."""
        gathered: dict[tuple[str, str], list[Serves]] = {}
        for step in self._priorities.steps:
            for serves in step.serves if step.collected else ():
                gathered.setdefault((str(serves.framework), serves.criterion), []).append(serves)
        for found in gathered.values():
            texts = list(dict.fromkeys(one.text for one in found if one.text))
            yield {
                **self._about(found[:1]),
                "position": "Not known: there is no evidence, or it is out of date",
                "measure": _listed(texts) or found[0].name,
                "target": f"Everything that {found[0].leads_to.label} asks for is shown",
                "action": self._to_find_out(found[0]),
            }

    def _to_find_out(self, serves: Serves) -> str:
        """Return what is to be put in place or collected for a criterion, and who usually holds it."""
        wanted = [one.item for one in self._priorities.collect if any(_is_of(two, serves) for two in one.settles)]
        practices = [one.text for one in wanted if one.kind == "statement"]
        figures = [one.text for one in wanted if one.kind != "statement"]
        holders = list(dict.fromkeys(one.holder for one in wanted if one.holder))
        said = [f"Put in place, or show that it is: {_listed(practices)}"] if practices else []
        said += [f"Collect and record: {_listed(figures)}"] if figures else []
        said += [f"usually held by: {_listed(holders)}"] if holders else []
        return "; ".join(said) or f"Find out and record what there is for {serves.name}"

    def _about(self, serves: Sequence[Serves]) -> dict[str, str]:
        named = dict.fromkeys(self._cited(one) for one in serves)
        return {"aim": self._aim(serves[0]), "criteria": "; ".join(named)}

    def _cited(self, serves: Serves) -> str:
        """Return a criterion as plans cite it, by name and number, or as evidence does where it has no number."""
        framework = self._rules.frameworks.get(serves.framework.id)
        if framework is None or not framework.names or not framework.words or not serves.criterion[0].isdigit():
            return f"{serves.framework.id}/{serves.criterion}"
        word = serves.framework.words.get("criterion", "")
        return " ".join(filter(None, (framework.name, word if word in framework.words else "", serves.criterion)))

    def _aim(self, serves: Serves) -> str:
        assessment, criterion = self._place(serves)
        titles = {group.id: group.title for group in assessment.groups}
        return titles.get(criterion.group, "") or assessment.framework.title

    def _place(self, serves: Serves) -> tuple[Assessment, CriterionResult]:
        assessment = next(one for one in self._priorities.assessments if one.framework == serves.framework)
        return assessment, next(one for one in assessment.criteria if one.id == serves.criterion)

    def _seen(self, serves: Serves) -> Observation | None:
        _, criterion = self._place(serves)
        findings: list[Finding] = [one for one in criterion.findings if one.requirement == serves.requirement]
        seen = [one for finding in findings for one in finding.observations if one.value is not None]
        return seen[0] if len(seen) == 1 else None

    def _measure(self, serves: Serves) -> str:
        seen = self._seen(serves)
        return seen.title if seen else ""

    def _baseline(self, serves: Serves) -> str:
        seen = self._seen(serves)
        return with_unit(seen.value, seen.unit) if seen and seen.value is not None else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _is_of(settles: Settles, serves: Serves) -> bool:
    return (settles.framework, settles.criterion) == (serves.framework, serves.criterion)


def _listed(texts: Sequence[str]) -> str:
    """Return texts as one, with the number of those left out where there are many."""
    more = f"; and {len(texts) - _MOST_LISTED} more" if len(texts) > _MOST_LISTED else ""
    return f"{'; '.join(texts[:_MOST_LISTED])}{more}"
