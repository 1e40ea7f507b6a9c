"""Profiles: what an organisation confirmed for itself, and the methods and parameters it chose; named and dated."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import asdict, fields_dict, frozen

from equityrules.loading.documents import decode, parse_toml, read_bytes
from equityrules.loading.structuring import NotStructuredError, make_converter, structure
from equityrules.loading.values import number
from equityrules.model.framework import Framework
from equityrules.model.problems import InvalidInputError, Problem, nearest, shown

PARAMETER = "/parameter/"


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
        chosen = self.setting(f"{framework}{PARAMETER}{name}")
        return number(chosen) if chosen else default


def read_profile(path: Path) -> Profile:
    """Return the profile in a TOML file. Raises InvalidInputError with every problem."""
    path = Path(path)
    file = path.name
    document = parse_toml(decode(read_bytes(path), file), file)
    if not fields_dict(Profile).keys() & document.keys():
        message = "is not a profile; write a name, and [[confirm]] or [[set]] for what was confirmed or chosen"
        raise InvalidInputError([Problem(file, "", message)])
    try:
        profile = structure(make_converter(), document, Profile)
    except NotStructuredError as error:
        raise InvalidInputError(
            Problem(file, _where(document, steps), message) for steps, message in error.faults
        ) from None
    problems = [Problem(file, where, message) for where, message in _faults(profile)]
    if problems:
        raise InvalidInputError(problems)
    return profile


def _where(document: Mapping[str, Any], path: tuple[str, ...]) -> str:
    """Return a path in the words of the file: "confirm eds/2D.local-care on" rather than by number alone."""
    if len(path) >= 2 and path[1].isdigit() and isinstance(given := document[path[0]][int(path[1]) - 1], Mapping):
        name = given.get("about") or given.get("what")
        path = (path[0], name if isinstance(name, str) else path[1], *path[2:])
    return " ".join(path)


def _faults(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield the place and message of what a profile cannot say."""
    if profile.format != 1:
        yield "format", f"format {profile.format} is not known; write format = 1"
    if not profile.name:
        yield "name", "a profile needs a name; results carry it"
    for kind, names in (
        ("confirm", [one.about for one in profile.confirm]),
        ("set", [one.what for one in profile.set]),
    ):
        for name, times in Counter(names).items():
            if times > 1:
                yield f"{kind} {name}", f"is given {times} times; keep one of them"
    for confirmation in profile.confirm:
        yield from _blanks(f"confirm {confirmation.about}", asdict(confirmation))
    for setting in profile.set:
        yield from _blanks(f"set {setting.what}", asdict(setting))
        if PARAMETER in setting.what:
            yield from _parameter_faults(setting)


def _blanks(where: str, fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if value == "":
            yield where, f"'{name}' is blank; a profile says who decided what, when and why"


def _parameter_faults(setting: Setting) -> Iterator[tuple[str, str]]:
    try:
        number(setting.value)
    except ValueError:
        yield f"set {setting.what}", f'{shown(setting.value)} is not a number; write value = "0.8", for example'


def profile_faults(profile: Profile, frameworks: Iterable[Framework]) -> Iterator[Problem]:
    """Yield a problem for every confirmation and setting that names nothing in any of the frameworks."""
    loaded = list(frameworks)
    where = f"profile '{profile.name}'"
    requirements = {f"{one.id}/{name}" for one in loaded for name in _requirement_names(one)}
    settings = {f"{one.id}/{name}" for one in loaded for name in _setting_names(one)}
    for given in profile.confirm:
        if given.about not in requirements:
            message = f"there is no requirement {shown(given.about)}{nearest(given.about, requirements)}"
            yield Problem(where, "confirm", message)
    for setting in profile.set:
        if setting.what not in settings:
            yield Problem(where, "set", f"there is no setting {shown(setting.what)}{nearest(setting.what, settings)}")


def _requirement_names(framework: Framework) -> Iterator[str]:
    for criterion in framework.criteria:
        yield criterion.id
        for requirement in criterion.requirements:
            yield requirement.id
            yield requirement.id.partition("/")[0]


def _setting_names(framework: Framework) -> Iterator[str]:
    """Yield what a profile can choose: the methods that the framework has, and its parameters."""
    methods = framework.methods
    if methods.services is not None:
        yield from ("services", "services/even")
    if methods.groups is not None:
        yield "groups"
    if methods.overall is not None:
        yield "overall"
    yield from (f"{PARAMETER.removeprefix('/')}{name}" for name in framework.parameters)
