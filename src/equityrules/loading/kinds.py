"""Kinds that plugins bring, each guarded: where one fails the finding is unknown, and its plugin has a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from numbers import Rational
from typing import Any

from attrs import frozen

from equityrules import measures as core_measures
from equityrules.grading import rollups
from equityrules.hooks import Kinds
from equityrules.model.finding import Observation, Outcome, Reason
from equityrules.model.kinds import Check, Word
from equityrules.model.result import Fault
from equityrules.model.vocabulary import Cell
from equityrules.plugins import Plugins

HOOK = "equityrules_kinds"
_ENGINES_OWN = ("measure", "threshold", "parts", "need")
"""What gaps read of the engine's own conditions; in a plugin's they could mean anything."""


@frozen
class Guard:
    """What a method of a kind answers with, and what stands in where it fails."""

    holds: Callable[[Any], bool]
    instead: Callable[..., Any]


def gather_kinds(plugins: Plugins) -> Kinds:
    """Return the kinds of the engine and of all plugins; one that is taken already is the later plugin's fault."""
    whole: dict[str, dict[str, Any]] = {
        "measures": dict(core_measures.KINDS),
        "conditions": {},
        "roll_ups": dict(rollups.KINDS),
    }
    for name, brought in plugins.call(HOOK, Kinds):
        for sort, guards in _GUARDS.items():
            whole[sort] |= _usable(plugins, name, getattr(brought, sort), whole[sort], guards)
    return Kinds(**whole)


def _usable(
    plugins: Plugins, plugin: str, brought: object, known: Mapping[str, Any], guards: Mapping[str, Guard]
) -> dict[str, Any]:
    """Return the kinds that can be used, guarded; the others are faults."""
    if not isinstance(brought, Mapping):
        plugins.faults.append(Fault(plugin, HOOK, f"gives {type(brought).__name__} where kinds by name are wanted"))
        return {}
    usable = {}
    for name, kind in brought.items():
        message = _objection(name, kind, known, guards)
        if message:
            plugins.faults.append(Fault(plugin, HOOK, message))
        else:
            usable[name] = _guarded(plugins, plugin, name, kind, guards)
    return usable


def _objection(name: object, kind: object, known: Mapping[str, Any], guards: Mapping[str, Guard]) -> str:
    if name in known:
        return f"the kind '{name}' is taken; it keeps its first meaning"
    if not isinstance(kind, type):
        return f"the kind '{name}' is {type(kind).__name__}, not a class"
    for method in guards:
        if not callable(getattr(kind, method, None)):
            return f"the kind '{name}' has no method '{method}'"
    fields = {*dir(kind), *getattr(kind, "__annotations__", {})}
    taken = [field for field in _ENGINES_OWN if field in fields] if "check" in guards else []
    return f"the kind '{name}' has a field '{taken[0]}', which is the engine's own; rename it" if taken else ""


def _guarded(plugins: Plugins, plugin: str, name: str, kind: Any, guards: Mapping[str, Guard]) -> Any:  # noqa: ANN401 - a class and its subclass
    """Return a subclass of the kind whose methods have something to stand in where they fail."""
    methods = {
        method: _safe(plugins, plugin, f"kind {name}, {method}", getattr(kind, method), guard)
        for method, guard in guards.items()
    }
    return type(kind)(kind.__name__, (kind,), {"__slots__": (), "__module__": kind.__module__, **methods})


def _safe(plugins: Plugins, plugin: str, where: str, own: Callable[..., Any], guard: Guard) -> Callable[..., Any]:
    def method(self: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the kind's own method
        try:
            answer = own(self, *arguments, **named)
            if guard.holds(answer):
                return answer
            message = f"returned {type(answer).__name__}, which is not what it returns"
        except Exception as error:  # noqa: BLE001 - whatever a plugin raises is its fault, never ours
            message = f"raised {type(error).__name__}: {error}"
        plugins.passing.faults.append(Fault(plugin, where, message))
        return guard.instead(self, *arguments, **named)

    return method


def _is_observation(answer: object) -> bool:
    return isinstance(answer, Observation) and all(
        one is None or isinstance(one, Rational) for one in (answer.value, answer.low, answer.high)
    )


def _is_step(answer: object) -> bool:
    return answer is None or (isinstance(answer, tuple) and len(answer) == 2)


def _no_observation(measure: Any, snapshot: object, cell: Cell) -> Observation:  # noqa: ANN401, ARG001 - of a plugin's kind
    return Observation(measure.id, measure.title, cell, unit=measure.unit, reason=Reason.NOT_COMPUTABLE)


_FAILED = "the plugin that judges this failed; the receipt says how"
_NO_CHECK = Check(Outcome.UNKNOWN, Reason.NOT_COMPUTABLE)
_GUARDS = {
    "measures": {"observe": Guard(_is_observation, _no_observation)},
    "conditions": {
        "check": Guard(lambda answer: isinstance(answer, Check), lambda *_, **__: _NO_CHECK),
        "because": Guard(lambda answer: isinstance(answer, str), lambda *_, **__: _FAILED),
    },
    "roll_ups": {
        "word": Guard(lambda answer: isinstance(answer, Word), lambda *_, **__: Word(None, None, _FAILED)),
        "next_step": Guard(_is_step, lambda *_, **__: None),
    },
}
