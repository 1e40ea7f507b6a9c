"""Reads what is known of how plans are written: plans/*.toml (names, topics, words) and schemes/*.toml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from attrs import evolve, frozen

from equityrules.loading.editions import FRAMEWORK_FILE, read_documents
from equityrules.loading.plan_specs import CitedSpec, PlansSpec, SchemeSpec, TopicSpec
from equityrules.loading.shelf import Brought, sort_problems
from equityrules.loading.structuring import NotStructuredError, make_converter, structure
from equityrules.model.framework import Framework, Source
from equityrules.model.plan import PlanStatus
from equityrules.model.plan_rules import CitedFramework, CitedGroup, PlanRules, Scheme, Topic
from equityrules.model.problems import Problem, nearest, quoted, shown
from equityrules.plugins import Plugins

PLANS, SCHEMES = "plans", "schemes"
FOLDERS = (PLANS, SCHEMES)
_PHRASES = ("removal", "two_sided", "score")
_STATUSES = ("open", "closed", "replaced")


def plans_folders(folder: Traversable) -> Iterator[Traversable]:
    """Yield the folders of plan files or schemes that a folder is or has in it."""
    for name in FOLDERS:
        for place in (folder, folder.joinpath(name)):
            if place.name == name and place.is_dir() and not place.joinpath(FRAMEWORK_FILE).is_file():
                yield place


def read_plan_rules(
    plugins: Plugins, brought: Sequence[Brought], frameworks: Mapping[str, Framework], problems: list[Problem]
) -> PlanRules:
    """Return what all folders say of plans; of one framework, topic, scheme or word the one brought later counts.

    A framework that no file names can be cited by its id (eds/2A). What is named of a framework that is not loaded is
    kept: citations of it are then not checked. What is named of one that is loaded has to be there.
    """
    known = {one.id: _known(one.id, frameworks) for one in frameworks.values()}
    replaced = {one.id for one in frameworks.values() if not one.origin.plugin.startswith("frameworks/")}
    rules = PlanRules(known)
    for one in brought:
        found: list[Problem] = []
        for place in plans_folders(one.folder):
            tolerated = frozenset(replaced if one.part_of_the_package else ())
            rules = _Reader(rules, found, tolerated).read(one, place)
        sort_problems(plugins, one, found, problems)
    return evolve(rules, topics=tuple(_with_groups(topic, rules) for topic in rules.topics))


def _known(framework_id: str, frameworks: Mapping[str, Framework]) -> CitedFramework:
    """Return a framework that is loaded, with the criteria and groups of all its editions."""
    editions = [one for one in frameworks.values() if one.id == framework_id]
    criteria = {one.id: one.short or one.title for edition in editions for one in edition.criteria}
    aliases = {name.casefold(): one.id for edition in editions for one in edition.criteria for name in one.also}
    groups = {
        group.id.casefold(): CitedGroup(group.title, group.criteria) for edition in editions for group in edition.groups
    }
    last = editions[-1]
    return CitedFramework(
        framework_id, words=(last.word("criterion"), last.word("group")), title=last.title,
        group_word=last.word("group"), criteria=criteria, aliases=aliases, groups=groups,
    )  # fmt: skip


def _with_groups(topic: Topic, rules: PlanRules) -> Topic:
    """Return a topic with the criteria of the groups that it names; a group not known keeps its name."""
    about: dict[str, frozenset[str]] = {}
    for framework, parts in topic.about.items():
        about[framework] = frozenset(one for part in parts for one in _criteria(rules, framework, part))
    return evolve(topic, about=about)


def _criteria(rules: PlanRules, framework: str, part: str) -> Iterable[str]:
    cited = rules.frameworks.get(framework)
    if cited is None or not cited.loaded or part in cited.criteria:
        return (part,)
    group = cited.groups.get(part.removeprefix(f"{cited.group_word}-").casefold())
    return group.criteria if group else ()


_Spec = TypeVar("_Spec")


@frozen
class _Reader:
    """Reads the files of one folder on top of what is known; what is wrong goes to `problems`.

    `tolerated` are frameworks in place of the package's own, which may lack what the package says of these.
    """

    rules: PlanRules
    problems: list[Problem]
    tolerated: frozenset[str] = frozenset()

    def read(self, brought: Brought, place: Traversable) -> PlanRules:
        """Return what is known with what the files of a folder add."""
        before = "" if place is brought.folder else f"{brought.folder.name}/"
        try:
            documents, _ = read_documents(place, self.problems)
        except Exception as error:  # noqa: BLE001 - a folder that a plugin made up may raise anything
            self.problems.append(Problem(place.name, "", f"cannot be read: {type(error).__name__}: {error}"))
            return self.rules
        rules = self.rules
        for name, document in documents.items():
            reader = evolve(self, rules=rules)
            file = f"{before}{place.name}/{name}"
            rules = reader.plans(document, file) if place.name == PLANS else reader.scheme(document, file)
        return rules

    def plans(self, document: Mapping[str, Any], file: str) -> PlanRules:
        """Return what is known with a file of names, topics and words."""
        spec = self._structured(document, PlansSpec, file)
        if spec is None:
            return self.rules
        self.problems.extend(Problem(file, where, message) for where, message in self._plans_faults(spec))
        frameworks = {**self.rules.frameworks, **{one.framework: self._cited(one) for one in spec.cited}}
        topics = {one.id: one for one in self.rules.topics} | {one.id: _topic(one) for one in spec.topic}
        statuses = {word.casefold(): PlanStatus(one) for word, one in spec.status.items() if one in list(PlanStatus)}
        phrases = {name: tuple(map(str.casefold, words)) for name, words in spec.phrases.items()}
        return evolve(
            self.rules,
            frameworks=frameworks,
            topics=tuple(topics.values()),
            statuses={**self.rules.statuses, **statuses},
            phrases={**self.rules.phrases, **phrases},
        )

    def _cited(self, spec: CitedSpec) -> CitedFramework:
        known = self.rules.frameworks.get(spec.framework) or CitedFramework(spec.framework)
        return evolve(
            known,
            names=spec.names,
            words=spec.words,
            also_written=spec.also_written,
            since=spec.since,
            until=spec.until,
        )

    def _plans_faults(self, spec: PlansSpec) -> Iterator[tuple[str, str]]:
        for one in spec.cited:
            if not one.names or not one.words:
                yield f"cited {one.framework}", "names and words need one entry each; write what plans call it"
        for topic in spec.topic:
            for about in topic.about:
                if message := self._about_fault(about):
                    yield f"topic {topic.id} about", message
        for word, status in spec.status.items():
            if status not in list(PlanStatus):
                near = nearest(status, PlanStatus)
                yield f"status {word}", f"unknown status {shown(status)}{near}; write {quoted(PlanStatus)}"
        for name in spec.phrases:
            if name not in _PHRASES:
                yield f"phrases {name}", f"is no mark{nearest(name, _PHRASES)}; write {quoted(_PHRASES)}"

    def _about_fault(self, about: str) -> str:
        """Return what is wrong with a criterion that a topic names; of a framework that is not loaded, nothing."""
        framework, _, part = about.partition("/")
        if not framework or not part:
            return f"{shown(about)} names no criterion; write <framework>/<criterion>"
        known = self.rules.frameworks.get(framework)
        if (
            framework in self.tolerated
            or known is None
            or not known.loaded
            or list(_criteria(self.rules, framework, part))
        ):
            return ""
        names = [*known.criteria, *(f"{known.group_word}-{one}" for one in known.groups)]
        return f"{framework} has no {shown(part)}{nearest(part, names)}; `equityrules show {framework}` lists them"

    def scheme(self, document: Mapping[str, Any], file: str) -> PlanRules:
        """Return what is known with one scheme."""
        spec = self._structured(document, SchemeSpec, file)
        if spec is None:
            return self.rules
        faults = list(_scheme_faults(spec))
        self.problems.extend(Problem(file, where, message) for where, message in faults)
        if faults:
            return self.rules
        schemes = {one.id: one for one in self.rules.schemes} | {spec.id: _scheme(spec)}
        return evolve(self.rules, schemes=tuple(schemes.values()))

    def _structured(self, document: Mapping[str, Any], kind: type[_Spec], file: str) -> _Spec | None:
        try:
            return structure(_CONVERTER, document, kind)
        except NotStructuredError as error:
            self.problems.extend(Problem(file, " ".join(path), message) for path, message in error.faults)
            return None


def _topic(spec: TopicSpec) -> Topic:
    about: dict[str, set[str]] = {}
    for one in spec.about:
        framework, _, part = one.partition("/")
        about.setdefault(framework, set()).add(part)
    return Topic(spec.id, spec.title, spec.words, {name: frozenset(parts) for name, parts in about.items()})


def _scheme_faults(spec: SchemeSpec) -> Iterator[tuple[str, str]]:
    if spec.status not in _STATUSES:
        yield (
            "status",
            f"unknown status {shown(spec.status)}{nearest(spec.status, _STATUSES)}; write {quoted(_STATUSES)}",
        )
    elif (spec.status == "open") != (spec.closed is None):
        yield "closed", "a scheme that is closed or replaced says when, and an open one does not"
    if spec.read_in not in spec.source:
        near = nearest(spec.read_in, spec.source)
        yield "read_in", f"unknown source {shown(spec.read_in)}{near}; every source has its [source.<name>]"
    if not spec.names:
        yield "names", "needs one entry; write what plans call the scheme"


def _scheme(spec: SchemeSpec) -> Scheme:
    one = spec.source[spec.read_in]
    source = Source(spec.read_in, one.title, one.url, one.licence, one.read)
    return Scheme(
        spec.id, spec.title, spec.names, spec.status, spec.basis, source,
        spec.levels, spec.closed, spec.successor, spec.note, spec.cited_as,
    )  # fmt: skip


_CONVERTER = make_converter()
