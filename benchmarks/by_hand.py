"""The rules of the made-up framework as an analyst would write them for this one purpose: dictionaries and ifs.

Takes the same rows, and gives of each criterion the grade held and the grade attainable; no reasons, no gaps.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from made_up import CRITERIA, YEAR, Row, shape

GRADES = ("undeveloped", "developing", "achieving", "excelling")
STATEMENTS = {"in place": "met", "committed": "unmet", "not in place": "unmet", "not applicable": "n/a"}
Known = dict[tuple[str, str], Row]
Answers = tuple[list[str], list[str], list[str]]
"""What is known of each requirement of developing, of achieving and of excelling."""


def latest(rows: list[Row]) -> Known:
    """Return the latest row of each item and group, without those that are too old to count."""
    found: Known = {}
    for row in rows:
        key = row["item"], row["group"]
        if row["year"] <= YEAR and (key not in found or row["year"] >= found[key]["year"]):
            found[key] = row
    return {key: row for key, row in found.items() if row["year"] >= YEAR - 1 or key[0] in KEPT}


def said(known: Known, item: str) -> str:
    """Return what is known of a statement."""
    row = known.get((item, ""))
    return "unknown" if row is None else STATEMENTS[row["value"]]


def together(answers: list[str], need: int | None = None) -> str:
    """Return what several answers make: all that apply must be met, or `need` of them."""
    asked = [answer for answer in answers if answer != "n/a"]
    if not asked:
        return "n/a"
    met, unknown = asked.count("met"), asked.count("unknown")
    wanted = len(asked) if need is None else need
    if met >= wanted:
        return "met"
    return "unknown" if met + unknown >= wanted else "unmet"


def statements(known: Known, names: dict[str, Any]) -> Answers:
    """Judge a criterion of statements: one, two together, two of three and one more."""
    one, two, three, four, five, six, seven = [said(known, item) for item in names["things"]]
    return [one], [together([two, three])], [together([four, five, six], 2), seven]


def steps(value: float | None, *starts: float) -> list[str]:
    """Return for each step whether the value reaches it."""
    return ["unknown" if value is None else "met" if value >= start else "unmet" for start in starts]


def survey(known: Known, names: dict[str, Any]) -> Answers:
    """Judge a criterion of answers to a survey and two statements."""
    row = known.get((names["answers"], ""))
    low, middle, high = "unknown", "unknown", "unknown"
    if row is not None and row["of"] >= 10:
        percent = 100 * row["value"] / row["of"]
        low, middle, high = ("met" if percent > start else "unmet" for start in (50, 70, 85))
    return [low, said(known, names["things"][0])], [middle], [high, said(known, names["things"][1])]


def counts(known: Known, names: dict[str, Any]) -> Answers:
    """Judge a criterion of events over a base and a statement."""
    done, due = known.get((names["done"], "")), known.get((names["due"], ""))
    percent = None
    if done is not None and due is not None and due["value"] and done["year"] == due["year"]:
        percent = 100 * done["value"] / due["value"]
    low, middle, high = steps(percent, 40, 60, 90)
    return [low], [middle, said(known, names["things"][0])], [high]


def score(known: Known, names: dict[str, Any]) -> Answers:
    """Judge a criterion of a score and a statement."""
    row = known.get((names["score"], ""))
    low, middle, high = steps(None if row is None else float(row["value"]), 4, 6.5, 8)
    return [low, said(known, names["things"][0])], [middle], [high]


def likelihood(known: Known, names: dict[str, Any]) -> Answers:
    """Judge a criterion of how much likelier one group is than the other, with its interval."""
    rows = [known.get((names[one], group)) for group in ("white", "bme") for one in ("chosen", "stood")]
    if None in rows or len({row["year"] for row in rows}) > 1:
        return ["unknown"], ["unknown"], ["unknown"]
    chosen, stood, others, other_base = [row["value"] for row in rows]
    if min(stood, other_base) < 10 or not chosen or not others:
        return ["met"], ["unknown"], ["unknown"]
    ratio = (chosen / stood) / (others / other_base)
    parity = "met" if 0.8 <= ratio <= 1.25 else "unmet"
    if parity == "unmet":
        return ["met"], [parity], [parity]
    if chosen == stood or others == other_base:
        return ["met"], [parity], ["unknown"]
    factor = math.exp(1.959963984540054 * math.sqrt(1 / chosen - 1 / stood + 1 / others - 1 / other_base))
    sure = ratio / factor >= 0.8 and ratio * factor <= 1.25
    return ["met"], [parity], ["met" if sure else "unknown"]


RULES: dict[str, Callable[[Known, dict[str, Any]], Answers]] = {
    "statements": statements, "survey": survey, "counts": counts, "score": score, "likelihood": likelihood,
}  # fmt: skip


def _names(number: int) -> dict[str, Any]:
    names: dict[str, Any] = {
        name: f"things.{name}_{number}" for name in ("answers", "done", "due", "score", "chosen", "stood")
    }
    return {**names, "things": [f"things.thing_{number}_{one}" for one in range(WORDS[shape(number)])]}


WORDS = {"statements": 7, "survey": 2, "counts": 1, "score": 1, "likelihood": 0}
TABLE = [(str(number), RULES[shape(number)], _names(number)) for number in range(CRITERIA)]
KEPT = {item for number, (_, _, names) in enumerate(TABLE) if number % 2 == 0 for item in names["things"]}
"""Statements that count until they are said anew."""


def grade(answers: Answers) -> tuple[str | None, str | None]:
    """Return the grade held and the one attainable: of each grade all its requirements, and those below."""
    developing, achieving, excelling = answers
    if all(answer == "n/a" for level in answers for answer in level):
        return None, None
    levels = [together(developing), together(achieving), together(excelling)]
    held = attainable = 0
    while held < 3 and levels[held] in ("met", "n/a"):
        held += 1
    while attainable < 3 and levels[attainable] != "unmet":
        attainable += 1
    if held == 0 and levels[0] != "unmet":
        return None, GRADES[attainable]
    return GRADES[held], GRADES[attainable]


def grades_by_hand(rows: list[Row]) -> dict[str, tuple[str | None, str | None]]:
    """Return the grade held and the one attainable of every criterion."""
    known = latest(rows)
    return {name: grade(rule(known, names)) for name, rule, names in TABLE}
