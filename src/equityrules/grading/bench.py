"""What grading works with: a framework, the awards of one period, and the weakest basis that counts."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from equityrules.grading.awards import Award, AwardBook, Bounds, stated_award, tally, voted_award
from equityrules.grading.services import group_service_points, service_names, services_award
from equityrules.model.basis import Basis
from equityrules.model.framework import Criterion, CriterionGroup, Framework, Method, RollUpRule
from equityrules.model.scale import Scale


@frozen
class Bench:
    """What grading works with: the framework, the awards of the period, and the weakest basis that counts."""

    framework: Framework
    book: AwardBook
    level: Basis | None = None

    def about(self, criterion_id: str) -> str:
        """Return what evidence calls a criterion: "eds/2A"."""
        return f"{self.framework.id}/{criterion_id}"

    def scale_of(self, about: str) -> Scale:
        """Return the scale that an award is on: the criterion's own, else the framework's."""
        scales = {self.about(one.id): one.scale for one in self.framework.criteria}
        return scales.get(about, self.framework.scale)

    def decided(self, about: str) -> bool:
        """Whether a rating was stated or votes were cast on something."""
        return about in self.book.stated or about in self.book.votes

    def without(self, about: str) -> Bench:
        """Return the bench as it would be had nobody decided about this one thing."""
        stated = {name: rating for name, rating in self.book.stated.items() if name != about}
        votes = {name: polls for name, polls in self.book.votes.items() if name != about}
        return evolve(self, book=evolve(self.book, stated=stated, votes=votes))

    def judged(self, rule: Method | RollUpRule | None) -> bool:
        """Whether there is such a method, on a basis strong enough to count."""
        return rule is not None and rule.basis.at_least(self.level)

    def stated(self, about: str, scale: Scale, scored: bool = False) -> Award | None:
        """Return the stated rating of something as an award."""
        rating = self.book.stated.get(about)
        return None if rating is None else stated_award(rating, scale, scored)

    def voted(self, about: str, scale: Scale) -> Award | None:
        """Return what the votes on something decide; None where there are none or no method that counts."""
        method, polls = self.framework.methods.votes, self.book.votes.get(about)
        return None if polls is None or method is None or not self.judged(method) else voted_award(polls, scale, method)

    def votes_on(self, about: str) -> Mapping[str, int]:
        """Return the votes that were cast on something by the id of the grade, the lowest grade first."""
        polls = self.book.votes.get(about)
        if not polls:
            return {}
        votes = tally(polls)
        return {grade.id: votes[grade.id] for grade in self.scale_of(about).grades if grade.id in votes}

    def criterion_award(self, criterion: Criterion) -> Award | None:
        """Return the stated rating of a criterion, else its services', else what its votes decide."""
        about, scale = self.about(criterion.id), criterion.scale
        if about in self.book.stated:
            return self.stated(about, scale, scored=True)
        names = self.services(self.framework.group_by_id[criterion.group])
        by_services = services_award(self.framework, criterion, names, self.book) if names else None
        return by_services or self.voted(about, scale)

    def services(self, group: CriterionGroup) -> tuple[str, ...]:
        """Return the services whose ratings count for a group; none where no method that counts says how."""
        judged = group.services and self.judged(self.framework.methods.services)
        return service_names(self.framework, group, self.book) if judged else ()

    def service_points(self, group: CriterionGroup) -> Mapping[str, Bounds]:
        """Return a group's points by each method for services; none where the services do not decide them.

        They do not where any criterion has a rating that stands for all services: then the criteria add up.
        """
        names = self.services(group)
        rated_for_all = any(self.about(criterion) in self.book.stated for criterion in group.criteria)
        if not names or rated_for_all or self.framework.scale.lowest.points is None:
            return {}
        return group_service_points(self.framework, group, names, self.book)
