"""The reviews of the real plans, kept in tests/golden_plans/ so that every change of them is reviewed as a diff.

Run this file to write them anew: `python tests/golden_plan_reports.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from equityrules.cli import main

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden_plans"
CALLS = {
    "elht-plan-2023-26": ["elht-plan-2023-26.csv", "--as-of", "2024-03-31"],
    "llr-plan-2020-25": ["llr-plan-2020-25.csv", "--as-of", "2021-09-30", "--on", "abbreviation-variants"],
    "ssot-ccgs-plan-2021-11": [
        "ssot-ccgs-plan-2021-11.csv", "--as-of", "2021-11-30", "--before", "ssot-ccgs-plan-2021-09.csv",
    ],
}  # fmt: skip
ENDINGS = {"table": "txt", "markdown": "md", "csv": "csv", "json": "json"}


def golden_files() -> Iterator[tuple[str, str, Path]]:
    """Yield each plan's name, the format, and the file that holds its review."""
    for name in CALLS:
        for kind, ending in ENDINGS.items():
            if kind in ("table", "markdown") or name.startswith("elht"):
                yield name, kind, GOLDEN / f"{name}.{ending}"


def review(name: str, kind: str) -> str:
    """Return the review of a plan as the command line prints it."""
    before = Path.cwd()
    os.chdir(ROOT / "examples")
    try:
        result = CliRunner().invoke(main, ["plan", "check", *CALLS[name], "--format", kind], catch_exceptions=False)
    finally:
        os.chdir(before)
    assert result.exit_code == 0, result.output
    return result.stdout


if __name__ == "__main__":
    for one, kind, file in golden_files():
        file.write_text(review(one, kind), encoding="utf-8", newline="\n")
        print(file.name)
