"""A small vocabulary with codes, coarser groups and a measure of two groups, for tests of how groups are read."""

from __future__ import annotations

import tomllib
from typing import Any

from attrs import evolve, frozen
from evidence_builders import FRAMEWORKS as BUNDLED
from evidence_builders import HEADER

from equityrules.loading.evidence import evidence_of_document, read_rows
from equityrules.loading.vocabulary import read_vocabulary
from equityrules.loading.vocabulary_checks import check_vocabulary
from equityrules.model.evidence import Evidence
from equityrules.model.problems import Problem
from equityrules.model.vocabulary import Vocabulary

VOCABULARY = """
area = "staff"

[dimension.ethnic]
title = "Ethnic origin"
undeclared = "unknown"
groups = [
  { id = "white", label = "White", also = ["White staff"] },
  { id = "bme", label = "BME", also = ["Black, Asian and minority ethnic"] },
  { id = "unknown", label = "Unknown" },
]
codes = { white = ["A", "B", "CX"], bme = ["H", "J", "K"], unknown = ["Z", "99"] }
[dimension.ethnic.descriptions]
white = ["White British"]
bme = ["Asian or Asian British - Indian", "Chinese", "White: Black, and more"]
unknown = ["Not stated"]

[dimension.impairment]
title = "Disability status"
groups = [
  { id = "disabled", label = "Disabled", also = ["Yes"] },
  { id = "non_disabled", label = "Non-disabled" },
  { id = "unknown", label = "Unknown" },
]

[dimension.grade]
title = "Pay grade"
groups = [
  { id = "1", label = "Grade 1", also = ["1.0"] },
  { id = "2", label = "Grade 2" },
  { id = "3", label = "Grade 3" },
]

[dimension.tier]
title = "Tier of pay"
of = "grade"
groups = [{ id = "1", label = "Lower", parts = ["1", "2"] }, { id = "2", label = "Upper", parts = ["3"] }]

[item.all]
kind = "count"
text = "Everybody"
dimensions = ["ethnic", "impairment"]
sum_of = ["staff.paid", "staff.unpaid"]
[item.paid]
kind = "count"
text = "Paid"
dimensions = ["grade", "tier", "ethnic", "impairment"]
[item.unpaid]
kind = "count"
text = "Unpaid"
dimensions = ["ethnic", "impairment"]
[item.origin]
kind = "count"
text = "Everybody, by origin"
dimensions = ["ethnic"]
[item.asked]
kind = "survey"
text = "Were asked"
dimensions = ["ethnic"]
asked = { 2022 = "Q14a", 2023 = "Q15" }
[item.told]
kind = "statement"
text = "Were told"
dimensions = ["ethnic"]
[item.score]
kind = "amount"
unit = "score"
text = "Engagement"
dimensions = ["ethnic"]

[measure.staff_likelihood]
kind = "relative-likelihood"
title = "Relative likelihood"
by = "ethnic"
over = ["white", "bme"]
"""


@frozen
class Likelihood:
    """A measure as far as reading evidence needs it."""

    id: str = "staff_likelihood"
    title: str = "Relative likelihood"
    unit: str = "ratio"
    items: tuple[str, ...] = ("staff.all",)


def vocabulary_of(text: str) -> tuple[Vocabulary, list[Problem]]:
    """Return the vocabulary in a text, and what is wrong with it."""
    problems: list[Problem] = []
    read = read_vocabulary({"vocabulary.toml": tomllib.loads(text)}, problems)
    return check_vocabulary(read, "plan", problems), problems


STAFF, FAULTS = vocabulary_of(VOCABULARY)
WITH_STAFF = evolve(
    BUNDLED,
    vocabulary=BUNDLED.vocabulary.merged(STAFF),
    measures={**BUNDLED.measures, "staff_likelihood": Likelihood()},  # type: ignore[dict-item]
)


def rows(*given: dict[Any, Any]) -> Evidence:
    """Return the evidence in tidy rows with the usual header."""
    [evidence] = read_rows([{**HEADER, **one} for one in given], WITH_STAFF)
    return evidence


def document(**kinds: list[dict[str, object]]) -> Evidence:
    """Return the evidence in a document with the usual header."""
    [evidence] = evidence_of_document({**HEADER, **kinds}, "document", WITH_STAFF)
    return evidence


def counted(evidence: Evidence) -> dict[str, object]:
    """Return the values of counts and amounts by item and cell, as messages name them."""
    return {
        f"{one.item} {' '.join(f'{name}={group}' for name, group in one.cell)}".strip(): one.value
        for one in evidence.entries
    }
