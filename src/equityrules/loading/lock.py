"""editions.lock: a digest for every edition, so that a changed standard is always deliberate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from equityrules.loading.documents import decode, parse_toml, read_bytes
from equityrules.loading.structuring import make_converter, structure_file
from equityrules.model.framework import Framework
from equityrules.model.problems import Problem

LOCK_FILE = "editions.lock"


@frozen
class Locked:
    """What the lock keeps of an edition."""

    revision: int
    digest: str


def check_lock(folder: Path, frameworks: Sequence[Framework]) -> list[Problem]:
    """Return what does not agree with the folder's lock; nothing where the folder has none."""
    lock = folder / LOCK_FILE
    if not lock.is_file():
        return []
    locked = _read(lock)
    problems = [Problem(LOCK_FILE, ref, "is locked but not in the folder") for ref in locked.keys() - _refs(frameworks)]
    for one in frameworks:
        problems.extend(Problem(LOCK_FILE, one.ref, message) for message in _differences(one, locked.get(one.ref)))
    return problems


def _refs(frameworks: Sequence[Framework]) -> set[str]:
    return {one.ref for one in frameworks}


def _differences(framework: Framework, locked: Locked | None) -> list[str]:
    if locked is None:
        return ["is not locked yet; run `equityrules lint --write-lock` on the folder"]
    if framework.digest == locked.digest and framework.revision == locked.revision:
        return []
    if framework.revision <= locked.revision:
        return [f"its files changed, so its revision has to rise above {locked.revision}, with a line in CHANGELOG.md"]
    return ["its revision rose; run `equityrules lint --write-lock` on the folder to lock it"]


def _read(lock: Path) -> dict[str, Locked]:
    document = parse_toml(decode(read_bytes(lock), LOCK_FILE), LOCK_FILE)
    return structure_file(make_converter(), document, dict[str, Locked], LOCK_FILE)


def write_lock(folder: Path, frameworks: Sequence[Framework]) -> None:
    """Lock the editions as they are; one whose files changed without a new revision keeps its old entry."""
    lock = folder / LOCK_FILE
    before = _read(lock) if lock.is_file() else {}
    lines = [
        "# A digest of each edition's files. Written by `equityrules lint --write-lock`; a change raises `revision`.\n"
    ]
    for one in sorted(frameworks, key=lambda framework: framework.ref):
        old = before.get(one.ref)
        kept = old if old is not None and old.revision >= one.revision else Locked(one.revision, one.digest)
        lines.append(f"\n[{json.dumps(one.ref)}]\nrevision = {kept.revision}\ndigest = {json.dumps(kept.digest)}\n")
    lock.write_text("".join(lines), encoding="utf-8", newline="\n")
