"""Plugins are isolated: a bad one is named in the faults and everything else goes on as before."""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from equityrules import InvalidInputError, assess, load_frameworks, read_evidence
from equityrules.hooks import HOOKS
from equityrules.loading.catalogue import Frameworks
from equityrules.model.result import Assessment, Fault
from equityrules.plugins import load_plugins

Write = Callable[[str, str], EntryPoint]

IMPORTS = """
from equityrules.hooks import Kinds, hookimpl
from equityrules.model.result import Remark, Severity
"""
FRAMEWORK = """
format = 1
id = "{id}"
edition = "1"
revision = 1
title = "{id}, invented for a test"
publisher = "The tests"
licence = "MIT"
status = "current"
in_force = {{ from = 2020-01-01 }}
[scale.kept]
grades = [{{ id = "not-kept", label = "Not kept" }}, {{ id = "kept", label = "Kept" }}]
[group.1]
title = "The only group"
[groups]
kind = "{roll_up}"
basis = "project"
[overall]
kind = "{roll_up}"
basis = "project"
[source.own]
title = "Invented for a test"
"""
CRITERION = """
id = "C1"
group = "1"
title = "The only criterion"
source = "own"
basis = "project"
[[requirement]]
id = "C1.rule"
grade = "kept"
text = "The only rule"
basis = "project"
source = "own"
{condition}
"""
VOCABULARY = """
area = "{id}"
[item.people]
kind = "count"
text = "People"
[measure.{id}_people]
kind = "{kind}"
title = "People"
item = "{id}.people"
"""
EVIDENCE = """
organisation = "Anytown"
period = "2024"
[[count]]
item = "charter.people"
value = 7
"""


def write_framework(
    folder: Path, framework: str = "charter", kind: str = "value", condition: str = "", roll_up: str = "lowest"
) -> Path:  # fmt: skip
    """Write a framework of one rule, kept where seven people are counted, and return the folder of its folder."""
    edition = folder / framework / "1"
    edition.mkdir(parents=True)
    plain = f'measure = "{framework}_people"\nat_least = 7'
    written = {
        "framework.toml": FRAMEWORK.format(id=framework, roll_up=roll_up),
        "C1.toml": CRITERION.format(condition=condition or plain),
        "vocabulary.toml": VOCABULARY.format(id=framework, kind=kind),
    }
    for name, text in written.items():
        (edition / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Return what writes a module and gives its entry point; the modules are forgotten afterwards."""
    folder = tmp_path / "modules"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    before = set(sys.modules)

    def make(name: str, source: str) -> EntryPoint:
        (folder / f"plug_{name}.py").write_text(IMPORTS + source, encoding="utf-8")
        importlib.invalidate_caches()
        return entry(name, f"plug_{name}")

    yield make
    for name in set(sys.modules) - before:
        if name.startswith(("plug_", "data_")):
            del sys.modules[name]


@pytest.fixture
def data(tmp_path: Path, write: Write) -> Callable[..., EntryPoint]:
    """Return what writes a package of data only, without any Python, and gives its entry point."""

    def make(name: str, inner: str = "", **changes: str) -> EntryPoint:
        write_framework(tmp_path / "modules" / f"data_{name}" / inner, name, **changes)
        importlib.invalidate_caches()
        return entry(name, f"data_{name}")

    return make


def entry(name: str, module: str) -> EntryPoint:
    return EntryPoint(name, module, "equityrules")


def load(*entries: EntryPoint, **options: object) -> Frameworks:
    return load_frameworks(installed=entries, **options)


def faults(frameworks: Frameworks) -> list[tuple[str, str]]:
    return [(fault.plugin, fault.where) for fault in frameworks.plugins.faults]


def messages(frameworks: Frameworks) -> str:
    return "\n".join(fault.message for fault in frameworks.plugins.faults)


def assess_charter(frameworks: Frameworks, folder: Path) -> Assessment:
    path = folder / "evidence.toml"
    path.write_text(EVIDENCE, encoding="utf-8")
    [evidence] = read_evidence(path, frameworks=frameworks)
    return assess(frameworks["charter@1"], evidence)


def hook(name: str, body: str) -> str:
    """Return the source of a hook with this body."""
    arguments = {"read_evidence": "path", "remarks": "framework, evidence, assessment"}
    return f"@hookimpl\ndef equityrules_{name}({arguments.get(name, '')}):\n    {body}\n"


def call(frameworks: Frameworks, name: str, folder: Path) -> tuple[Fault, ...]:
    """Bring a hook to be called as the tool calls it, and return every fault that came of it."""
    result = assess_charter(frameworks, folder)
    return tuple(dict.fromkeys((*frameworks.plugins.faults, *result.receipt.faults)))


# --- loading ---


@pytest.mark.parametrize("failing", ["import nowhere_to_be_found", "1 / 0", "raise SystemExit(3)", "def ("])
def test_a_plugin_that_cannot_be_imported_is_named_and_stops_nothing(write, failing):
    loaded = load(write("bad", failing))
    assert faults(loaded) == [("bad", "loading")]
    assert list(loaded) == list(load())


def test_an_entry_point_to_nothing_is_a_fault():
    loaded = load(entry("gone", "no_such_module_anywhere:plugin"))
    assert faults(loaded) == [("gone", "loading")]
    assert "ModuleNotFoundError" in messages(loaded)


def test_a_misspelt_hook_is_named_with_the_nearest_and_the_others_are_used(write):
    loaded = load(write("bad", hook("remark", "return []") + hook("reports", "return {'mine': str}")))
    assert faults(loaded) == [("bad", "equityrules_remark")]
    assert "did you mean 'equityrules_remarks'?" in messages(loaded)
    assert [name for name, _ in loaded.plugins.call("equityrules_reports", dict)].count("bad") == 1


def test_a_hook_that_is_not_marked_is_named(write):
    loaded = load(write("bad", "def equityrules_remarks(framework, evidence, assessment):\n    return []"))
    assert faults(loaded) == [("bad", "equityrules_remarks")]
    assert "is not marked with @hookimpl" in messages(loaded)


def test_a_hook_neither_marked_nor_spelt_right_is_named_with_the_nearest(write):
    loaded = load(write("bad", "def equityrules_report():\n    return {}"))
    assert faults(loaded) == [("bad", "equityrules_report")]
    assert "not marked" in messages(loaded)
    assert "did you mean 'equityrules_reports'?" in messages(loaded)


def test_a_wrong_argument_is_named_with_the_nearest_and_nothing_of_the_plugin_stays(write):
    wrong = "@hookimpl\ndef equityrules_remarks(framework, evidence, asessment):\n    return []\n"
    loaded = load(write("bad", hook("kinds", "return Kinds()") + hook("reports", "return {}") + wrong))
    assert faults(loaded) == [("bad", "equityrules_remarks")]
    assert "there is no argument 'asessment' (did you mean 'assessment'?)" in messages(loaded)
    manager = loaded.plugins.manager
    assert manager.get_plugin("bad") is None
    registered = [one.plugin_name for name in HOOKS for one in getattr(manager.hook, name).get_hookimpls()]
    assert "bad" not in registered
    assert "bad" not in [info.name for info in loaded.plugins.infos]


def test_a_hook_may_leave_arguments_out(write, tmp_path):
    source = "@hookimpl\ndef equityrules_remarks(assessment):\n    return []"
    loaded = load(write("brief", source), framework_dirs=[write_framework(tmp_path / "own")])
    assert call(loaded, "remarks", tmp_path) == ()


def test_a_hook_under_another_name_answers_as_the_one_it_names(write):
    loaded = load(write("renamed", "@hookimpl(specname='equityrules_reports')\ndef mine():\n    return {'mine': str}"))
    assert faults(loaded) == []
    assert ("renamed", {"mine": str}) in list(loaded.plugins.call("equityrules_reports", dict))


def test_a_hook_that_wraps_others_is_a_fault_and_is_not_called(write):
    loaded = load(write("bad", "@hookimpl(wrapper=True)\ndef equityrules_reports():\n    return (yield)"))
    assert faults(loaded) == [("bad", "equityrules_reports")]
    assert "wraps" in messages(loaded)


def test_a_module_with_neither_hook_nor_framework_is_a_fault(write):
    loaded = load(write("empty", "x = 1"))
    assert faults(loaded) == [("empty", "loading")]
    assert "neither a hook nor a framework" in messages(loaded)


def test_a_package_with_neither_hook_nor_framework_is_a_fault(write, tmp_path):
    (tmp_path / "modules" / "data_empty").mkdir()
    loaded = load(entry("empty", "data_empty"))
    assert faults(loaded) == [("empty", "equityrules_frameworks")]
    assert "holds no framework" in messages(loaded)


@pytest.mark.parametrize("plugin", [None, "text", SimpleNamespace(x=1)])
def test_something_that_is_no_plugin_is_a_fault(monkeypatch, plugin):
    module = ModuleType("plug_odd")
    module.plugin = plugin
    monkeypatch.setitem(sys.modules, "plug_odd", module)
    assert faults(load(entry("odd", "plug_odd:plugin"))) == [("odd", "loading")]


def test_one_module_under_two_names_is_used_once(write):
    once = write("one", hook("reports", "return {}"))
    assert faults(load(once, entry("two", once.value))) == [("two", "loading")]


# --- what hooks answer ---


@pytest.mark.parametrize("name", ["frameworks", "kinds", "read_evidence", "remarks", "reports"])
@pytest.mark.parametrize("body", ["1 / 0", "raise SystemExit(1)", "yield 1 / 0"])
def test_a_hook_that_raises_is_a_fault_of_its_plugin_and_stops_nothing(write, tmp_path, name, body):
    loaded = load(write("bad", hook(name, body)), framework_dirs=[write_framework(tmp_path / "own")])
    assert [(one.plugin, one.where) for one in call(loaded, name, tmp_path)] == [("bad", f"equityrules_{name}")]
    assert assess_charter(loaded, tmp_path).overall.held.id == "kept"


WRONG = {
    "frameworks": ["5", "'a/folder'", "['a/folder']", "{}", "None"],
    "kinds": ["5", "{}", "Kinds", "None"],
    "read_evidence": ["5", "'rows'", "b'rows'", "{}", "[5]"],
    "remarks": ["5", "'a remark'", "['a remark']", "{}"],
    "reports": ["5", "[]", "['a']", "{'mine': 'text'}", "{5: str}", "None"],
}


@pytest.mark.parametrize(("name", "answer"), [(name, answer) for name, given in WRONG.items() for answer in given])
def test_an_answer_of_the_wrong_type_is_a_fault_and_stops_nothing(write, tmp_path, name, answer):
    loaded = load(write("bad", hook(name, f"return {answer}")), framework_dirs=[write_framework(tmp_path / "own")])
    [fault] = call(loaded, name, tmp_path)
    assert (fault.plugin, fault.where) == ("bad", f"equityrules_{name}")
    assert "which is not what the hook returns" in fault.message
    assert assess_charter(loaded, tmp_path).overall.held.id == "kept"


@pytest.mark.parametrize("name", ["read_evidence", "remarks"])
def test_none_from_a_hook_that_may_have_nothing_to_say_is_no_fault(write, tmp_path, name):
    loaded = load(write("quiet", hook(name, "return None")), framework_dirs=[write_framework(tmp_path / "own")])
    assert call(loaded, name, tmp_path) == ()


def test_a_fault_is_listed_once_however_often_the_hook_is_asked(write):
    loaded = load(write("bad", hook("reports", "1 / 0")))
    for _ in range(3):
        list(loaded.plugins.call("equityrules_reports", dict))
    assert faults(loaded) == [("bad", "equityrules_reports")]


# --- names ---


def test_two_outsiders_with_one_name_are_both_left_out(write):
    first, second = write("a", hook("reports", "return {}")), write("b", hook("reports", "return {}"))
    loaded = load(entry("same", first.value), entry("same", second.value))
    assert faults(loaded) == [("same", "loading")]
    assert "plug_a, plug_b" in messages(loaded)
    assert "same" not in [info.name for info in loaded.plugins.infos]


def test_where_two_outsiders_claim_a_bundled_name_the_bundled_plugin_stays(write):
    first, second = write("a", hook("reports", "return {}")), write("b", hook("reports", "return {}"))
    loaded = load(entry("eds", first.value), entry("eds", second.value))
    assert faults(loaded) == [("eds", "loading")]
    assert [info.origin for info in loaded.plugins.infos if info.name == "eds"] == ["bundled"]


def test_an_installed_namesake_replaces_the_bundled_plugin_and_says_so(write):
    loaded = load(write("eds", hook("reports", "return {'mine': str}")))
    [info] = [info for info in loaded.plugins.infos if info.name == "eds"]
    assert (info.origin, info.replaces) == ("installed", "bundled eds")
    assert dict(loaded.plugins.call("equityrules_reports", dict))["eds"] == {"mine": str}
    assert "eds@2022" in loaded
    assert loaded["eds@2022"].origin.plugins == loaded.plugins.infos


def test_without_leaves_a_plugin_out(write, data):
    outsider, charter = write("bad", "1 / 0"), data("charter")
    loaded = load(outsider, charter, without=["bad", "charter", "eds"])
    assert faults(loaded) == []
    assert "charter@1" not in loaded
    assert not {"bad", "charter", "eds"} & {info.name for info in loaded.plugins.infos}


def test_without_a_bundled_framework_leaves_that_out():
    assert "eds@2022" not in load(without=["frameworks/eds"])


def test_without_a_name_that_no_plugin_has_is_a_fault_with_the_nearest(write):
    loaded = load(write("charter", hook("reports", "return {}")), without=["chater"])
    assert faults(loaded) == [("chater", "--no-plugin")]
    assert "did you mean 'charter'?" in messages(loaded)


def test_without_settles_a_clash_of_names(write):
    first, second = write("a", ""), write("b", "")
    assert faults(load(entry("same", first.value), entry("same", second.value), without=["same"])) == []


# --- frameworks ---


@pytest.mark.parametrize("inner", ["", "frameworks"])
def test_a_package_of_data_only_brings_its_frameworks(data, tmp_path, inner):
    loaded = load(data("charter", inner))
    assert faults(loaded) == []
    assert loaded["charter@1"].origin.plugin == "charter"
    assert assess_charter(loaded, tmp_path).overall.held.id == "kept"


@pytest.mark.parametrize("file", ["framework.toml", "C1.toml", "vocabulary.toml"])
def test_a_broken_file_in_a_plugins_framework_is_its_fault_and_bundled_frameworks_go_on(data, tmp_path, file):
    charter = data("charter")
    (tmp_path / "modules" / "data_charter" / "charter" / "1" / file).write_text("not = [valid", encoding="utf-8")
    loaded = load(charter, data("other"))
    assert {plugin for plugin, _ in faults(loaded)} == {"charter"}
    assert file in messages(loaded) + str(loaded.plugins.faults)
    assert list(loaded) == [*load(), "other@1"]


def test_a_measure_of_a_kind_that_nobody_brings_is_its_plugins_fault(data):
    loaded = load(data("charter", kind="valu"))
    assert faults(loaded) == [("charter", "equityrules_frameworks")]
    assert "unknown kind 'valu' (did you mean 'value'?)" in messages(loaded)
    assert list(loaded) == list(load())


def test_a_plugin_that_gives_a_shared_word_another_meaning_is_left_out_whole(data, tmp_path):
    charter = data("charter")
    vocabulary = tmp_path / "modules" / "data_charter" / "charter" / "1" / "vocabulary.toml"
    vocabulary.write_text('area = "survey"\n[item.would_use_services]\nkind = "count"\ntext = "Another"', "utf-8")
    loaded = load(charter)
    assert {plugin for plugin, _ in faults(loaded)} == {"charter"}
    assert "item survey.would_use_services: has another meaning in the vocabulary already" in messages(loaded)
    assert loaded.vocabulary == load().vocabulary


def test_a_folder_that_is_not_there_is_a_fault(write):
    source = "from pathlib import Path\n" + hook("frameworks", "return [Path('no/such/folder')]")
    loaded = load(write("bad", source))
    assert faults(loaded) == [("bad", "equityrules_frameworks")]
    assert "is not a folder" in messages(loaded)


def test_of_two_plugins_with_one_edition_the_first_by_name_keeps_it(data, write, tmp_path):
    first = data("charter")
    folder = write_framework(tmp_path / "again")
    other = write("other", "from pathlib import Path\n" + hook("frameworks", f"return [Path({str(folder)!r})]"))
    for entries in ([first, other], [other, first]):
        loaded = load(*entries)
        assert loaded["charter@1"].origin.plugin == "charter"
        assert faults(loaded) == [("other", "equityrules_frameworks")]


def test_an_installed_plugin_may_replace_a_bundled_edition_and_says_so(write):
    source = "from importlib.resources import files\n" + hook(
        "frameworks", "return [files('equityrules.frameworks') / 'eds']"
    )
    loaded = load(write("mine", source))
    assert faults(loaded) == []
    assert loaded["eds@2022"].origin.plugin == "mine"
    assert [info.replaces for info in loaded.plugins.infos if info.name == "mine"] == ["eds@2022 of frameworks/eds"]


def test_a_folder_replaces_a_plugins_edition_and_says_so(data, tmp_path):
    loaded = load(data("charter"), framework_dirs=[write_framework(tmp_path / "mine")])
    assert loaded["charter@1"].origin.plugin == "folder mine"
    assert [info.replaces for info in loaded.plugins.infos if info.name == "folder mine"] == ["charter@1 of charter"]


def test_two_folders_of_one_name_are_both_read(tmp_path):
    folders = [write_framework(tmp_path / name / "mine", name) for name in ("one", "two")]
    assert {"one@1", "two@1"} <= set(load(framework_dirs=folders))


def test_two_folders_with_one_edition_are_refused(tmp_path):
    folders = [write_framework(tmp_path / name) for name in ("one", "two")]
    with pytest.raises(InvalidInputError, match="charter@1 also comes with folder one, which keeps it"):
        load(framework_dirs=folders)


# --- kinds ---

KIND = """
from attrs import frozen
from equityrules.model.kinds import Check, Word
from equityrules.model.finding import Observation, Outcome, Reason

@frozen
class Doubled:
    id: str
    title: str
    item: str
    unit: str = ""
    @property
    def items(self):
        return (self.item,)
    def observe(self, snapshot, cell):
        counted = snapshot.fresh[self.item, cell].value
        return {observed}

@frozen
class Stated:
    at_least: int
    @property
    def items(self):
        return ("charter.people",)
    def check(self, snapshot):
        enough = snapshot.fresh["charter.people", ()].value >= self.at_least
        return {checked}
    def because(self, check):
        return {because}

@frozen
class AlwaysHighest:
    kind = "always-highest"
    def word(self, scale, parts, total):
        return {word}
    def next_step(self, total, target=None):
        return None

@hookimpl
def equityrules_kinds():
    return Kinds({{"doubled": Doubled}}, {{"stated": Stated}}, {{"always-highest": AlwaysHighest}})
"""
SOUND = {
    "observed": "Observation(self.id, self.title, cell, value=2 * counted)",
    "checked": "Check(Outcome.MET if enough else Outcome.UNMET, Reason.SHOWN)",
    "because": "'as counted'",
    "word": "Word(scale.highest, scale.highest, 'always')",
}
STATED = 'kind = "stated"\nsettings = { at_least = 8 }'


def test_a_kind_of_measure_of_a_plugin_serves_a_framework_folder(write, tmp_path):
    condition = 'measure = "charter_people"\nat_least = 14'
    folder = write_framework(tmp_path / "own", kind="doubled", condition=condition)
    loaded = load(write("kinds", KIND.format(**SOUND)), framework_dirs=[folder])
    result = assess_charter(loaded, tmp_path)
    assert result.criteria[0].findings[0].observations[0].value == 14
    assert result.overall.held.id == "kept"


def test_a_kind_of_condition_of_a_plugin_serves_a_framework_folder(write, tmp_path):
    folder = write_framework(tmp_path / "own", condition=STATED)
    result = assess_charter(load(write("kinds", KIND.format(**SOUND)), framework_dirs=[folder]), tmp_path)
    assert result.criteria[0].findings[0].because == "as counted"
    assert result.overall.held.id == "not-kept"


def test_a_roll_up_of_a_plugin_serves_a_framework_folder(write, tmp_path):
    folder = write_framework(tmp_path / "own", condition=STATED, roll_up="always-highest")
    result = assess_charter(load(write("kinds", KIND.format(**SOUND)), framework_dirs=[folder]), tmp_path)
    assert (result.overall.held.id, result.overall.method) == ("kept", "always-highest")


@pytest.mark.parametrize(
    ("part", "answer", "where"),
    [
        ("observed", "1 / 0", "kind doubled, observe"),
        ("observed", "0.5", "kind doubled, observe"),
        ("observed", "Observation(self.id, self.title, cell, value=0.5)", "kind doubled, observe"),
        ("checked", "1 / 0", "kind stated, check"),
        ("checked", "True", "kind stated, check"),
        ("because", "5", "kind stated, because"),
        ("word", "scale.highest", "kind always-highest, word"),
    ],
)
def test_a_kind_that_fails_leaves_its_finding_unknown_and_a_fault_in_that_receipt(write, tmp_path, part, answer, where):
    condition = STATED if part in ("checked", "because") else ""
    roll_up = "always-highest" if part == "word" else "lowest"
    kind = "doubled" if part == "observed" else "value"
    folder = write_framework(tmp_path / "own", kind=kind, condition=condition, roll_up=roll_up)
    loaded = load(write("kinds", KIND.format(**{**SOUND, part: answer})), framework_dirs=[folder])
    first, again = assess_charter(loaded, tmp_path), assess_charter(loaded, tmp_path)
    assert [(fault.plugin, fault.where) for fault in first.receipt.faults] == [("kinds", where)]
    assert first == again
    assert loaded.plugins.faults == []
    if part in ("observed", "checked"):
        assert first.criteria[0].findings[0].outcome.value == "unknown"
    assert (first.overall.held is None) == (part != "because")


@pytest.mark.parametrize("brought", ["measures={'value': int}", "roll_ups={'mode': int}"])
def test_a_kind_that_is_taken_keeps_its_first_meaning(write, brought):
    loaded = load(write("bad", hook("kinds", f"return Kinds({brought})")))
    assert faults(loaded) == [("bad", "equityrules_kinds")]
    assert "is taken; it keeps its first meaning" in messages(loaded)


def test_a_condition_with_a_field_of_the_engines_own_is_a_fault(write):
    source = KIND.format(**SOUND).replace("at_least", "threshold")
    loaded = load(write("bad", source))
    assert faults(loaded) == [("bad", "equityrules_kinds")]
    assert "the kind 'stated' has a field 'threshold'" in messages(loaded)


@pytest.mark.parametrize("brought", ["measures={'new': 5}", "measures={'new': int}", "conditions=['new']"])
def test_what_is_no_kind_is_a_fault(write, brought):
    assert faults(load(write("bad", hook("kinds", f"return Kinds({brought})")))) == [("bad", "equityrules_kinds")]


# --- reading, remarks, reports ---


def remark(code: str) -> str:
    return f"Remark('{code}', Severity.NOTE, 'charter', 'a remark of {code}')"


def test_remarks_of_a_plugin_reach_the_assessment(write, tmp_path):
    folder = write_framework(tmp_path / "own")
    loaded = load(write("wise", hook("remarks", f"yield {remark('wise')}")), framework_dirs=[folder])
    assert [one.code for one in assess_charter(loaded, tmp_path).remarks] == ["wise"]


def test_a_remark_rule_that_raises_leaves_the_others_and_a_fault_in_the_receipt(write, tmp_path):
    folder = write_framework(tmp_path / "own")
    entries = write("bad", hook("remarks", "1 / 0")), write("wise", hook("remarks", f"return [{remark('wise')}]"))
    result = assess_charter(load(*entries, framework_dirs=[folder]), tmp_path)
    assert [one.code for one in result.remarks] == ["wise"]
    assert [(fault.plugin, fault.where) for fault in result.receipt.faults] == [("bad", "equityrules_remarks")]


def test_a_reader_gives_rows_of_a_file_of_its_own_kind(write, tmp_path):
    row = "{'organisation': 'Anytown', 'period': '2024', 'item': 'charter.people', 'value': 7}"
    reader = write("reader", hook("read_evidence", f"return [{row}] if path.suffix == '.toy' else None"))
    loaded = load(reader, framework_dirs=[write_framework(tmp_path / "own")])
    (tmp_path / "evidence.toy").write_text("anything", encoding="utf-8")
    [evidence] = read_evidence(tmp_path / "evidence.toy", frameworks=loaded)
    assert assess(loaded["charter@1"], evidence).overall.held.id == "kept"


def test_a_mistake_that_a_reader_finds_in_a_file_is_the_users_to_mend(write, tmp_path):
    source = "from equityrules import InvalidInputError\nfrom equityrules.model.problems import Problem\n" + hook(
        "read_evidence", "raise InvalidInputError([Problem(path.name, 'line 1', 'is wrong')])"
    )
    loaded = load(write("reader", source))
    (tmp_path / "evidence.toy").write_text("anything", encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"evidence\.toy  line 1: is wrong"):
        read_evidence(tmp_path / "evidence.toy", frameworks=loaded)
    assert loaded.plugins.reading == []


def test_report_formats_of_a_plugin_come_by_name(write):
    loaded = load(write("paper", hook("reports", "return {'paper': lambda assessments: 'text'}")))
    [formats] = [found for name, found in loaded.plugins.call("equityrules_reports", dict) if name == "paper"]
    assert formats["paper"](()) == "text"


# --- order ---


def test_nothing_depends_on_the_order_of_plugins(write, data, tmp_path):
    own = write_framework(tmp_path / "own")
    entries = [
        *(write(name, hook("remarks", f"return [{remark(name)}]")) for name in ("b", "c", "a")),
        *(data(name) for name in ("other", "another")),
        write("bad", hook("remark", "1 / 0")),
        write("worse", "1 / 0"),
        write("kinds", KIND.format(**SOUND)),
    ]
    expected = None
    for seed in range(6):
        random.Random(seed).shuffle(entries)
        loaded = load(*entries, framework_dirs=[own], without=["nobody", "noone"])
        seen = (list(loaded), loaded.plugins.infos, loaded.plugins.faults, assess_charter(loaded, tmp_path))
        expected = expected or seen
        assert seen == expected
    assert [one.code for one in expected[3].remarks] == ["a", "b", "c"]
    assert [fault.plugin for fault in expected[2]] == ["nobody", "noone", "bad", "worse"]


def test_load_plugins_alone_names_the_same_faults(write):
    bad = write("bad", hook("remark", "return []"))
    assert load_plugins(installed=[bad]).faults == load(bad).plugins.faults
