"""The rules of the made-up framework in zen-engine, a rule engine written in Rust, for comparison only.

It is no dependency: `pip install zen-engine` beside this library to have it measured. Its expressions have no square
root, so the likelihoods, 5 of the 60 criteria, are judged by the hand-written rules and given to it as answers; the
latest rows are picked by hand too. Both are in its time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from by_hand import GRADES, TABLE, Known, latest, likelihood
from made_up import CRITERIA, Row, shape

LIKELIHOODS = [(name, names) for name, rule, names in TABLE if rule is likelihood]


def _said(thing: str) -> str:
    unmet = f"(k.{thing} == 'not applicable' ? 'n/a' : 'unmet')"
    return f"(k.{thing} == null ? 'unknown' : k.{thing} == 'in place' ? 'met' : {unmet})"


def _step(value: str, test: str) -> str:
    return f"({value} == null ? 'unknown' : {value} {test} ? 'met' : 'unmet')"


def _all(name: str) -> str:
    worst = f"some({name}, # == 'unmet') ? 'unmet' : some({name}, # == 'unknown') ? 'unknown'"
    return f"({worst} : some({name}, # == 'met') ? 'met' : 'n/a')"


def _two_of(name: str) -> str:
    met, unknown, asked = (f"count({name}, # {test})" for test in ("== 'met'", "== 'unknown'", "!= 'n/a'"))
    reached = f"{met} >= 2 ? 'met' : {met} + {unknown} >= 2 ? 'unknown' : 'unmet'"
    return f"({asked} == 0 ? 'n/a' : {reached})"


def _levels(number: int) -> Iterator[tuple[str, str]]:
    """Yield what a criterion works out, in order; a0, a1 and a2 are the answers of its three grades."""
    made, key = shape(number), f"c{number}"
    thing = [_said(f"thing_{number}_{one}") for one in range(7)]
    if made == "statements":
        yield f"{key}_some", f"[{thing[3]}, {thing[4]}, {thing[5]}]"
        answers = [f"[{thing[0]}]", f"[{thing[1]}, {thing[2]}]", f"[{_two_of(f'$.{key}_some')}, {thing[6]}]"]
    elif made == "survey":
        low, middle, high = (_step(f"k.m_{number}", f"> {start}") for start in (50, 70, 85))
        answers = [f"[{low}, {thing[0]}]", f"[{middle}]", f"[{high}, {thing[1]}]"]
    elif made == "counts":
        low, middle, high = (_step(f"k.m_{number}", f">= {start}") for start in (40, 60, 90))
        answers = [f"[{low}]", f"[{middle}, {thing[0]}]", f"[{high}]"]
    elif made == "score":
        low, middle, high = (_step(f"k.m_{number}", f">= {start}") for start in (4, 6.5, 8))
        answers = [f"[{low}, {thing[0]}]", f"[{middle}]", f"[{high}]"]
    else:
        answers = [f"[k.m_{number}_{level}]" for level in range(3)]
    for level, answer in enumerate(answers):
        yield f"{key}_a{level}", answer
        yield f"{key}_l{level}", _all(f"$.{key}_a{level}")


def _rules() -> Iterator[tuple[str, str]]:
    for number in range(CRITERIA):
        yield from _levels(number)
        first, second, third = (f"$.c{number}_l{level}" for level in range(3))
        nothing = " and ".join(f"{one} == 'n/a'" for one in (first, second, third))
        fails = [f"{one} in ['unmet', 'unknown']" for one in (first, second, third)]
        none_held = f"{nothing} or {first} == 'unknown'"
        yield f"held_{number}", f"{none_held} ? null : {fails[0]} ? 0 : {fails[1]} ? 1 : {fails[2]} ? 2 : 3"
        ends = f"{first} == 'unmet' ? 0 : {second} == 'unmet' ? 1 : {third} == 'unmet' ? 2 : 3"
        yield f"attainable_{number}", f"{nothing} ? null : {ends}"


def _decision() -> dict[str, Any]:
    expressions = [{"id": key, "key": key, "value": value} for key, value in _rules()]
    kinds = {"in": "inputNode", "rules": "expressionNode", "out": "outputNode"}
    nodes: list[dict[str, Any]] = [{"id": one, "name": one, "type": kind} for one, kind in kinds.items()]
    nodes[1]["content"] = {"expressions": expressions}
    pairs = [("in", "rules"), ("rules", "out")]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in pairs]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _percent(value: int, base: int, least: int) -> float | None:
    return 100 * value / base if base >= least else None


def _answers(known: Known) -> dict[str, Any]:
    """Return what the rules read: statements as they are, of each measure its value, of likelihoods the answers."""
    whole = {item: row for (item, group), row in known.items() if not group}
    given: dict[str, Any] = {item.removeprefix("things."): row["value"] for item, row in whole.items()}
    for number, (_, _, names) in enumerate(TABLE):
        made = shape(number)
        if made == "survey" and (row := known.get((names["answers"], ""))):
            given[f"m_{number}"] = _percent(row["value"], row["of"], 10)
        elif made == "score" and (row := known.get((names["score"], ""))):
            given[f"m_{number}"] = float(row["value"])
        elif made == "counts":
            done, due = known.get((names["done"], "")), known.get((names["due"], ""))
            if done and due and done["year"] == due["year"]:
                given[f"m_{number}"] = _percent(done["value"], due["value"], 1)
    for name, names in LIKELIHOODS:
        given |= {f"m_{name}_{level}": one for level, [one] in enumerate(likelihood(known, names))}
    return given


def make_zen() -> Callable[[list[Row]], dict[str, tuple[str | None, str | None]]]:
    """Return what grades the rows of one organisation with zen-engine. Raises ImportError where it is not installed."""
    import zen  # noqa: PLC0415 - only where it is installed

    decision = zen.ZenEngine().create_decision(json.dumps(_decision()))
    words = dict(enumerate(GRADES))

    def grades_with_zen(rows: list[Row]) -> dict[str, tuple[str | None, str | None]]:
        found = decision.evaluate({"k": _answers(latest(rows))})["result"]
        return {
            str(number): (words.get(found.get(f"held_{number}")), words.get(found.get(f"attainable_{number}")))
            for number in range(CRITERIA)
        }

    return grades_with_zen
