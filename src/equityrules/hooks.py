"""The five hooks by which plugins teach the engine. Each returns a value; none depends on the order of plugins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Protocol

import pluggy
from attrs import field, frozen

from equityrules.model.evidence import Evidence
from equityrules.model.framework import Framework
from equityrules.model.result import Assessment, Remark

PROJECT = "equityrules"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

Renderer = Callable[..., str | bytes]
"""Turns assessments, its first argument, into a report: text, or the bytes of a document or workbook.

One that has a parameter `template` is given the path of the house document, or None; one that has a parameter `beside`
a `Board`: what came before, what items are called, and a brand.
"""


@frozen
class Kinds:
    """Kinds by the name that framework files use: of measure, of condition, of roll-up."""

    measures: Mapping[str, type[Any]] = field(factory=dict)
    conditions: Mapping[str, type[Any]] = field(factory=dict)
    roll_ups: Mapping[str, type[Any]] = field(factory=dict)


class Hooks(Protocol):
    """The hooks that a plugin may implement, each marked with `equityrules.hooks.hookimpl`."""

    @hookspec
    def equityrules_frameworks(self) -> Iterable[Traversable]:
        """Return folders that hold frameworks: `<id>/<edition>/framework.toml`, and `vocabulary/` beside them."""

    @hookspec
    def equityrules_kinds(self) -> Kinds:
        """Return kinds of measure, condition and roll-up for framework files to use."""

    @hookspec(firstresult=True)
    def equityrules_read_evidence(self, path: Path) -> Iterable[Mapping[str, Any]] | None:
        """Return the rows of a file of the plugin's own kind (see docs/evidence.md), or None where it is not one.

        Raises InvalidInputError where it is one and has mistakes in it.
        """

    @hookspec
    def equityrules_remarks(
        self, framework: Framework, evidence: Evidence, assessment: Assessment
    ) -> Iterable[Remark] | None:
        """Return what a reader of this assessment should know, or None where there is nothing to say."""

    @hookspec
    def equityrules_reports(self) -> Mapping[str, Renderer]:
        """Return report formats by the name that `--format` takes."""


HOOKS = tuple(name for name in vars(Hooks) if name.startswith("equityrules_"))
