"""Small numbers under attack: a linear program tries to work out every hidden count from all that one run prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import ceil, floor
from random import Random
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from disclosure_builders import BANDS, GRADES, SPLITS, kind_of, random_organisation
from scipy.optimize import linprog

from equityrules import assess, load_frameworks
from equityrules.disclosure import Case, Published, publish
from equityrules.disclosure.numbers import Number
from equityrules.loading.policies import load_policy
from equityrules.measures import DisparityRatio, GroupShare, RelativeLikelihood, Representation, TargetShortfall
from equityrules.model.evidence import Count, Entry, Evidence
from equityrules.model.vocabulary import cell_text, make_cell
from equityrules.reports.csv_report import render_csv
from equityrules.reports.json_report import render_json
from equityrules.reports.markdown import render_markdown
from equityrules.reports.table import render_table

NAMES = {
    "bands": ("model-employer@2019",),
    "casework": ("wres@2020", "wdes@2023"),
    "everything": ("wres@2020", "wdes@2023", "model-employer@2019"),
}
SUMS = {
    "workforce.headcount": ("workforce.by_band", "workforce.medical"),
    "workforce.by_band": ("workforce.non_clinical", "workforce.clinical"),
}
ROWS = {"band": BANDS, "medical_grade": GRADES}
MOST = 1e6
Key = tuple[str, tuple[tuple[str, str], ...]]
Form = dict[Key, float]


@cache
def frameworks():
    return load_frameworks()


def run(body: Evidence, names: Sequence[str], policy: str = "", before: Sequence[Evidence] = ()) -> Published:
    cases = [Case(frameworks()[name], body, assess(frameworks()[name], body)) for name in names]
    return publish(cases, load_policy(policy), before)


class Attacker:
    """Knows how tables add up and every count that was never hidden, and reads what a run prints."""

    def __init__(self, body: Evidence, found: Published, before: Iterable[Key] = ()) -> None:
        self.public = set(before)
        self.given = {(one.item, one.cell): float(one.value) for one in body.entries if isinstance(one, Count)}
        self.hidden = {(one.item, one.cell) for one in found.hidden if (one.item, one.cell) in self.given}
        self.hidden -= self.public
        self.keys = sorted(self.given)
        self.place = {key: number for number, key in enumerate(self.keys)}
        self.equal: list[tuple[Form, float]] = []
        self.at_most: list[tuple[Form, float]] = []
        self.mandated: list[tuple[Form, float]] = []
        self._know_sums()
        self.structure = list(self.equal)
        self.aims = {one.cell: float(one.value) / 100 for one in body.targets}
        for element in json.loads(render_json(found.assessments)):
            self._read(element)

    # --- what is known -------------------------------------------------------------------------------------------

    def form(self, item: str, cell: Iterable[tuple[str, str]]) -> Form | None:
        """Return a count as the sum of stated ones; None where there is no such sum."""
        dimensions = frameworks().vocabulary.items[item].dimensions
        groups = {name: group for name, group in cell if name in dimensions}
        key = item, make_cell(groups)
        if key in self.given and not self._inside(item, groups):
            return {key: 1.0}
        if parts := self._inside(item, groups):
            return dict.fromkeys(parts, 1.0)
        if item in SUMS:
            forms = [self.form(part, groups.items()) for part in SUMS[item]]
            return None if None in forms else {key: 1.0 for one in forms for key in one}
        return {key: 1.0} if key in self.given else None

    def _inside(self, item: str, groups: dict[str, str]) -> list[Key]:
        """Return the finest stated counts inside a cell, by ethnicity unless it is by disability."""
        split = "disability" if "disability" in groups else "ethnicity"
        by = next((name for name in ROWS if name in frameworks().vocabulary.items[item].dimensions), None)
        rows = [groups[by]] if by in groups else ROWS.get(by, ("",))
        wanted = [groups[split]] if split in groups else SPLITS[split]
        keys = [(item, make_cell({**({by: row} if by else {}), split: one})) for row in rows for one in wanted]
        return keys if all(key in self.given for key in keys) else []

    def _know_sums(self) -> None:
        for item, cell in self.keys:
            groups = dict(cell)
            if not {"ethnicity", "disability"} & groups.keys():
                self._total(item, cell)
            elif groups.get("ethnicity") == "white":
                rest = {name: group for name, group in groups.items() if name != "ethnicity"}
                self._same(
                    self._inside(item, rest),
                    [(item, make_cell({**rest, "disability": group})) for group in SPLITS["disability"]],
                )

    def _total(self, item: str, cell: Iterable[tuple[str, str]]) -> None:
        key = item, tuple(cell)
        for split in SPLITS:
            parts = [(item, make_cell({**dict(cell), split: group})) for group in SPLITS[split]]
            if all(part in self.given for part in parts):
                self._same([key], parts)
            elif given := [part for part in parts if part in self.given]:
                self.at_most.append((_sum((dict.fromkeys(given, 1.0), 1), ({key: 1.0}, -1)), 0.0))

    def _same(self, one: Sequence[Key], other: Sequence[Key]) -> None:
        if one and all(key in self.given for key in other):
            self.equal.append((_sum((dict.fromkeys(one, 1.0), 1), (dict.fromkeys(other, 1.0), -1)), 0.0))

    # --- what is printed -----------------------------------------------------------------------------------------

    def _read(self, element: dict[str, Any]) -> None:
        for criterion in element["criteria"]:
            for finding in criterion["findings"]:
                for seen in finding["observations"]:
                    self._read_seen(seen)
                    self._read_outcome(seen, finding["outcome"])
            for seen in criterion["shown"]:
                self._read_seen(seen)
        for target in element["targets"]:
            part, whole = self._share("workforce.by_band", target["cell"], "ethnicity", ("bme",))
            self._side(part, whole, float(target["value"]) / 100, target["outcome"])

    def _read_seen(self, seen: dict[str, Any]) -> None:
        measure = frameworks().measures.get(seen["of"])
        if measure is None or measure.items[0].startswith("survey"):
            return
        pairs = self._pairs(measure, seen)
        printed = [(rate["yes"], rate["of"]) for rate in seen["rates"]] or [
            (seen["counts"].get("yes"), seen["counts"].get("of"))
        ]
        if isinstance(measure, DisparityRatio):
            values = list(seen["counts"].values())
            printed = [tuple(values[:2]), tuple(values[2:])] if values else []
        for forms, counts in zip(pairs, printed, strict=False):
            for form, count in zip(forms, counts, strict=True):
                if count is not None and form is not None:
                    self.equal.append((form, float(count)))
        if seen["value"] is not None and not any(None in pair for pair in pairs):
            self._read_value(measure, pairs, float(seen["value"]))

    def _pairs(self, measure: Any, seen: dict[str, Any]) -> list[tuple[Form | None, Form | None]]:
        cell = [tuple(pair) for pair in seen["cell"]]
        if isinstance(measure, GroupShare):
            return [self._share(measure.item, cell, measure.by, measure.groups)]
        if isinstance(measure, TargetShortfall):
            return [self._share(measure.item, cell, measure.by, (measure.group,))]
        if isinstance(measure, Representation):
            here = self._share(measure.item, cell, measure.by, (measure.group,))
            return [here, self._share(measure.base or measure.item, (), measure.by, (measure.group,))]
        if isinstance(measure, RelativeLikelihood):
            at = [[*cell, (measure.by, group)] for group in measure.over]
            return [(self.form(measure.events, one), self.form(measure.base, one)) for one in at]
        if isinstance(measure, DisparityRatio):
            return [
                tuple(
                    self._added(measure.item, [[*cell, (measure.by, group), (measure.along, one)] for one in tier])
                    for tier in (measure.upper, measure.lower)
                )
                for group in measure.over
            ]
        return []

    def _share(self, item: str, cell: Any, by: str, groups: Sequence[str]) -> tuple[Form | None, Form | None]:
        cell = [tuple(pair) for pair in cell]
        part = self._added(item, [[*cell, (by, group)] for group in groups])
        return part, self.form(item, cell) or self.form(item, [*cell])

    def _added(self, item: str, cells: Iterable[Any]) -> Form | None:
        forms = [self.form(item, cell) for cell in cells]
        return None if None in forms else _sum(*((form, 1) for form in forms))

    def _read_value(self, measure: Any, pairs: list[tuple[Form, Form]], value: float) -> None:
        """Take a printed figure for a pair of inequalities, wherever it is linear in what is not known."""
        (part, whole), *others = pairs
        if isinstance(measure, GroupShare):
            self._between(part, whole, (value - 0.05) / 100, (value + 0.05) / 100)
            self.mandated += self.at_most[-2:]
        elif isinstance(measure, Representation) and others and (base := self._known_ratio(*others[0])) is not None:
            self._between(part, whole, base + (value - 0.05) / 100, base + (value + 0.05) / 100)
        elif isinstance(measure, RelativeLikelihood | DisparityRatio):
            self._ratio((part, whole), others[0], value - 0.005, value + 0.005)

    def _ratio(self, first: tuple[Form, Form], second: tuple[Form, Form], low: float, high: float) -> None:
        """Read (a/b)/(c/d) from low to high as low·b·c <= a·d <= high·b·c, where that is linear."""
        (a, b), (c, d) = first, second
        for one, other in (((a, d), (b, c)), ((a, d), (c, b)), ((d, a), (b, c)), ((d, a), (c, b))):
            known = self._known(one[1]), self._known(other[1])
            if None not in known:
                left, right = _times(one[0], known[0]), other[0]
                self.at_most.append((_sum((right, low * known[1]), (left, -1)), 0.0))
                self.at_most.append((_sum((left, 1), (right, -high * known[1])), 0.0))
                return

    def _read_outcome(self, seen: dict[str, Any], outcome: str) -> None:
        if seen["of"] == "bme_people_short":
            part, whole = self._share("workforce.by_band", seen["cell"], "ethnicity", ("bme",))
            self._side(part, whole, self.aims[tuple(map(tuple, seen["cell"]))], outcome)

    def _side(self, part: Form | None, whole: Form | None, share: float, outcome: str) -> None:
        if part is None or whole is None or outcome not in ("met", "unmet"):
            return
        sign = 1 if outcome == "met" else -1
        self.at_most.append((_sum((whole, sign * share), (part, -sign)), 0.0))

    def _between(self, part: Form, whole: Form, low: float, high: float) -> None:
        self.at_most.append((_sum((whole, low), (part, -1)), 0.0))
        self.at_most.append((_sum((part, 1), (whole, -high)), 0.0))

    def _known(self, form: Form) -> float | None:
        if any(key in self.hidden for key in form):
            return next((value for one, value in self.equal if one == form), None)
        return sum(weight * self.given[key] for key, weight in form.items())

    def _known_ratio(self, part: Form, whole: Form) -> float | None:
        known = self._known(part), self._known(whole)
        return None if None in known or not known[1] else known[0] / known[1]

    # --- the attack ----------------------------------------------------------------------------------------------

    def recovered(self) -> list[tuple[Key, float, float]]:
        """Return every hidden count that can have one value only, in all or among the small ones that it may be one of.

        Two far apart solutions clear most of the counts; the others are looked at one by one.
        """
        if not self.hidden:
            return []
        rows = [self._matrix(self.equal), self._matrix(self.at_most)]
        columns = [self.place[key] for key in sorted(self.hidden)]
        weights = np.zeros(len(self.keys))
        weights[columns] = np.random.default_rng(0).normal(size=len(columns))
        ends = np.sort([self._solve(rows, sign * weights).x for sign in (1, -1)], axis=0)
        left = [key for key in sorted(self.hidden) if self._is_narrow(key, *ends[:, self.place[key]])]
        found = [(key, *self._ends(rows, key)) for key in left]
        return [one for one in found if self._is_narrow(*one) and not self._is_mandated(one[0])]

    def _is_mandated(self, key: Key) -> bool:
        """Whether the percentages that a standard obliges to publish give a count away by themselves."""
        rows = [self._matrix(self.structure), self._matrix(self.mandated)]
        return self._is_narrow(key, *self._ends(rows, key, knows_counts=False))

    def _is_narrow(self, key: Key, low: float, high: float) -> bool:
        low, high = ceil(low - 1e-6), floor(high + 1e-6)
        small = self.given[key] < 5
        return high <= low or (small and min(high, 4) <= max(low, 1))

    def _ends(self, rows: Any, key: Key, knows_counts: bool = True) -> tuple[float, float]:
        goal = np.zeros(len(self.keys))
        goal[self.place[key]] = 1
        return self._solve(rows, goal, knows_counts).fun, -self._solve(rows, -goal, knows_counts).fun

    def _solve(self, rows: Any, goal: Any, knows_counts: bool = True) -> Any:
        """Return a solution; without knowing counts, all that is known of them is whether they are noughts."""
        (equal, values), (at_most, ends) = rows
        free = self.hidden if knows_counts else {key for key in self.keys if self.given[key]}
        bounds = [(1, MOST) if key in free else (self.given[key],) * 2 for key in self.keys]
        found = linprog(goal, at_most, ends, equal, values, bounds, method="highs")
        assert found.status == 0, found.message  # what is printed has to be true
        return found

    def _matrix(self, forms: Sequence[tuple[Form, float]]) -> tuple[Any, Any]:
        if not forms:
            return None, None
        matrix = np.zeros((len(forms), len(self.keys)))
        for row, (form, _) in enumerate(forms):
            for key, weight in form.items():
                matrix[row, self.place[key]] += weight
        return matrix, np.array([value for _, value in forms])


def _sum(*parts: tuple[Form, float]) -> Form:
    found: Form = {}
    for form, times in parts:
        for key, weight in form.items():
            found[key] = found.get(key, 0) + times * weight
    return found


def _times(form: Form, times: float) -> Form:
    return {key: times * weight for key, weight in form.items()}


def attack(seed: int) -> list[tuple[Key, float, float]]:
    body = random_organisation(seed)
    return Attacker(body, run(body, NAMES[kind_of(seed)])).recovered()


@pytest.mark.parametrize("start", range(0, 100, 20))
def test_nothing_hidden_can_be_worked_out(start):
    assert {seed: found for seed in range(start, start + 20) if (found := attack(seed))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 1000, 50))
def test_nothing_hidden_can_be_worked_out_of_a_thousand_organisations(start):
    assert {seed: found for seed in range(start, start + 50) if (found := attack(seed))} == {}


def test_the_attack_works_out_what_is_hidden_without_its_neighbours():
    recovered = 0
    for seed in (4, 13, 14, 22):
        body = random_organisation(seed)
        found = run(body, NAMES[kind_of(seed)])
        small = {one for one in found.hidden if 0 < _value(body, one) < 5}
        recovered += len(Attacker(body, evolve(found, hidden=frozenset(small))).recovered())
    assert recovered >= 5


def _value(body: Evidence, number: Number) -> float:
    return next((float(one.value) for one in body.entries if _is(one, number)), 0)


def _is(one: Entry, number: Number) -> bool:
    return isinstance(one, Count) and (one.item, one.cell) == (number.item, number.cell)


@pytest.mark.parametrize("seed", range(2, 40, 4))
def test_tables_published_before_do_not_give_away_what_is_hidden(seed):
    body, draw = random_organisation(seed), Random(seed)
    before = evolve(body, entries=tuple(one for one in body.entries if draw.random() < 0.15), targets=())
    found = run(body, NAMES[kind_of(seed)], before=[before])
    public = {(one.item, one.cell) for one in before.entries}
    lost = {(one.item, one.cell) for one in found.given_away}
    recovered = [key for key, *_ in Attacker(body, found, public).recovered()]
    assert [key for key in recovered if key not in lost] == []


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 10, 15])
def test_prose_in_every_format_prints_no_counts_but_those_of_figures_that_may_be_shown(seed):
    body = random_organisation(seed)
    found = run(body, NAMES[kind_of(seed)])
    written = render_json(found.assessments)
    shown = {(one, other) for one, other in _counts_printed(json.loads(written))}
    for text in (written, *(render(found.assessments) for render in (render_markdown, render_csv, render_table))):
        assert _pairs_in(text) <= shown
    names = {f"{one.item}{cell_text(one.cell)}" for one in found.hidden}
    edits = {edit["target"] for edit in _find(json.loads(written), "edits")}
    assert edits.isdisjoint(names)


def _pairs_in(text: str) -> set[tuple[str, str]]:
    """Return the pairs of a count and its base that a text prints: "4 of 49"; levers tell of counts to come."""
    text = re.sub(r"\(\d+ of \d+\)(?= or |;|\"| \[|$)", "", text)
    return set(re.findall(r"\b(\d+) of (\d+)\b(?! shown| more)", text))


def _counts_printed(element: Any) -> Iterator[tuple[str, str]]:
    for seen in (*_find(element, "observations"), *_find(element, "shown")):
        for pair in (seen["counts"], *seen["rates"]):
            yield str(pair.get("yes")), str(pair.get("of"))


def _find(element: Any, name: str) -> Iterator[Any]:
    """Yield the members of every list of that name in a JSON document."""
    if isinstance(element, list):
        for one in element:
            yield from _find(one, name)
    if isinstance(element, dict):
        yield from element.get(name) or ()
        for one in element.values():
            yield from _find(one, name)


@pytest.mark.parametrize("seed", [1, 3, 10])
def test_a_hidden_figure_keeps_nothing_but_what_the_standard_wants_published(seed):
    body = random_organisation(seed)
    document = json.loads(render_json(run(body, NAMES[kind_of(seed)]).assessments))
    hidden = [one for one in _find(document, "observations") if one["reason"] == "numbers too small to publish"]
    assert hidden
    for one in hidden:
        assert one["counts"] == {}
        assert {one["interval"], one["p"], one["low"], one["high"]} == {None}
        assert (one["beside"], one["meaning"], one["note"]) == ([], "", "")
        assert all(rate["yes"] is rate["of"] is rate["interval"] is None for rate in one["rates"])
