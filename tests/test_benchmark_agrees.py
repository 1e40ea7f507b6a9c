"""The benchmark compares like with like: the library gives the grades of the rules written by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="the benchmarks are part of the repository, not of the package")
def test_the_library_gives_the_grades_of_the_rules_written_by_hand(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import grades
    from made_up import make_up

    framework, rows, evidence = make_up(12, tmp_path)
    assert len(framework.criteria) == 60
    assert {len(one.scale.grades) for one in framework.criteria} == {4}
    assert grades.disagreements(framework, rows, evidence) == []
    for name in ("grades", "made_up", "by_hand", "with_zen"):
        sys.modules.pop(name, None)
