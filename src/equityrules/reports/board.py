"""What a report for a board says beside the results themselves: what changed, what to do next, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from attrs import field, frozen

from equityrules.comparison import Comparison, Direction, compare
from equityrules.model.result import Assessment
from equityrules.model.vocabulary import Vocabulary
from equityrules.priorities import Step, steps
from equityrules.reports.priorities import serves_words

_LARGEST = 1_000_000
_MAGIC = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@frozen
class Brand:
    """An organisation's own mark: a picture and its media type."""

    media_type: str
    content: bytes = field(repr=False)


@frozen
class Board:
    """What a report for a board takes beside the assessments: earlier ones, a brand, what to call items.

    Without a vocabulary the items and groups of the evidence are called by their ids.
    """

    earlier: tuple[Assessment, ...] = ()
    brand: Brand | None = None
    vocabulary: Vocabulary = field(factory=Vocabulary, repr=False)


@frozen
class Advice:
    """What to do next, most effect first: what is known to be short, then what only evidence is wanting for."""

    to_do: tuple[Step, ...]
    to_evidence: tuple[Step, ...]


def read_brand(path: Path) -> Brand:
    """Return the picture in a file. Raises ValueError where it is no PNG, JPEG or SVG, or too large for a page."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path}: cannot be read ({error.strerror})") from None
    if len(content) > _LARGEST:
        raise ValueError(f"{path}: larger than 1 MB; a report carries it in itself, so give a smaller picture")
    media_type = next((kind for start, kind in _MAGIC.items() if content.startswith(start)), "")
    if not media_type and b"<svg" in content[:1000]:
        media_type = "image/svg+xml"
    if not media_type:
        raise ValueError(f"{path}: neither PNG, JPEG nor SVG; save the picture as one of them")
    return Brand(media_type, content)


def earlier_of(board: Board, assessment: Assessment) -> tuple[Assessment, ...]:
    """Return the earlier assessments of the same organisation by the same framework, the earliest first."""
    found = [one for one in board.earlier if _same(one, assessment) and one.period.end < assessment.period.end]
    return tuple(sorted(found, key=lambda one: one.period.end))


def _same(one: Assessment, other: Assessment) -> bool:
    return one.framework.id == other.framework.id and _organisation(one) == _organisation(other)


def _organisation(assessment: Assessment) -> str:
    return assessment.organisation_code or " ".join(assessment.organisation.casefold().split())


def change_of(board: Board, assessment: Assessment) -> Comparison | None:
    """Return what moved since the assessment before; None where there is none, or nothing is known at both dates."""
    earlier = earlier_of(board, assessment)
    if not earlier:
        return None
    found = compare([earlier[-1], assessment])
    return found if any(one.direction is not Direction.NOT_KNOWN for one in found.moves) else None


def advice_of(assessments: Sequence[Assessment]) -> Advice:
    """Return what one organisation is to do next over all its frameworks."""
    found = steps(assessments)
    return Advice(
        tuple(one for one in found if not one.collected),
        tuple(one for one in found if one.collected),
    )


def gathered(found: Sequence[Step]) -> list[tuple[tuple[str, ...], list[Step]]]:
    """Return steps with the criteria that they serve; those that follow one another and serve the same, together."""
    return [(places, list(together)) for places, together in groupby(found, lambda one: tuple(serves_words(one)))]


def by_organisation(assessments: Sequence[Assessment]) -> Iterator[list[Assessment]]:
    """Yield the assessments of each organisation, in the order in which they are given."""
    found: dict[str, list[Assessment]] = {}
    for one in assessments:
        found.setdefault(_organisation(one), []).append(one)
    yield from found.values()
