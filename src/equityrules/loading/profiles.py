"""Profiles: what an organisation confirmed for itself, and the methods and parameters it chose; named and dated."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from attrs import frozen

from equityrules.loading.documents import decode, parse_toml, read_bytes
from equityrules.loading.structuring import make_converter, number, problems_in
from equityrules.model.problems import InvalidInputError, Problem


@frozen
class Confirmation:
    """Somebody checked a requirement, a whole ladder or a whole criterion against the official document."""

    about: str
    by: str
    on: dt.date
    document: str


@frozen
class Setting:
    """A method or parameter that the organisation chose: which, what, why, and who when."""

    what: str
    value: str
    why: str
    by: str
    on: dt.date


@frozen
class Profile:
    """A named set of confirmations and settings."""

    name: str = ""
    confirm: tuple[Confirmation, ...] = ()
    set: tuple[Setting, ...] = ()
    format: int = 1

    def confirmation(self, framework: str, criterion: str, requirement: str) -> str:
        """Return who confirmed a requirement, when and against what; empty where nobody did."""
        names = {f"{framework}/{one}" for one in (criterion, requirement, requirement.partition("/")[0])}
        for given in self.confirm:
            if given.about in names:
                return f"{given.by}, {given.on}, {given.document}"
        return ""

    def setting(self, what: str) -> str:
        """Return the value chosen for something; empty where it was left as it is."""
        return next((one.value for one in self.set if one.what == what), "")

    def parameter(self, framework: str, name: str, default: Decimal) -> Decimal:
        """Return the value of a framework's parameter. Raises ValueError where the chosen one is not a number."""
        chosen = self.setting(f"{framework}/parameter/{name}")
        return number(chosen) if chosen else default


def read_profile(path: Path) -> Profile:
    """Return the profile in a TOML file. Raises InvalidInputError with every problem."""
    file = path.name
    document = parse_toml(decode(read_bytes(path), file), file)
    try:
        profile = make_converter().structure(document, Profile)
    except Exception as error:  # noqa: BLE001 - cattrs raises groups of any type; each is reported
        raise InvalidInputError(
            Problem(file, " ".join(steps), message) for steps, message in problems_in(error)
        ) from None
    if not profile.name:
        raise InvalidInputError([Problem(file, "name", "a profile needs a name; results carry it")])
    return profile
