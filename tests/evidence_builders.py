"""Builders of evidence for tests: the shortest way to have something read, and to see how it is refused."""

from __future__ import annotations

import atexit
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from equityrules.loading.evidence import evidence_of_document, read_evidence, read_rows
from equityrules.loading.frameworks import load_frameworks
from equityrules.model.evidence import Evidence
from equityrules.model.problems import InvalidInputError, Problem

EXAMPLES = Path(__file__).parent.parent / "examples"
FRAMEWORKS = load_frameworks()
HEADER = {"organisation": "Example NHS Trust", "period": "2023/24"}
COMPARED = "practice.staff_experience_compared_and_acted_on"
FOLDER = tempfile.TemporaryDirectory()
atexit.register(FOLDER.cleanup)
POLICY = "practice.zero_tolerance_policy"
SURVEY = "survey.recommend_place_to_work"


def read(path: Path, *others: Path) -> Evidence:
    """Return the evidence of the one organisation in some files."""
    [evidence] = read_evidence(path, *others, frameworks=FRAMEWORKS)
    return evidence


def document(**kinds: list[dict[str, object]]) -> Evidence:
    """Return the evidence in a document with the usual header."""
    [evidence] = evidence_of_document({**HEADER, **kinds}, "document", FRAMEWORKS)
    return evidence


def rows(*given: dict[str, object]) -> Evidence:
    """Return the evidence in tidy rows with the usual header."""
    [evidence] = read_rows([{**HEADER, **one} for one in given], FRAMEWORKS)
    return evidence


def table(tmp_path: Path, text: str, name: str = "trust.csv") -> Path:
    """Return a file with this text in it."""
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def refused(message: str) -> Any:
    """Return what expects a refusal with these words."""
    return pytest.raises(InvalidInputError, match=re.escape(message))


def saved(name: str, content: bytes) -> Path:
    """Return a file with this content."""
    path = Path(FOLDER.name) / name
    path.write_bytes(content)
    return path


def problems_of(read: Callable[..., object], *arguments: Any, **named: Any) -> tuple[Problem, ...]:
    """Return the problems with which something is refused, or none where it is read; nothing else may be raised."""
    try:
        read(*arguments, **named)
    except InvalidInputError as error:
        return error.problems or (Problem("", "", "refused without a problem"),)
    return ()


def as_json(value: Any) -> str:
    """Return any value as JSON, numbers digit by digit as they are."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)}: {as_json(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_json, value)) + "]"
    if isinstance(value, int) and value > 10**1000:
        return "1" + "0" * 5000
    return str(value) if isinstance(value, Decimal) else json.dumps(value, default=str)
