"""The frameworks that are loaded, by id and edition, with the vocabulary and measures they share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from equityrules.loading.crosswalk import links_of
from equityrules.model.crosswalk import Link, Relation
from equityrules.model.framework import Framework
from equityrules.model.kinds import Measure
from equityrules.model.plan_rules import PlanRules
from equityrules.model.problems import nearest, quoted
from equityrules.model.vocabulary import Vocabulary
from equityrules.plugins import Plugins


@frozen(eq=False)
class Frameworks(Mapping[str, Framework]):
    """Frameworks by "id@edition"; an id alone names its only edition, or the only current one."""

    by_ref: Mapping[str, Framework]
    vocabulary: Vocabulary
    measures: Mapping[str, Measure]
    plugins: Plugins = field(repr=False)
    relations: tuple[Relation, ...] = field(default=(), repr=False)
    plan_rules: PlanRules = field(factory=PlanRules, repr=False)

    def __getitem__(self, name: str) -> Framework:
        """Return a framework by "id@edition", or by id where one of its editions is the current one.

        Raises KeyError naming the nearest, or the editions there are.
        """
        if name in self.by_ref:
            return self.by_ref[name]
        editions = self.editions(name)
        current = [one for one in editions if one.status == "current"] if len(editions) > 1 else editions
        if len(current) == 1:
            return current[0]
        if editions:
            raise KeyError(f"'{name}' has several editions; name one of {quoted(one.ref for one in editions)}")
        raise KeyError(f"there is no framework '{name}'{nearest(name, [*self.by_ref, *self.ids()])}")

    def __iter__(self) -> Iterator[str]:
        """Yield every "id@edition"."""
        return iter(self.by_ref)

    def __len__(self) -> int:
        """Return how many editions are loaded."""
        return len(self.by_ref)

    def ids(self) -> tuple[str, ...]:
        """Return the ids, each once."""
        return tuple(dict.fromkeys(framework.id for framework in self.by_ref.values()))

    def editions(self, framework_id: str) -> tuple[Framework, ...]:
        """Return the editions of an id, oldest first."""
        found = [framework for framework in self.by_ref.values() if framework.id == framework_id]
        return tuple(sorted(found, key=lambda one: (one.in_force_from or dt.date.min, one.edition)))

    def resolve(self, name: str, day: dt.date) -> Framework:
        """Return the framework that `name` means for a period that ends on `day`, and how it was chosen.

        "id@edition" names one; an id alone means the edition in force on that day, never a draft and never just the
        latest. Raises KeyError with what to write instead.
        """
        if "@" in name:
            return evolve(self[name], chosen="named by edition")
        editions = self.editions(name)
        if not editions:
            raise KeyError(f"there is no framework '{name}'{nearest(name, [*self.by_ref, *self.ids()])}")
        usable = [one for one in editions if one.in_force(day) and one.status != "draft"]
        if len(usable) == 1:
            return evolve(usable[0], chosen=f"the edition in force on {day}")
        spans = "; ".join(_span(one) for one in editions)
        found = "more than one edition" if usable else "no edition"
        advice = f"name the edition to apply, as in -f {editions[-1].ref}"
        raise KeyError(f"{found} of '{name}' was in force on {day} ({spans}); {advice}")

    def crosswalk(self, framework: str | Framework, criterion_id: str) -> tuple[Link, ...]:
        """Return where else the evidence of a criterion counts: declared relations, then criteria that share items.

        Evidence crosses, grades never do. `framework` is one of these, or its "id@edition" or id. Raises KeyError
        naming the nearest.
        """
        chosen = self[framework] if isinstance(framework, str) else framework
        if criterion_id not in chosen.ids():
            word = chosen.word("criterion")
            raise KeyError(f"{chosen.ref} has no {word} '{criterion_id}'{nearest(criterion_id, chosen.ids())}")
        return links_of(self.by_ref, self.relations, chosen, chosen.criterion(criterion_id))

    def dimensions_of(self, measure: str) -> tuple[str, ...]:
        """Return the dimensions by which a measure can be observed."""
        return tuple(
            dict.fromkeys(
                name for item in self.measures[measure].items for name in self.vocabulary.items[item].dimensions
            )
        )


def _span(framework: Framework) -> str:
    if framework.in_force_from is None:
        return f"{framework.ref} has no start date"
    end = f" to {framework.in_force_to}" if framework.in_force_to else ""
    draft = ", a draft" if framework.status == "draft" else ""
    return f"{framework.ref} from {framework.in_force_from}{end}{draft}"
