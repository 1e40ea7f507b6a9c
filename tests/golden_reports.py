"""The reports of the examples, kept in tests/golden/ so that every change of them is reviewed as a diff.

Run this file to write them anew: `python tests/golden_reports.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from equityrules.cli import main

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = ("*eds*.toml", "elht-figures*", "elht-model*", "elht-survey*", "gla-*", "ssot-people-*")
ENDINGS = {"table": "txt", "markdown": "md", "csv": "csv", "eds-report": "eds.md", "json": "json"}
IN_JSON = ("ssot-icb-eds-domain2-2022-23", "full-example-eds")


def golden_files() -> Iterator[tuple[str, str, Path]]:
    """Yield each example's file, the format, and the file that holds its report."""
    for example in sorted(one for pattern in EXAMPLES for one in (ROOT / "examples").glob(pattern)):
        for name, ending in ENDINGS.items():
            wanted = "eds" in example.stem if name == "eds-report" else name != "json" or example.stem in IN_JSON
            if wanted:
                yield example.name, name, GOLDEN / f"{example.stem}.{ending}"


def report(example: str, name: str) -> str:
    """Return the report of an example as the command line prints it."""
    before = Path.cwd()
    os.chdir(ROOT / "examples")
    try:
        result = CliRunner().invoke(main, ["assess", example, "--format", name], catch_exceptions=False)
    finally:
        os.chdir(before)
    assert result.exit_code == 0, result.output
    return result.stdout


if __name__ == "__main__":
    for one, kind, file in golden_files():
        file.write_text(report(one, kind), encoding="utf-8", newline="\n")
        print(file.name)
