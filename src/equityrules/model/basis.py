"""On what authority a rule stands."""

from __future__ import annotations

from enum import StrEnum


class Basis(StrEnum):
    """Where a requirement, threshold or roll-up comes from, strongest first."""

    PUBLISHED = "published"
    CONFIRMED_LOCALLY = "confirmed locally"
    DERIVED = "derived"
    REPORTED = "reported"
    UNVERIFIED = "unverified"
    PROJECT = "project"

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return _ORDER[self]

    def at_least(self, level: Basis | None) -> bool:
        """Whether this is as strong as `level`; everything is, where no level is asked for."""
        return level is None or self.rank <= level.rank

    @property
    def publishable_against_a_panel(self) -> bool:
        """Whether a published report may set a panel's award against a rule of this basis."""
        return self not in (Basis.UNVERIFIED, Basis.PROJECT)


_ORDER = {basis: position for position, basis in enumerate(Basis)}

BASIS_MEANINGS = {
    Basis.PUBLISHED: "read in the publisher's own document or official template",
    Basis.CONFIRMED_LOCALLY: "a user checked it against the official document",
    Basis.DERIVED: "follows from published facts",
    Basis.REPORTED: "read in somebody's account of the publisher's document",
    Basis.UNVERIFIED: "general knowledge; no document was read",
    Basis.PROJECT: "our own rule, where the publisher sets none",
}


def weakest(bases: list[Basis]) -> Basis:
    """Return the weakest of one or more bases."""
    return max(bases, key=_ORDER.__getitem__)
