"""How the criteria of one framework stand to those of others: what evidence they share, and what documents say."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from equityrules.model.basis import Basis
from equityrules.model.framework import Source

SHARES_EVIDENCE = "shares evidence"
"""The relation of criteria that read the same items, where no document says more."""


class RelationWord(StrEnum):
    """How what one part is about stands to what another part is about."""

    EQUAL = "equal"
    SUBSET = "subset"
    SUPERSET = "superset"
    INTERSECT = "intersect"

    @property
    def reversed(self) -> RelationWord:
        """The word for the same relation, seen from the other part."""
        return _REVERSED.get(self, self)


_REVERSED = {RelationWord.SUBSET: RelationWord.SUPERSET, RelationWord.SUPERSET: RelationWord.SUBSET}


@frozen
class End:
    """One end of a relation: a framework's id, an edition or "" for each, and a group, criterion or requirement."""

    framework: str
    edition: str
    part: str


@frozen
class Relation:
    """What a document says of parts of two frameworks: `start` is equal to, a subset of, … `end`.

    `plugin` is the plugin or folder that brought the relation.
    """

    start: End
    word: RelationWord
    end: End
    source: Source
    basis: Basis
    note: str = ""
    plugin: str = ""


@frozen
class Link:
    """Where else a criterion's evidence counts: a part of another framework, and how the criterion stands to it.

    `framework` is "id@edition" and `part` the id of a criterion or requirement there, or a group ("action-2").
    `relation` is "shares evidence", or the declared word from the criterion's side ("subset": the criterion is a subset
    of that part). `items` are what both read. `source` and `basis` belong to a declared relation, and `of` is what it
    was declared of where that is not the criterion itself. `by_other_groups` says that each looks at the items by
    groups of its own (by ethnicity, by disability), so that the numbers of one do not serve the other.
    """

    framework: str
    part: str
    title: str
    relation: str
    items: tuple[str, ...] = ()
    source: Source | None = None
    basis: Basis | None = None
    note: str = ""
    of: str = ""
    by_other_groups: bool = False
