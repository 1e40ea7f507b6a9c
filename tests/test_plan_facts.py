"""What is known of plans is data: a folder teaches the names, topics, words and schemes of a new framework."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from equityrules import check_plan, load_frameworks, read_plan
from equityrules.loading.frameworks import load_frameworks as load

TRAVEL = Path(__file__).parent.parent / "examples" / "frameworks" / "travel-plan"
CITATIONS = """
[[cited]]
framework = "travel-plan"
names = ["Travel plan"]
words = ["criterion"]

[status]
Teal = "complete"
"""
SCHEME = """
id = "green-badge"
title = "Green Badge"
names = ["Green Badge"]
status = "closed"
closed = 2023-03-15
basis = "published"
read_in = "page"

[source.page]
title = "The page where it says so"
"""


def folder(tmp_path):
    for part, name, text in (("plans", "ours.toml", CITATIONS), ("schemes", "green.toml", SCHEME)):
        (tmp_path / "ours" / part).mkdir(parents=True)
        (tmp_path / "ours" / part / name).write_text(text, encoding="utf-8")
    return tmp_path / "ours"


def test_a_folder_teaches_a_framework_a_scheme_and_a_word(tmp_path):
    frameworks = load_frameworks([TRAVEL, folder(tmp_path)])
    file = tmp_path / "plan.csv"
    file.write_text(
        "Action,Criteria,Status\nBuild stands,Travel plan 9,Green\nKeep the Green Badge,travel-plan/cycling,Amber\n"
        "Count,Travel plan,Teal\n",
        encoding="utf-8",
    )
    plan = read_plan(file, frameworks)
    assert [line.is_open for line in plan.lines] == [True, True, False]
    codes = {}
    for day in ("2023-03-14", "2023-03-15"):
        review = check_plan(plan, frameworks.plan_rules, as_of=dt.date.fromisoformat(day), off=["measurability"])
        codes[day] = [remark.code for remark in review.remarks]
    assert codes == {"2023-03-14": ["no-such-reference"], "2023-03-15": ["no-such-reference", "closed-scheme"]}


def test_every_scheme_has_a_source_and_says_when_it_closed():
    for scheme in load().plan_rules.schemes:
        assert scheme.source.title
        assert scheme.source.url.startswith("https://")
        assert (scheme.status == "open") is (scheme.closed is None)


def test_the_rainbow_badge_is_closed_from_the_last_day_of_february_2024():
    [badge] = [one for one in load().plan_rules.schemes if one.id == "rainbow-badge"]
    assert badge.levels == ("Bronze", "Silver", "Gold")
    assert not badge.has_closed(dt.date(2024, 2, 28))
    assert badge.has_closed(dt.date(2024, 2, 29))


def test_every_topic_is_about_something_of_a_framework_that_can_be_cited():
    rules = load().plan_rules
    for topic in rules.topics:
        assert topic.about
        assert set(topic.about) <= set(rules.frameworks)


def test_the_engine_names_no_framework():
    source = Path(__file__).parent.parent / "src" / "equityrules"
    files = [*(source / "plans").glob("*.py"), *(source / "loading").glob("plan*.py"), source / "model" / "plan.py"]
    assert len(files) > 10
    for file in files:
        assert not {"NHS", "WRES", "WDES", "EDS2"} & set(file.read_text(encoding="utf-8").split())
