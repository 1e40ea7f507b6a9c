"""Reports come out as they were last reviewed, and the same each time."""

from __future__ import annotations

import pytest
from golden_reports import GOLDEN, golden_files, report

CASES = list(golden_files())


@pytest.mark.parametrize(("example", "name", "file"), CASES, ids=[file.name for *_, file in CASES])
def test_a_report_is_as_it_was_reviewed(example, name, file):
    assert report(example, name) == file.read_text(encoding="utf-8")


def test_every_golden_file_is_some_reports():
    assert {file.name for *_, file in CASES} == {file.name for file in GOLDEN.iterdir()}
