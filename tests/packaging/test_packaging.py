"""What is built installs and does the main job outside the checkout: as wheel, sdist, editable, and with plugins."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import frozen

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
LEFT_BEHIND = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "benchmarks")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BUNDLED = tuple(PROJECT["project"]["entry-points"]["equityrules.bundled"])
POLL = """organisation: Anytown Residents' Forum
period: 2024/25
example-charter/C1 kept 7
example-charter/C1 started 3
example-charter/C2 started 8
"""


@frozen
class Environment:
    """A fresh environment, and the folder outside the checkout in which its commands run."""

    folder: Path
    outside: Path

    @property
    def scripts(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def run(self, program: str, *arguments: str | Path) -> str:
        """Return what an installed program prints; an exit code other than 0 fails the test."""
        return run([self.scripts / program, *arguments], self.outside)

    def ask(self, code: str) -> str:
        return self.run("python", "-c", code).strip()


@frozen
class Built:
    """The checkout's copy, and the distributions built from it."""

    copy: Path
    sdist: Path
    wheel: Path
    plugins: tuple[Path, ...]


def run(command: Sequence[str | Path], folder: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "EQUITYRULES_"))}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=clean, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Built:
    """Build the sdist, the wheel from it, and a wheel of every plugin, from a copy that holds nothing built before."""
    copy = tmp_path_factory.mktemp("checkout") / "equityrules"
    shutil.copytree(ROOT, copy, ignore=LEFT_BEHIND)
    dist = copy.parent / "dist"
    run([sys.executable, "-m", "build", "--outdir", dist, copy], copy.parent)
    names = [name.replace("_", "-") for name in (*BUNDLED, "example")]
    sources = [copy / "plugins" / f"equityrules-{name}" for name in names]
    others = [*sources, copy / "tests" / "packaging" / "data_only"]
    run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", dist / "plugins", *others], copy.parent)
    return Built(
        copy, next(dist.glob("*.tar.gz")), next(dist.glob("*.whl")), tuple(sorted((dist / "plugins").glob("*.whl")))
    )


@pytest.fixture
def install(tmp_path):
    """Return what makes an environment, installs into it and puts an example outside the checkout beside it."""

    def make(*wanted: str | Path) -> Environment:
        environment = Environment(tmp_path / "environment", tmp_path / "outside")
        run([sys.executable, "-m", "venv", "--without-pip", environment.folder], tmp_path)
        python = environment.scripts / "python"
        run([sys.executable, "-m", "pip", "--python", python, "install", "-q", *wanted], tmp_path)
        environment.outside.mkdir()
        shutil.copy(ROOT / "examples" / "leeds-eds-2023-24.toml", environment.outside / "leeds.toml")
        return environment

    return make


def does_the_main_job(environment: Environment) -> None:
    printed = environment.run("equityrules", "assess", "leeds.toml", "-f", "eds")
    assert "Developing" in printed
    assert re.search(r"\b21\b", printed)
    assert "no faults" in environment.run("equityrules", "plugins", "--strict-plugins")


def plugin_rows(environment: Environment) -> dict[str, list[str]]:
    """Return the columns of `equityrules plugins` by plugin."""
    lines = environment.run("equityrules", "plugins").splitlines()
    cells = [re.split(r"\s{2,}", line.strip()) for line in lines if line.strip()]
    return {row[0]: row[1:] for row in cells}


def bundled_sources() -> dict[str, Path]:
    """Return the folder of every bundled plugin's code by the package it is in the main wheel."""
    folders = PROJECT["tool"]["setuptools"]["package-dir"]
    return {
        package: ROOT / folders[package]
        for package in PROJECT["project"]["entry-points"]["equityrules.bundled"].values()
    }


def files_under(folder: Path, suffix: str, package: str) -> set[str]:
    found = (path.relative_to(folder) for path in folder.rglob(f"*{suffix}"))
    return {f"{package}/{path.as_posix()}" for path in found}


def test_the_wheel_holds_engine_frameworks_and_bundled_plugins(built):
    with zipfile.ZipFile(built.wheel) as wheel:
        names = set(wheel.namelist())
    expected = files_under(ROOT / "src" / "equityrules", ".py", "equityrules")
    expected |= files_under(ROOT / "frameworks", ".toml", "equityrules/frameworks")
    for package, folder in bundled_sources().items():
        expected |= files_under(folder, ".py", package.replace(".", "/"))
    expected |= {"equityrules/py.typed", "equityrules/reports/assessment.schema.json"}
    if (ROOT / "frameworks" / "editions.lock").exists():
        expected.add("equityrules/frameworks/editions.lock")
    assert expected - names == set()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"equityrules"}


def test_every_bundled_plugin_is_a_distribution_of_its_own_under_the_same_name():
    bundled = PROJECT["project"]["entry-points"]["equityrules.bundled"]
    for name, package in bundled.items():
        folder = bundled_sources()[package].parent.parent
        alone = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert alone["entry-points"]["equityrules"] == {name: f"equityrules_{package.rpartition('.')[2]}"}


def test_bundled_plugins_import_their_own_modules_relatively():
    for package, folder in bundled_sources().items():
        own = rf"^\s*(from|import) ({re.escape(package)}|{folder.name})\b"
        for path in folder.rglob("*.py"):
            assert not re.search(own, path.read_text(encoding="utf-8"), re.MULTILINE), path


def test_the_sdist_holds_the_readme_the_licence_and_nothing_built(built):
    with tarfile.open(built.sdist) as sdist:
        names = [name.partition("/")[2] for name in sdist.getnames()]
    assert {"README.md", "LICENSE", "pyproject.toml"} <= set(names)
    assert not [name for name in names if "__pycache__" in name or name.startswith((".venv", "build/"))]


def test_the_wheel_does_the_main_job(built, install):
    environment = install(built.wheel)
    does_the_main_job(environment)
    rows = plugin_rows(environment)
    for name in BUNDLED:
        assert rows[name][1:] == ["bundled"]
        module = f"equityrules.bundled.{name}"
        assert environment.ask(f"import {module} as one; print(one.__name__)") == module
    shutil.copy(ROOT / "tests" / "workbooks" / "benchmark-2024.csv", environment.outside)
    printed = environment.run("equityrules", "assess", "benchmark-2024.csv", "-f", "wres", "--organisation", "RXR")
    assert "East Lancashire" in printed


def test_the_sdist_does_the_main_job(built, install):
    does_the_main_job(install(built.sdist))


def test_an_editable_install_does_the_main_job_and_follows_the_tree(built, install, tmp_path):
    copy = tmp_path / "equityrules"
    shutil.copytree(built.copy, copy)
    environment = install("-e", copy)
    does_the_main_job(environment)
    file = copy / "frameworks" / "eds" / "2022" / "framework.toml"
    text = file.read_text(encoding="utf-8")
    title = tomllib.loads(text)["title"]
    file.write_text(text.replace(title, "A title that was changed just now"), encoding="utf-8")
    assert "A title that was changed just now" in environment.run("equityrules", "frameworks")


def test_standalone_plugins_and_a_wheel_of_data_work_beside_the_wheel(built, install):
    environment = install(built.wheel, *built.plugins, "pytest")
    does_the_main_job(environment)
    rows = plugin_rows(environment)
    for name in BUNDLED:
        assert rows[name][1:] == [f"equityrules-{name.replace('_', '-')}", f"bundled {name}"]
        both = f"import equityrules_{name}, equityrules.bundled.{name}; print('both')"
        assert environment.ask(both) == "both"
    assert rows["example"][1:] == ["equityrules-example"]
    assert rows["tenants"][1:] == ["equityrules-data-only"]
    assert "tenants-charter@2024" in environment.run("equityrules", "frameworks")
    (environment.outside / "forum.poll").write_text(POLL, encoding="utf-8")
    notice = environment.run("equityrules", "assess", "forum.poll", "-f", "example-charter", "--format", "notice")
    assert "Example charter for open meetings: Started" in notice
    tests = built.copy / "plugins" / "equityrules-example" / "tests"
    assert " passed" in environment.run("python", "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", tests, tests)


def test_the_receipt_names_the_plugin_that_replaced_the_bundled_one(built, install):
    [eds] = [wheel for wheel in built.plugins if wheel.name.startswith("equityrules_eds")]
    environment = install(built.wheel, eds)
    printed = environment.run("equityrules", "assess", "leeds.toml", "-f", "eds", "--format", "json")
    assert '"bundled eds"' in printed


def test_the_oldest_versions_that_are_allowed_do_the_main_job_and_isolate_plugins(built, install):
    oldest = [name.replace(">=", "==") for name in PROJECT["project"]["dependencies"]]
    assert "pluggy==1.5" in oldest
    environment = install(built.wheel, *oldest, "pytest")
    does_the_main_job(environment)
    for name in ("markdown", "json", "csv"):
        assert "Developing" in environment.run("equityrules", "assess", "leeds.toml", "-f", "eds", "--format", name)
    shutil.copy(ROOT / "tests" / "test_plugins.py", environment.outside)
    assert " passed" in environment.run("python", "-W", "error", "-m", "pytest", "test_plugins.py")
