"""Every hook is documented with its exact signature, its example works, and a test names it."""

from __future__ import annotations

import importlib
import inspect
import re
import shutil
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from equityrules import load_frameworks, read_evidence
from equityrules.hooks import HOOKS, Hooks

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
TESTS = [*ROOT.glob("tests/test_*.py"), *ROOT.glob("plugins/*/tests/test_*.py")]
EXAMPLES = [
    block for block in re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE) if "@hookimpl" in block
]


def signature(hook: str) -> str:
    """Return a hook as a plugin writes it: without self, and its annotations as they stand in hooks.py."""
    whole = inspect.signature(getattr(Hooks, hook))
    parameters = [f"{one.name}: {one.annotation}" for one in list(whole.parameters.values())[1:]]
    return f"def {hook}({', '.join(parameters)}) -> {whole.return_annotation}"


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_is_documented_with_its_exact_signature(hook):
    assert signature(hook) in PAGE.splitlines()


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_has_an_example(hook):
    assert [block for block in EXAMPLES if f"\ndef {hook}(" in block]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_test_names_the_hook(hook):
    named = [path for path in TESTS if re.search(rf"^def test_{hook}", path.read_text(encoding="utf-8"), re.MULTILINE)]
    assert named


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_in_the_docs_is_a_plugin_without_a_fault(number, tmp_path, monkeypatch):
    name = f"documented_{number}"
    package = tmp_path / name
    shutil.copytree(ROOT / "examples" / "frameworks" / "travel-plan", package / "frameworks")
    (package / "__init__.py").write_text(EXAMPLES[number], encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    frameworks = load_frameworks(installed=[EntryPoint("mine", name, "equityrules")])
    sys.modules.pop(name, None)
    assert frameworks.plugins.faults == []
    assert "mine" in [info.name for info in frameworks.plugins.infos]


def test_the_reader_in_the_docs_reads_its_file(tmp_path, monkeypatch):
    [example] = [block for block in EXAMPLES if "def equityrules_read_evidence(" in block]
    (tmp_path / "documented_reader.py").write_text(example, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    frameworks = load_frameworks(installed=[EntryPoint("mine", "documented_reader", "equityrules")])
    sys.modules.pop("documented_reader", None)
    (tmp_path / "a.tally").write_text("Anytown 2023/24 40", encoding="utf-8")
    [evidence] = read_evidence(tmp_path / "a.tally", frameworks=frameworks)
    assert [entry.value for entry in evidence.entries] == [40]
    assert frameworks.plugins.reading == []
