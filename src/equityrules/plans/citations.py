"""Reads what a plan cites: names of frameworks with the numbers behind them, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from attrs import frozen

from equityrules.model.plan import Citation, CitationState
from equityrules.model.plan_rules import CitedFramework, PlanRules
from equityrules.plans.parts import criteria_of

_ITEM = r"\d{1,2}(?:\.\d{1,2})?(?: ?[A-Ea-e](?![A-Za-z]))?(?:[-( ]?(?:iii|ii|i)\b\)?)?(?![\w%]|\.\d| ?(?:%|per ?cent))"
_AND = r"\s*(?:,|;|&|\+|\band\b)\s*"
_TO = r"\s*(?:-|–|\bto\b)\s*"
_LIST = re.compile(rf"{_ITEM}(?:(?:{_TO}|{_AND}){_ITEM})*", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:/|&|\+|\band\b)\s*", re.IGNORECASE)
_MOST = 20
_REACH = 80


@frozen
class Surroundings:
    """What helps to read a citation: all that the line says, when the plan was written, and what its map settles.

    `settled` says by name which framework is meant where several have the name.
    """

    text: str = ""
    written: date | None = None
    settled: Mapping[str, str] = {}
    firm: bool = True


@frozen
class _Name:
    """A name found in a text, with the frameworks that may be meant."""

    start: int
    end: int
    text: str
    frameworks: tuple[str, ...]


def read_citations(text: str, rules: PlanRules, around: Surroundings, column: str = "") -> tuple[Citation, ...]:
    """Return what a text cites, in its order; every framework that is named without a number is cited as a whole."""
    plain = _without_ids(text, rules)
    found = [*_by_id(text, rules, column)]
    for names in _runs(plain, list(_names(plain, rules))):
        found.extend(_cited(plain, names, rules, around, column))
    return tuple(dict.fromkeys(found))


def unread_parts(text: str, rules: PlanRules) -> tuple[str, ...]:
    """Return the parts of a cell of criteria, between semicolons, that name neither a framework nor a scheme."""
    schemes = [name.casefold() for scheme in rules.schemes for name in scheme.names]
    parts = [part.strip(" .") for part in text.split(";")]
    return tuple(
        part
        for part in parts
        if any(one.isalpha() for one in part)
        and not read_citations(part, rules, Surroundings())
        and not any(name in part.casefold() for name in schemes)
    )


# --- names ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{listed})s?(?![A-Za-z0-9])", re.IGNORECASE)


def _names(text: str, rules: PlanRules) -> Iterator[_Name]:
    owners: dict[str, list[str]] = {}
    for one in rules.frameworks.values():
        for name in one.names:
            owners.setdefault(name.casefold(), []).append(one.id)
    if not owners:
        return
    for found in _pattern(tuple(owners)).finditer(text):
        folded = " ".join(found[0].casefold().split())
        name = folded if folded in owners else folded.removesuffix("s")
        yield _Name(found.start(), found.end(), found[0], tuple(owners[name]))


def _runs(text: str, names: Sequence[_Name]) -> Iterator[tuple[_Name, ...]]:
    """Yield names that stand together, as in "A/B indicators 9&10"."""
    run: list[_Name] = []
    for name in names:
        if run and not _BETWEEN_NAMES.fullmatch(text, run[-1].end, name.start):
            yield tuple(run)
            run = []
        run.append(name)
    if run:
        yield tuple(run)


def _by_id(text: str, rules: PlanRules, column: str) -> Iterator[Citation]:
    """Yield citations in the form that evidence uses: eds/2A, midlands-six/action-2."""
    for found in re.finditer(r"\b([a-z][a-z0-9-]*)(?:@[\w.-]+)?/([A-Za-z0-9][\w.-]*)", text):
        framework = rules.frameworks.get(found[1])
        if framework is None:
            continue
        part = found[2].rstrip(".-")
        group = part.removeprefix(f"{framework.group_word}-")
        criteria = criteria_of(framework, group, framework.group_word if group != part else "")
        if criteria or not framework.loaded:
            yield Citation(found[0], framework.id, part, criteria, state=_state(framework, criteria), column=column)


def _without_ids(text: str, rules: PlanRules) -> str:
    ids = "|".join(map(re.escape, rules.frameworks)) or "(?!)"
    return re.sub(rf"\b(?:{ids})(?:@[\w.-]+)?/[A-Za-z0-9][\w.-]*", lambda found: "\n" * len(found[0]), text)


# --- names with numbers --------------------------------------------------------------------------------------------


def _cited(
    text: str, names: Sequence[_Name], rules: PlanRules, around: Surroundings, column: str
) -> Iterator[Citation]:
    """Yield what some names that stand together cite."""
    word, numbers, begin, end = _numbers_of(text, names, rules)
    firm = around.firm or bool(word)
    written = " ".join(text[begin:end].split())
    parts = _expanded(numbers)
    if not parts:
        for name in names:
            yield _whole(name, rules, around, column, word)
        return
    chosen = [_choose(name, rules, around, word) for name in names]
    for framework_ids, part in _distributed(chosen, parts, rules, word):
        yield _with_part(framework_ids, part, word, rules, written, column, firm)


def _numbers_of(text: str, names: Sequence[_Name], rules: PlanRules) -> tuple[str, str, int, int]:
    """Return the word and the numbers of a name, and where all of it starts and ends.

    They stand behind it, or before it as in "Goals 1&2 of the".
    """
    possible = [rules.frameworks[one] for name in names for one in name.frameworks]
    words = sorted({word for one in possible for word in (*one.words, *one.also_written)}, key=len, reverse=True)
    first, start = names[0].start, names[-1].end
    listed = "|".join(map(re.escape, words)) or "(?!)"
    before = rf"\b({listed})s?\.?\s*({_LIST.pattern})\s+of\s+(?:the\s+)?(?:\w+\s+)?$"
    reach = max(0, first - _REACH)
    if ahead := re.search(before, text[reach:first], re.IGNORECASE):
        return ahead[1].casefold(), ahead[2], reach + ahead.start(), start
    tail = re.compile(rf"[\s:,–-]*(?:({listed})s?\b\.?\s*)?(?:(?:no|number)s?\b\.?\s*)?", re.IGNORECASE)
    found = tail.match(text, start)
    word = found[1] or "" if found else ""
    numbers = _LIST.match(text, found.end() if found else start)
    if numbers is None:
        return word.casefold(), "", first, found.end() if found and word else start
    return word.casefold(), numbers[0], first, numbers.end()


def _expanded(numbers: str) -> list[str]:
    """Return the single numbers of a list such as "1, 2 & 5 to 8"."""
    parts: list[str] = []
    position, ranged = 0, False
    while found := re.compile(_ITEM, re.IGNORECASE).match(numbers, position):
        if ranged and parts and parts[-1].isdigit() and found[0].isdigit():
            first, last = int(parts[-1]), int(found[0])
            parts.extend(str(one) for one in range(first + 1, min(last, first + _MOST) + 1))
        else:
            parts.append("".join(found[0].split()))
        between = re.compile(rf"(?:({_TO})|{_AND})", re.IGNORECASE).match(numbers, found.end())
        if between is None:
            break
        position, ranged = between.end(), between[1] is not None
    return list(dict.fromkeys(parts))[:_MOST]


def _distributed(
    chosen: Sequence[tuple[str, ...]], parts: Sequence[str], rules: PlanRules, word: str
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield which number belongs to the frameworks of which name.

    Two names with two numbers ("A/B indicators 9&10") have one each, if each has its own; else every number goes to
    every name that has it, and one that none has goes to the first.
    """
    paired = list(zip(chosen, parts, strict=False))
    if len(chosen) == len(parts) > 1 and all(_has(ids, part, rules, word) for ids, part in paired):
        yield from paired
        return
    for part in parts:
        owners = [ids for ids in chosen if _has(ids, part, rules, word)]
        yield from ((ids, part) for ids in owners or chosen[:1])


def _has(ids: Sequence[str], part: str, rules: PlanRules, word: str) -> bool:
    found = [rules.frameworks[one] for one in ids]
    return any(not one.loaded or criteria_of(one, part, word) for one in found)


def _with_part(
    ids: tuple[str, ...], part: str, word: str, rules: PlanRules, said: str, column: str, firm: bool
) -> Citation:
    if len(ids) > 1:
        return Citation(said, ids[0], part, (), word, CitationState.AMBIGUOUS, ids, column, firm)
    framework = rules.frameworks[ids[0]]
    criteria = criteria_of(framework, part, word)
    return Citation(said, framework.id, part, criteria, word, _state(framework, criteria), (), column, firm)


def _whole(name: _Name, rules: PlanRules, around: Surroundings, column: str, word: str) -> Citation:
    ids = _choose(name, rules, around, word)
    if len(ids) > 1:
        return Citation(name.text, ids[0], "", (), word, CitationState.AMBIGUOUS, ids, column, around.firm)
    state = CitationState.READ if rules.frameworks[ids[0]].loaded else CitationState.NOT_LOADED
    return Citation(name.text, ids[0], state=state, column=column, firm=around.firm, word=word)


def _state(framework: CitedFramework, criteria: Sequence[str]) -> CitationState:
    if not framework.loaded:
        return CitationState.NOT_LOADED
    return CitationState.READ if criteria else CitationState.NO_SUCH_PART


# --- which framework -------------------------------------------------------------------------------


def _choose(name: _Name, rules: PlanRules, around: Surroundings, word: str) -> tuple[str, ...]:
    """Return the frameworks that a name may mean, one if anything tells them apart.

    The plan's map decides first, then the word before the number (a goal or a domain), then what else the line names,
    then the day: what was not yet published cannot be cited.
    """
    if len(name.frameworks) == 1:
        return name.frameworks
    settled = next((to for text, to in around.settled.items() if text.casefold() in name.text.casefold()), "")
    if settled in name.frameworks:
        return (settled,)
    known = [rules.frameworks[one] for one in name.frameworks]
    for narrower in (
        [one for one in known if word and word in (*one.words, *one.also_written)],
        [one for one in known if _is_named(one, known, around.text)],
        [one for one in known if around.written is not None and one.in_use(around.written)],
    ):
        if narrower and len(narrower) < len(known):
            known = narrower
        if len(known) == 1:
            break
    return tuple(one.id for one in known)


def _is_named(one: CitedFramework, others: Sequence[CitedFramework], text: str) -> bool:
    """Whether a text has a name of a framework, or its word before a number, that none of the others has."""
    rest = [other for other in others if other is not one]
    shared = {name.casefold() for other in rest for name in other.names}
    own = tuple(name for name in one.names if name.casefold() not in shared)
    words = [word for word in one.words if not any(word in other.words for other in rest)]
    numbered = any(re.search(rf"\b{re.escape(word)}s?\.?\s*\d", text, re.IGNORECASE) for word in words)
    return numbered or (bool(own) and _pattern(own).search(text) is not None)
