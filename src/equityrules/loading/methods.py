"""How a framework turns votes, services, criteria and groups into results: its named methods, compiled and checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import cattrs
from attrs import evolve, frozen

from equityrules.grading import rollups
from equityrules.grading.awards import EVEN_CHOICES, SERVICE_METHODS
from equityrules.hooks import Kinds
from equityrules.loading.profiles import Profile
from equityrules.loading.specs import FrameworkSpec
from equityrules.loading.structuring import NotStructuredError, make_converter, rename, structure
from equityrules.model.basis import Basis
from equityrules.model.framework import Method, Methods, RollUpRule
from equityrules.model.kinds import RollUp
from equityrules.model.problems import Problem, nearest, quoted, shown
from equityrules.model.scale import Grade, Scale

VOTE_METHODS = ("plurality",)


@frozen
class RollUpHead:
    """What every roll-up says beside its own settings."""

    basis: Basis
    source: str = ""
    text: str = ""


@frozen
class MethodCompiler:
    """What a framework's methods are compiled with; what is wrong goes to `problems`, under the name of its file."""

    file: str
    spec: FrameworkSpec
    scale: Scale
    kinds: Kinds
    profile: Profile
    problems: list[Problem]

    def methods(self) -> Methods:
        """Return the methods of the framework, as the profile chose them where it did."""
        return Methods(
            votes=self._votes(),
            services=self._services(),
            groups=self._roll_up("groups"),
            overall=self._roll_up("overall"),
        )

    def _note(self, where: str, message: str) -> None:
        self.problems.append(Problem(self.file, where, message))

    def _hold(self, where: str, what: str, word: str, known: Sequence[str]) -> None:
        """Note a word that is not among the known ones."""
        if word not in known:
            choices = quoted(name for name in known if name)
            self._note(where, f"unknown {what} {shown(word)}{nearest(word, known)}; write {choices}")

    def _votes(self) -> Method | None:
        if self.spec.votes is not None:
            self._hold("votes", "kind", self.spec.votes.kind, VOTE_METHODS)
        return self.spec.votes

    def _services(self) -> Method | None:
        method = self.spec.services
        if method is None:
            return None
        kind = self.profile.setting(f"{self.spec.id}/services") or method.kind
        even = self.profile.setting(f"{self.spec.id}/services/even") or method.even
        self._hold("services", "kind", kind, list(SERVICE_METHODS))
        self._hold("services", "choice for an even number", even, ["", *EVEN_CHOICES])
        return evolve(method, kind=kind, even=even)

    def _roll_up(self, what: str) -> RollUpRule | None:
        given = dict(getattr(self.spec, what) or {})
        if not given:
            return None
        own = given.pop("kind", "")
        chosen = self.profile.setting(f"{self.spec.id}/{what}")
        known = {**rollups.KINDS, **self.kinds.roll_ups}
        kind = chosen or own
        if not isinstance(kind, str) or kind not in known:
            self._hold(what, "kind", kind if isinstance(kind, str) else shown(kind), list(known))
            return None
        head = {name: given.pop(name) for name in ("basis", "source", "text") if name in given}
        try:
            said = structure(_CONVERTER, head, RollUpHead)
            made: RollUp = structure(_roll_up_converter(self.scale), given if kind == own else {}, known[kind])
        except NotStructuredError as error:
            for path, message in error.faults:
                self._note(" ".join((what, *path)), message)
            return None
        for message in _faults(made, self.scale):
            self._note(f"{what} bands", message)
        return RollUpRule(made, said.basis, said.source, said.text)


def _roll_up_converter(scale: Scale) -> cattrs.Converter:
    """Return a converter that reads grades by id and the `from` of a band."""
    converter = make_converter()
    known = {grade.id: grade for grade in scale.grades}

    def grade(word: object, _: object) -> Grade:
        if not isinstance(word, str) or word not in known:
            near = nearest(word, known) if isinstance(word, str) else ""
            raise ValueError(f"unknown grade {shown(word)}{near}; write {quoted(known)}")
        return known[word]

    converter.register_structure_hook(Grade, grade)
    rename(converter, rollups.Band, start="from")
    return converter


_CONVERTER = make_converter()


# --- bands -------------------------------------------------------------------------------------------------------


def _faults(roll_up: object, scale: Scale) -> Iterator[str]:
    """Yield what is wrong with the bands of a total of points."""
    if not isinstance(roll_up, rollups.PointsTotal):
        return
    if scale.highest.points is None:
        yield "a total of points needs a scale with points; give every grade its points"
    if not roll_up.bands:
        yield "there are none; write bands = [{ from = 0, to = 7, grade = … }]"
    sound = True
    for band in roll_up.bands:
        for message in _band_faults(band):
            sound = False
            yield f"the band of '{band.grade.id}' {message}"
    for low, high in pairwise(roll_up.bands if sound else ()):
        yield from _neighbour_faults(low, high)


def _band_faults(band: rollups.Band) -> Iterator[str]:
    ends = [one for one in (band.to, band.below) if one is not None]
    if len(ends) > 1:
        yield "has both 'to' and 'below'; keep one of them"
    elif band.start is None and not ends:
        yield "has no limits; give from, to or below"
    elif band.start is not None and ends and (band.start > ends[0] or band.start == band.below):
        yield "ends before it starts; check both numbers"


def _neighbour_faults(low: rollups.Band, high: rollups.Band) -> Iterator[str]:
    """Yield what is wrong between a band and the next one in the file."""
    names = f"'{low.grade.id}' ({low}) and '{high.grade.id}' ({high})"
    if low.grade.rank >= high.grade.rank:
        yield f"the bands {names} are not in the order of their grades; list each grade once, lowest first"
    elif not _lies_below(low, high.start):
        yield f"the bands {names} overlap; a total can lie in one only"


def _lies_below(band: rollups.Band, start: Fraction | None) -> bool:
    """Whether all of a band lies below where the next one starts."""
    if start is None:
        return False
    return (band.to is not None and band.to < start) or (band.below is not None and band.below <= start)
