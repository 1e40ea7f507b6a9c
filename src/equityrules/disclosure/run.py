"""One run over one organisation: which numbers to hide in all its assessments together, and what is then left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from equityrules.assessment import assess
from equityrules.disclosure.hiding import Choice, Table, choose_hidden
from equityrules.disclosure.numbers import Number, counts_in, number_of, stated
from equityrules.disclosure.policy import MARK, Policy
from equityrules.disclosure.protecting import Veil
from equityrules.disclosure.reads import Look, figure_relations, looks
from equityrules.disclosure.relations import sums
from equityrules.disclosure.rounding import rounded
from equityrules.disclosure.totals import with_totals
from equityrules.model.evidence import Entry, Evidence, InputFile
from equityrules.model.framework import Framework
from equityrules.model.numbers import counted
from equityrules.model.result import Assessment, Audience, Receipt
from equityrules.model.vocabulary import Cell, Vocabulary, cell_text


@frozen
class Case:
    """An assessment with the framework and the evidence it was made of."""

    framework: Framework
    evidence: Evidence
    assessment: Assessment

    def again(self, evidence: Evidence) -> Assessment:
        """Return the assessment of other evidence, made in the same way."""
        made, receipt = self.assessment, self.assessment.receipt
        level, aim = receipt.basis_level, receipt.target or None
        return assess(self.framework, evidence, made.period, made.as_of, basis=level, target=aim)

    def looks(self, evidence: Evidence) -> list[Look]:
        """Return what its measures look up in some evidence."""
        return list(looks(self.framework, evidence, self.assessment))


@frozen
class Run:
    """The assessments of one organisation that are published together, and the numbers they rest on.

    `body` is its evidence with the totals that figures ask for; `looks` is, case by case, what these are taken from.
    """

    cases: tuple[Case, ...]
    policy: Policy
    vocabulary: Vocabulary
    body: Evidence
    looks: tuple[tuple[Look, ...], ...]
    table: Table

    @classmethod
    def of(cls, cases: Sequence[Case], policy: Policy, before: Sequence[Evidence] = ()) -> Run:
        """Return the run of some assessments of one body of evidence; `before` is what was published before."""
        vocabulary, evidence = _vocabulary(cases), cases[0].evidence
        body = with_totals(evidence, (look for case in cases for look in case.looks(evidence)))
        found = tuple(tuple(case.looks(body)) for case in cases)
        return cls(tuple(cases), policy, vocabulary, body, found, _table(vocabulary, body, policy, before))

    def choose(self) -> Choice:
        """Return what to hide over all the assessments."""
        if self.policy.round_to:
            return self._choose_beside_rounding()
        if not self.table.below:
            return Choice(frozenset())
        values = self.table.values
        found = [look for own in self.looks for look in own]
        printed = {one.measure for case, own in self._by_case() if self._is_obliged(case) for one in own}
        return choose_hidden(self.table, [*sums(self.vocabulary, values), *figure_relations(found, values, printed)])

    def published(self, case: Case, choice: Choice) -> Assessment:
        """Return one of the assessments as it may be published."""
        receipt = self._receipt(case.assessment.receipt, choice)
        if not choice.numbers and not self.policy.round_to:
            return evolve(case.assessment, receipt=receipt)
        veiled = Veil(case.framework, self.policy).assessment(case.assessment, case.again(self._open(choice)))
        files = tuple(InputFile(one.name, "") for one in receipt.evidence)  # a digest is what a guess is tried on
        return evolve(veiled, receipt=evolve(receipt, evidence=files))

    def _choose_beside_rounding(self) -> Choice:
        """Return the numbers that rounding is not enough for.

        These are the small ones behind figures that print exactly, with all that such a figure rests on, and those
        whose rounding turns an outcome round: beside the true outcome they would say which way they were rounded.
        """
        small = self.table.below.keys()
        exact = [one for case, own in self._by_case() if self._is_obliged(case) for one in own]
        gone = {number for one in exact if not small.isdisjoint(one.numbers) for number in one.numbers}
        gone -= self.table.kept
        while more := self._turned(Choice(frozenset(gone))) - gone:
            gone |= more
        return Choice(frozenset(gone))

    def _turned(self, choice: Choice) -> set[Number]:
        """Return the numbers behind every finding and target that rounding turns round."""
        open_ = self._open(choice)
        found = set[Number]()
        for case, own in self._by_case():
            turned = set(_turned_round(case.assessment, case.again(open_)))
            for look in own:
                if any(look.measure == name and set(look.cell) <= set(cell) for name, cell in turned):
                    found.update(look.numbers)
        return found - self.table.kept

    def _is_obliged(self, case: Case) -> bool:
        return case.framework.id in self.policy.obliged

    def _by_case(self) -> Iterable[tuple[Case, tuple[Look, ...]]]:
        return zip(self.cases, self.looks, strict=True)

    def _open(self, choice: Choice) -> Evidence:
        """Return the evidence as it may be published: without what is hidden, and rounded where that is the policy."""
        body, policy = self.body, self.policy
        left = evolve(body, entries=tuple(_without(body.entries, choice.numbers)))
        if not policy.round_to:
            return left
        exempt = frozenset(name for name, item in self.vocabulary.items.items() if not policy.covers(item))
        return rounded(left, self.vocabulary, policy.round_to, exempt)

    def _receipt(self, receipt: Receipt, choice: Choice) -> Receipt:
        """Return a receipt that names the policy and what it did, without assumed values that are hidden."""
        assumed = tuple(_assumed(text, choice) for text in receipt.hypothetical)
        words = _words(self.policy, choice)
        return evolve(receipt, hypothetical=assumed, audience=Audience.PUBLICATION, disclosure=words)


def _vocabulary(cases: Iterable[Case]) -> Vocabulary:
    whole = Vocabulary()
    for case in cases:
        whole = whole.merged(case.framework.vocabulary)
    return whole


def _table(vocabulary: Vocabulary, body: Evidence, policy: Policy, before: Sequence[Evidence]) -> Table:
    items = vocabulary.items
    own = [one for one in counts_in(body.entries) if one.item in items]
    small = [one for one in own if policy.is_small(one, items[one.item])]
    values = {one: value for one, value in stated([*before, body]).items() if one.item in items}
    return Table(
        values,
        {number_of(one): policy.smallest_shown(items[one.item]) for one in small},
        frozenset(one for one in values if not policy.covers(items[one.item])),
        frozenset(stated(before)),
    )


def _without(entries: Iterable[Entry], gone: frozenset[Number]) -> Iterator[Entry]:
    for entry in entries:
        if not any(number_of(one) in gone for one in counts_in([entry])):
            yield entry


def _turned_round(true: Assessment, other: Assessment) -> Iterator[tuple[str, Cell]]:
    """Yield the measure and cell of every finding and target that comes out otherwise."""
    for (_, one), (_, again) in zip(true.findings(), other.findings(), strict=True):
        if one.outcome != again.outcome:
            yield from ((seen.of, seen.cell) for seen in one.observations)
    for target, again_target in zip(true.targets, other.targets, strict=True):
        if target.outcome != again_target.outcome:
            yield target.measure, target.cell


def _assumed(text: str, choice: Choice) -> str:
    """Return what was assumed, without its value where that is hidden."""
    target, equals, _ = text.rpartition("=")
    names = {f"{one.item}{cell_text(one.cell)}" for one in choice.numbers}
    return f"{target}{equals}{MARK}" if target in names else text


def _words(policy: Policy, choice: Choice) -> str:
    """Return under which policy an output was made, what it does, and how much it hides."""
    found = len(choice.numbers)
    none = "" if policy.round_to else "; there were none to hide"
    hidden = f"; {counted(found, 'number')} not shown ({MARK})" if found else none
    return f"small numbers by policy '{policy.id}': {policy.title}{hidden}"
