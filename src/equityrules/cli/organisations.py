"""`--organisation`: whose evidence is used, where the files hold that of many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

import click

from equityrules.cli.common import USAGE, fail
from equityrules.model.evidence import Evidence
from equityrules.model.numbers import counted
from equityrules.model.problems import quoted, shown

_Command = TypeVar("_Command", bound=Callable[..., Any])
_MOST_NAMED = 3


def organisation_option(command: _Command) -> _Command:
    """Add the option that says whose evidence is used; `of_organisations` applies it."""
    return click.option(
        "--organisation", multiple=True, metavar="CODE-OR-NAME", help="Only this organisation; may be given many times."
    )(command)


def of_organisations(bodies: Sequence[Evidence], wanted: Sequence[str]) -> Sequence[Evidence]:
    """Return the evidence of the organisations named, of all where none is; exits 2 for a code or name unknown."""
    names = [_folded(one) for one in wanted]
    for given, name in zip(wanted, names, strict=True):
        if not any(name in _names(body) for body in bodies):
            fail(f"--organisation {shown(given)}: {_unknown(bodies, name)}", USAGE)
    return [body for body in bodies if not names or not _names(body).isdisjoint(names)]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _names(body: Evidence) -> set[str]:
    """Return what an organisation may be called by: its name, and its code if it has one."""
    return {_folded(one) for one in (body.organisation.name, body.organisation.code) if one}


def _unknown(bodies: Sequence[Evidence], name: str) -> str:
    """Return that there is no such organisation, with those whose names hold the words or are most like them."""
    known = {one: _label(body) for body in bodies for one in _names(body)}
    holding = [one for one in known if name and name in one]
    alike = holding or get_close_matches(name, list(known), n=_MOST_NAMED, cutoff=0.5)
    nearest = list(dict.fromkeys(known[one] for one in alike))[:_MOST_NAMED]
    advice = f"did you mean {quoted(nearest)}?" if nearest else "`equityrules check` lists them"
    return f"the evidence of {counted(len(bodies), 'organisation')} has none of this code or name; {advice}"


def _label(body: Evidence) -> str:
    code = body.organisation.code
    return f"{body.organisation.name} ({code})" if code else body.organisation.name
