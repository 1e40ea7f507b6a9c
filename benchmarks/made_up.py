"""A made-up framework of 60 criteria x 4 grades, written as framework files, and random evidence for it.

Its rules are of the sorts that the real frameworks have, in about their numbers: statements by themselves and several
together, shares of survey answers and of counts, scores, and the likelihood of an event for one group over another.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from equityrules import Evidence, Framework, load_frameworks, read_rows

Row = dict[str, Any]
"""One number or statement of one organisation: its item, group, year, value and, for a survey, the base."""

YEAR = 2023
CRITERIA = 60
GROUPS = 6
STATUSES = ("in place", "committed", "not in place", "not applicable")

FRAMEWORK = """
format = 1
id = "madeup"
edition = "1"
revision = 1
title = "A made-up standard"
publisher = "Nobody"
licence = "none"
status = "current"
in_force = { from = 2015-04-01 }

[scale.activity]
grades = [
  { id = "undeveloped", label = "Undeveloped", points = 0 },
  { id = "developing",  label = "Developing",  points = 1 },
  { id = "achieving",   label = "Achieving",   points = 2 },
  { id = "excelling",   label = "Excelling",   points = 3 },
]
"""
OVERALL = """
[overall]
kind = "points-total"
text = "The points of all criteria are added up; the total picks the band."
bands = [
  { below = 45, grade = "undeveloped" },
  { from = 45, to = 119, grade = "developing" },
  { from = 120, to = 179, grade = "achieving" },
  { from = 180, to = 180, grade = "excelling" },
]
basis = "project"
source = "ourselves"

[source.ourselves]
title = "Made up for the benchmark"
"""
SOURCE = 'basis = "project"\nsource = "ourselves"'


def shape(number: int) -> str:
    """Return what the rules of a criterion are like: by the share of each sort in the real frameworks."""
    last = number % 12
    return "statements" if last < 6 else "survey" if last < 9 else ("counts", "score", "likelihood")[last - 9]


def _statement_items(number: int, count: int) -> str:
    fresh = '\nfresh = "12 months"' if number % 2 else ""
    return "".join(
        f'[item.thing_{number}_{one}]\nkind = "statement"\ntext = "Thing {one} of {number}"{fresh}\n\n'
        for one in range(count)
    )


def _number_item(name: str, kind: str, more: str = "") -> str:
    return f'[item.{name}]\nkind = "{kind}"\ntext = "The {name}"\nfresh = "12 months"\n{more}\n'


def _requirement(number: int, name: str, rule: str, grade: str = "") -> str:
    asked = f'grade = "{grade}"\n' if grade else ""
    text = f"What {name} of {number} asks for"
    return f'\n[[requirement]]\nid = "{number}.{name}"\n{asked}text = "{text}"\n{rule}\n{SOURCE}\n'


def _ladder(number: int, test: str, steps: tuple[str, str, str]) -> str:
    developing, achieving, excelling = steps
    asked = f"{{ developing = {developing}, achieving = {achieving}, excelling = {excelling} }}"
    basis = 'basis = { developing = "project", achieving = "project", excelling = "project" }'
    return (
        f'\n[[requirement]]\nid = "{number}.ladder"\ntext = "The measure of {number}"\nmeasure = "measure_{number}"\n'
        f'{test} = {asked}\n{basis}\nsource = "ourselves"\n'
    )


def _attested(number: int, *things: int) -> str:
    names = ", ".join(f'"things.thing_{number}_{one}"' for one in things)
    return f"attested = [{names}]"


def _measure(number: int, kind: str, fields: str) -> str:
    return f'[measure.measure_{number}]\nkind = "{kind}"\ntitle = "Measure {number}"\n{fields}\n'


def _statements(number: int) -> tuple[str, str]:
    parts = ", ".join(f'{{ attested = "things.thing_{number}_{one}" }}' for one in (3, 4, 5))
    rules = (
        _requirement(number, "said", _attested(number, 0), "developing")
        + _requirement(number, "both", _attested(number, 1, 2), "achieving")
        + _requirement(number, "some", f"some_of = {{ need = 2, of = [{parts}] }}", "excelling")
        + _requirement(number, "more", _attested(number, 6), "excelling")
    )
    return _statement_items(number, 7), rules


def _survey(number: int) -> tuple[str, str]:
    items = _statement_items(number, 2) + _number_item(f"answers_{number}", "survey")
    items += _measure(number, "share", f'survey = "things.answers_{number}"\nminimum_base = 10')
    rules = _ladder(number, "above", ("50", "70", "85"))
    rules += _requirement(number, "asked", _attested(number, 0), "developing")
    return items, rules + _requirement(number, "used", _attested(number, 1), "excelling")


def _counts(number: int) -> tuple[str, str]:
    items = _statement_items(number, 1) + _number_item(f"done_{number}", "count")
    items += _number_item(f"due_{number}", "count")
    fields = f'events = "things.done_{number}"\nbase = "things.due_{number}"\nnested = true'
    items += _measure(number, "share", fields)
    rules = _ladder(number, "at_least", ("40", "60", "90"))
    return items, rules + _requirement(number, "written", _attested(number, 0), "achieving")


def _score(number: int) -> tuple[str, str]:
    items = _statement_items(number, 1) + _number_item(f"score_{number}", "amount", 'unit = "points"\n')
    items += _measure(number, "value", f'item = "things.score_{number}"\nunit = "points"')
    rules = _ladder(number, "at_least", ("4", "6.5", "8"))
    return items, rules + _requirement(number, "written", _attested(number, 0), "developing")


def _likelihood(number: int) -> tuple[str, str]:
    by = 'dimensions = ["ethnicity"]\n'
    items = _number_item(f"chosen_{number}", "count", by) + _number_item(f"stood_{number}", "count", by)
    fields = (
        f'events = "things.chosen_{number}"\nbase = "things.stood_{number}"\nnested = true\nby = "ethnicity"\n'
        'over = ["white", "bme"]\nadverse = { above = "bme", below = "white" }\nminimum_base = 10'
    )
    items += _measure(number, "relative-likelihood", fields)
    name = f'measure = "measure_{number}"\n'
    rules = _requirement(number, "reported", f"{name}reported = true", "developing")
    rules += _requirement(number, "parity", f"{name}within = [0.8, 1.25]", "achieving")
    return items, rules + _requirement(number, "assured", f"{name}interval_within = [0.8, 1.25]", "excelling")


_FILES: dict[str, Callable[[int], tuple[str, str]]] = {
    "statements": _statements, "survey": _survey, "counts": _counts, "score": _score, "likelihood": _likelihood,
}  # fmt: skip


def write_framework(folder: Path) -> None:
    """Write the framework's files and its vocabulary into a folder."""
    made = {number: _FILES[shape(number)](number) for number in range(CRITERIA)}
    groups = "".join(f'\n[group.{group}]\ntitle = "Group {group}"\n' for group in range(GROUPS))
    (folder / "framework.toml").write_text(FRAMEWORK + groups + OVERALL, encoding="utf-8")
    words = 'area = "things"\n\n' + "".join(items for items, _ in made.values())
    (folder / "vocabulary.toml").write_text(words, encoding="utf-8")
    for number, (_, rules) in made.items():
        head = f'id = "{number}"\ngroup = "{number % GROUPS}"\ntitle = "Criterion {number}"\n{SOURCE}\n'
        (folder / f"{number}.toml").write_text(head + rules, encoding="utf-8")


def random_rows(chance: random.Random) -> list[Row]:
    """Return the rows of one organisation: some are missing, some too old, some said again a year later."""
    rows = []
    for number in range(CRITERIA):
        for year in chance.choice([(YEAR,)] * 7 + [(YEAR - 1,), (YEAR - 2,), (YEAR - 1, YEAR), ()]):
            rows += [{**row, "year": year} for row in _rows_of(number, chance) if chance.random() < 0.98]
    return rows


def _rows_of(number: int, chance: random.Random) -> Iterator[Row]:
    good, made = chance.random(), shape(number)
    for one in range({"statements": 7, "survey": 2, "counts": 1, "score": 1, "likelihood": 0}[made]):
        status = "in place" if chance.random() < 0.6 + 0.4 * good else chance.choice(STATUSES)
        yield _row(f"thing_{number}_{one}", status)
    if made == "survey":
        base = chance.choice([5, chance.randint(10, 4000)])
        yield _row(f"answers_{number}", round(base * max(good, 0.3)), of=base)
    elif made == "counts":
        base = chance.randint(0, 60)
        yield from (_row(f"due_{number}", base), _row(f"done_{number}", round(base * max(good, 0.3))))
    elif made == "score":
        yield _row(f"score_{number}", f"{4 * good + chance.choice([1, 3, 6]):.1f}")
    elif made == "likelihood":
        for group in ("white", "bme"):
            base = chance.choice([8, chance.randint(20, 300), chance.randint(1000, 5000)])
            chosen = round(base * chance.choice([0, chance.uniform(0.1, 0.5), 0.25]))
            yield from (_row(f"stood_{number}", base, group), _row(f"chosen_{number}", chosen, group))


def _row(name: str, value: object, group: str = "", of: int | None = None) -> Row:
    return {"item": f"things.{name}", "group": group, "value": value, "of": of}


def make_up(organisations: int, folder: Path) -> tuple[Framework, list[list[Row]], list[Evidence]]:
    """Return the framework, and the rows of so many organisations with the evidence that the library reads in them."""
    write_framework(folder)
    frameworks = load_frameworks([folder])
    chance = random.Random(2022)
    given = [random_rows(chance) for _ in range(organisations)]
    table = [_tidy(number, row) for number, rows in enumerate(given) for row in rows]
    return frameworks["madeup@1"], given, list(read_rows(table, frameworks))


def _tidy(organisation: int, row: Row) -> Row:
    group = f"ethnicity={row['group']}" if row["group"] else ""
    period = f"{row['year'] - 1}/{row['year'] % 100}"
    name = f"Organisation {organisation}"
    kept = {key: row[key] for key in ("item", "value", "of")}
    note = "made up" if row["value"] == "not applicable" else ""
    return {**kept, "organisation": name, "group": group, "period": period, "note": note}
