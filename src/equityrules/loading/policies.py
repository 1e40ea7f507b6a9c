"""Reads the policies for small numbers that come with the frameworks."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from attrs import field, frozen

from equityrules.disclosure.policy import KindRule, Obligation, Policy
from equityrules.loading.documents import decode, parse_toml
from equityrules.loading.structuring import make_converter, structure_file
from equityrules.model.basis import Basis
from equityrules.model.problems import nearest, quoted

FILE = "policies.toml"


@frozen
class PolicySpec:
    """A policy as its file gives it."""

    title: str
    basis: Basis
    kind: Mapping[str, KindRule]
    round_to: int = 0
    source: str = ""


@frozen
class PoliciesSpec:
    """The file of policies."""

    default: str
    policy: Mapping[str, PolicySpec]
    obliged: Mapping[str, Obligation] = field(factory=dict)
    format: int = 1


def load_policies() -> dict[str, Policy]:
    """Return the policies by id, the default one first."""
    text = decode(files("equityrules.frameworks").joinpath(FILE).read_bytes(), FILE)
    spec: PoliciesSpec = structure_file(make_converter(), parse_toml(text, FILE), PoliciesSpec, FILE)
    names = sorted(spec.policy, key=lambda name: name != spec.default)
    return {name: _policy(name, spec.policy[name], spec.obliged) for name in names}


def _policy(name: str, spec: PolicySpec, obliged: Mapping[str, Obligation]) -> Policy:
    return Policy(
        id=name, title=spec.title, kind=spec.kind, round_to=spec.round_to, source=spec.source, basis=spec.basis,
        obliged=obliged,
    )  # fmt: skip


def load_policy(name: str = "") -> Policy:
    """Return a policy by its id, the default one where none is named. Raises ValueError naming the nearest."""
    policies = load_policies()
    if not name:
        return next(iter(policies.values()))
    if name not in policies:
        raise ValueError(f"there is no policy '{name}'{nearest(name, policies)}; the policies are {quoted(policies)}")
    return policies[name]
