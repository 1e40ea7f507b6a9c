"""Checks of what a plan cites: parts that do not exist, that are about something else, or that may be two things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from equityrules.model.plan import Citation, CitationState, PlanLine
from equityrules.model.plan_rules import CitedFramework, PlanRules, Topic
from equityrules.model.problems import quoted
from equityrules.plans.remarks import Checked, PlanRemark, make_remark

_ITEM = re.compile(r"(?<!agenda )\b(?:item|line|action ref|ref)s?\.?\s+(?:no\.?\s*)?(\d+(?:[.-]\d+)*)(?!\w|%|/)", re.I)
_READ = ("criteria", "action", "position", "measure", "success", "target", "update", "due")
_MOST_NAMED = 12


def find_missing_parts(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each number outside its framework."""
    for line in checked.plan.actions:
        for citation in line.citations:
            if citation.state is CitationState.NO_SUCH_PART and citation.firm:
                framework = checked.rules.frameworks[citation.framework]
                what = f"'{citation.text}': {framework.name} has no {_word(citation, framework)} {citation.part}"
                do = f"put the number that is meant; it has {_numbers(framework)}"
                yield make_remark("no-such-reference", [line], citation.column, what, do)


def _word(citation: Citation, framework: CitedFramework) -> str:
    return citation.word or (framework.words[0] if framework.words else "part")


def _numbers(framework: CitedFramework) -> str:
    ids = list(framework.criteria)
    return (
        quoted(ids)
        if len(ids) <= 2 * _MOST_NAMED
        else f"{', '.join(ids[:_MOST_NAMED])} and {len(ids) - _MOST_NAMED} more"
    )


def find_unfit_parts(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each action none of whose citations of a framework is about what the action speaks of.

    It says so only where every criterion cited is known to be about something that the action does not speak of, and
    other criteria of the framework are about just that, or the same number of another list of the same name is.
    """
    told = set[tuple[str, str]]()
    for line in checked.plan.actions:
        own = [one for one in checked.rules.topics if speaks_of(line.words, one)]
        for framework_id in dict.fromkeys(one.framework for one in line.citations):
            cited = [one for one in line.citations if one.framework == framework_id and one.part]
            if (line.id, framework_id) in told or not _none_fits(checked.rules, cited, own):
                continue
            told.add((line.id, framework_id))
            rows = [one for one in checked.plan.actions if one.id == line.id]
            yield from _unfit(checked, rows, cited, own)


def speaks_of(text: str, topic: Topic) -> bool:
    """Whether a text has one of a topic's words, at the start of a word."""
    folded = text.casefold()
    return any(re.search(rf"(?<![a-z]){re.escape(word.casefold())}", folded) for word in topic.words)


def _none_fits(rules: PlanRules, cited: Sequence[Citation], own: Sequence[Topic]) -> bool:
    if not cited or any(one.state is not CitationState.READ for one in cited):
        return False
    about = [list(rules.topics_of(one.framework, one.criteria)) for one in cited]
    return all(about) and not any(topic in own for topics in about for topic in topics)


def _unfit(
    checked: Checked, lines: Sequence[PlanLine], cited: Sequence[Citation], own: Sequence[Topic]
) -> Iterator[PlanRemark]:
    rules, first = checked.rules, cited[0]
    framework = rules.frameworks[first.framework]
    criteria = [one for citation in cited for one in citation.criteria]
    about = quoted([one.title for one in rules.topics_of(first.framework, criteria)])
    fitting = [one for one in own if one.about.get(first.framework)]
    other = _same_name_elsewhere(checked, framework, first, own)
    said = f"'{first.text}' is about {about}; the action is about {quoted([one.title for one in fitting or own])}"
    if other is not None:
        what = f"{said}, as is {other.words[0]} {first.part} of {other.name}"
        yield make_remark("confused-lists", lines, first.column, what)
    elif fitting:
        also = _also_fitting(rules, lines, framework, fitting)
        do = f"check the number; {_places(framework, fitting)} of {framework.name} fits{also}"
        yield make_remark("unfit-reference", lines, first.column, said, do)


def _also_fitting(
    rules: PlanRules, lines: Sequence[PlanLine], framework: CitedFramework, topics: Sequence[Topic]
) -> str:
    """Return what fits of the other frameworks that the lines name as a whole."""
    whole = dict.fromkeys(one.framework for line in lines for one in line.citations if not one.part)
    others = [rules.frameworks[one] for one in whole if one != framework.id and rules.frameworks[one].loaded]
    found = ((one, [topic for topic in topics if topic.about.get(one.id)]) for one in others)
    return "".join(f", and {_places(one, fitting)} of {one.name}" for one, fitting in found if fitting)


def _places(framework: CitedFramework, topics: Sequence[Topic]) -> str:
    """Return the criteria, or the groups, of a framework that topics are about."""
    wanted = {criterion for topic in topics for criterion in topic.about[framework.id]}
    whole = [number for number, group in framework.groups.items() if set(group.criteria) <= wanted]
    inside = {criterion for number in whole for criterion in framework.groups[number].criteria}
    groups = [f"{framework.group_word} {number}" for number in whole if framework.group_word in framework.words]
    single = [one for one in framework.criteria if one in wanted and (not groups or one not in inside)]
    return quoted([*groups, *single])


def _same_name_elsewhere(
    checked: Checked, framework: CitedFramework, citation: Citation, topics: Sequence[Topic]
) -> CitedFramework | None:
    """Return another framework with a name in common whose part of that number is about the topics."""
    names = {name.casefold() for name in framework.names}
    written = checked.plan.written.end if checked.plan.written else checked.as_of
    for one in checked.rules.frameworks.values():
        if one.id == framework.id or not names & {name.casefold() for name in one.names} or not one.in_use(written):
            continue
        parts = {citation.part, f"{one.words[0] if one.words else 'action'}-{citation.part}"}
        group = one.groups.get(citation.part)
        parts |= set(group.criteria) if group else set()
        if any(parts & topic.about.get(one.id, frozenset()) for topic in topics):
            return one
    return None


def find_ambiguous(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each reading that several frameworks of one name answer to, with all its lines."""
    found: dict[tuple[str, ...], list[tuple[PlanLine, Citation]]] = {}
    for line in checked.plan.actions:
        for citation in line.citations:
            if citation.state is CitationState.AMBIGUOUS and citation.part:
                found.setdefault(citation.choices, []).append((line, citation))
    for choices, places in found.items():
        names = quoted(checked.rules.frameworks[one].title or checked.rules.frameworks[one].name for one in choices)
        what = f"'{places[0][1].text}' may be of {names}"
        yield make_remark("ambiguous-reference", [line for line, _ in places], places[0][1].column, what)


def find_other_words(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each part called by another word than its framework's, as "Priority 3" for action 3."""
    for line in checked.plan.actions:
        for citation in line.citations:
            framework = checked.rules.frameworks[citation.framework]
            if citation.part and citation.word in framework.also_written:
                own = framework.words[0]
                what = f"'{citation.text}' is read as {own} {citation.part}; {framework.name} has {own}s"
                yield make_remark("other-word", [line], citation.column, what, f"write {own} {citation.part}")


def find_missing_items(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each item of this plan that a line sends the reader to and that is not there."""
    ids = {line.id.casefold() for line in checked.plan.lines}
    shapes = {re.sub(r"\d+", "0", one) for one in ids}
    for line in checked.plan.lines:
        for name in _READ:
            for found in _ITEM.finditer(line.cell(name)):
                number = found[1].casefold()
                if number not in ids and re.sub(r"\d+", "0", number) in shapes:
                    what = f"'{found[0]}': the plan has no item {found[1]}"
                    yield make_remark("no-such-item", [line], name, what)


def find_replaced(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for the open lines that cite a framework which was replaced by the day of the check."""
    for scheme in checked.rules.schemes:
        if not scheme.cited_as or not scheme.has_closed(checked.as_of):
            continue
        found = [
            (line, citation)
            for line in checked.plan.actions
            for citation in line.citations
            if line.is_open and citation.framework == scheme.cited_as and citation.part
        ]
        if found:
            rows = [one for one, _ in found]
            what = f"'{found[0][1].text}' is of {scheme.title}, replaced after {scheme.closed}"
            successor = f"name the part of its successor: {scheme.successor}" if scheme.successor else ""
            yield make_remark("replaced-framework", rows, found[0][1].column, what, successor)


def say_not_checked(checked: Checked) -> Iterator[PlanRemark]:
    """Yield one remark with everything cited that could not be checked."""
    names: dict[str, list[PlanLine]] = {}
    for line in checked.plan.actions:
        for citation in line.citations:
            if citation.state is CitationState.NOT_LOADED:
                names.setdefault(checked.rules.frameworks[citation.framework].name, []).append(line)
        for part in line.unread:
            names.setdefault(part, []).append(line)
    if names:
        listed = "; ".join(_some(names))
        yield make_remark("not-checked", [], "", f"cited and not looked up, with the number of actions: {listed}")


def _some(names: dict[str, list[PlanLine]]) -> list[str]:
    listed = [f"{name} ({len({line.id for line in lines})})" for name, lines in names.items()]
    return listed if len(listed) <= _MOST_NAMED else [*listed[:_MOST_NAMED], f"and {len(listed) - _MOST_NAMED} more"]


CHECKS = (
    find_missing_parts,
    find_unfit_parts,
    find_ambiguous,
    find_other_words,
    find_missing_items,
    find_replaced,
    say_not_checked,
)
