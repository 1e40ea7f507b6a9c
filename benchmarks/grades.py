"""How long grading takes, against hand-written Python for the same rules, on 60 criteria x 4 grades.

Run with `python benchmarks/grades.py [ORGANISATIONS]`. The framework is written as files and loaded as any other, the
evidence read as rows; both sides start from what was read, and pick the latest of it themselves. Every side is first
checked to give the same grades for every organisation. Then each takes its turn in every round, so that whatever else
the machine does falls on all of them alike; the ratios compare the fastest time for each organisation. zen-engine is
measured beside them where it is installed.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from by_hand import grades_by_hand
from made_up import YEAR, Row, make_up
from with_zen import make_zen

from equityrules import Evidence, Framework, assess, parse_period
from equityrules.assessment import grades
from equityrules.model.result import CriterionResult, Supported

PERIOD = parse_period(f"{YEAR - 1}/{YEAR % 100}")
ROUNDS = 15
GOALS = {"grades alone": 5.0, "every finding, reason and gap": 25.0}
Graded = dict[str, tuple[str | None, str | None]]
"""Of each criterion the grade held and the one attainable."""
Side = tuple[Callable[[Any], Any], Sequence[Any]]
"""What grades one organisation, and what it is given of each."""


def in_words(standings: Mapping[str, Supported | CriterionResult]) -> Graded:
    """Return the library's grades as the hand-written rules give them."""
    return {
        name: (one.held.id if one.held else None, one.attainable.id if one.attainable else None)
        for name, one in standings.items()
    }


def disagreements(framework: Framework, given: Sequence[list[Row]], read: Sequence[Evidence]) -> list[str]:
    """Return where the library, either way, or zen-engine does not give the grades of the hand-written rules."""
    zen = _zen()
    found = []
    for number, (rows, evidence) in enumerate(zip(given, read, strict=True)):
        by_hand = grades_by_hand(rows)
        whole = assess(framework, evidence, PERIOD)
        others = {"grades": in_words(grades(framework, evidence, PERIOD))}
        others["assess"] = in_words({one.id: one for one in whole.criteria})
        others |= {"zen-engine": zen(rows)} if zen else {}
        for name, other in others.items():
            found += [f"{name}, {number}, {one}: {other[one]}, {by_hand[one]} by hand"
                      for one in by_hand if by_hand[one] != other[one]]  # fmt: skip
    return found


def _zen() -> Callable[[list[Row]], Graded] | None:
    try:
        return make_zen()
    except ImportError:
        return None


def fastest(sides: Mapping[str, Side]) -> dict[str, float]:
    """Return the seconds that each side takes for one organisation: the mean over organisations of its fastest round.

    The fastest of each organisation, not of each round, so that a moment in which the machine does something else
    costs one side one measurement and not a whole round. What was read before is set aside from the collector of
    garbage, which would walk through all of it again and again in the time of whichever side makes most objects.
    """
    gc.collect()
    gc.freeze()
    best = {name: [float("inf")] * len(given) for name, (_, given) in sides.items()}
    for _ in range(ROUNDS):
        for name, (grade, given) in sides.items():
            for place, one in enumerate(given):
                start = time.perf_counter()
                grade(one)
                best[name][place] = min(best[name][place], time.perf_counter() - start)
    return {name: mean(seconds) for name, seconds in best.items()}


def main(organisations: int) -> int:
    """Check that all sides agree, then print how long each takes and the ratios that the design sets."""
    with tempfile.TemporaryDirectory() as folder:
        framework, given, read = make_up(organisations, Path(folder))
    wrong = disagreements(framework, given, read)
    print(f"{organisations} organisations, {len(framework.criteria)} criteria: ", end="")
    print("the grades of all sides are equal" if not wrong else "\n".join(["they differ", *wrong[:20]]))
    sides: dict[str, Side] = {
        "by hand": (grades_by_hand, given),
        "grades alone": (lambda evidence: grades(framework, evidence, PERIOD), read),
        "every finding, reason and gap": (lambda evidence: assess(framework, evidence, PERIOD), read),
    }
    zen = _zen()
    sides |= {"zen-engine, grades alone": (zen, given)} if zen else {}
    taken = fastest(sides)
    for name, seconds in taken.items():
        goal = f" (goal: at most {GOALS[name]:g})" if name in GOALS else ""
        print(f"{seconds * 1e6:9.0f} us {seconds / taken['by hand']:7.2f} x by hand  {name}{goal}")
    if zen is None:
        print("zen-engine is not installed, so it is left out; pip install zen-engine to compare")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
