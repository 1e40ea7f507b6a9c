"""Every command and example in the README and the docs does what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from equityrules import load_frameworks, read_evidence, read_profile
from equityrules.cli import _COMMANDS, main

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "frameworks", tmp_path / "frameworks")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_the_docs_runs(page, folder):
    lines = [line for block in blocks(page, "sh") for line in block.splitlines() if line.startswith("equityrules ")]
    for line in lines:
        result = CliRunner().invoke(main, shlex.split(line)[1:], catch_exceptions=False)
        assert result.exit_code == 0, f"{line}\n{result.output}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_python_example_in_the_docs_runs(page, folder):
    for block in blocks(page, "python"):
        if "hookimpl" not in block:
            exec(compile(block, page.name, "exec"), {})


def test_the_evidence_page_reads_as_evidence(folder):
    frameworks = load_frameworks()
    page = ROOT / "docs" / "evidence.md"
    for language in ("toml", "csv"):
        for number, block in enumerate(blocks(page, language)):
            file = folder / f"{number}.{language}"
            file.write_text(block, encoding="utf-8")
            [evidence] = read_evidence(file, frameworks=frameworks)
            assert evidence.organisation.name == "Example NHS Trust"


def test_the_profile_on_the_frameworks_page_is_one(folder):
    [block] = [block for block in blocks(ROOT / "docs" / "frameworks.md", "toml") if "[[confirm]]" in block]
    (folder / "profile.toml").write_text(block, encoding="utf-8")
    profile = read_profile(folder / "profile.toml")
    load_frameworks(profile=profile)


def test_every_command_is_in_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in _COMMANDS if f"equityrules {name}" not in text] == []


def test_the_picture_in_the_readme_is_what_the_main_job_prints(folder):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    [picture] = re.findall(r"<!-- picture -->\n```text\n(.*?)```", text, re.DOTALL)
    printed = CliRunner().invoke(main, ["assess", "examples/leeds-eds-2023-24.toml"]).stdout
    assert picture == printed


def test_every_remark_code_is_documented():
    page = (ROOT / "docs" / "judging.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py"))
    codes = set(re.findall(r'Remark\(\s*"([a-z-]+)"', source))
    assert len(codes) > 10
    assert codes - documented == set()


def test_a_changed_edition_is_in_the_changelog():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for framework in load_frameworks().values():
        assert f"{framework.ref} revision {framework.revision}" in changes
