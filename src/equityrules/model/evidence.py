"""What an organisation knows about itself: one body of evidence for every framework."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from equityrules.model.period import Period
from equityrules.model.vocabulary import WHOLE, Cell


class Status(StrEnum):
    """How far something is in place."""

    NOT_IN_PLACE = "not in place"
    COMMITTED = "committed"
    IN_PLACE = "in place"
    NOT_APPLICABLE = "not applicable"


@frozen(kw_only=True)
class Stated:
    """What every piece of evidence carries: the period it is for, when and by whom it was said, and where it stands.

    `place` is the file and the line, column or path in it; `mended` says in words what was mended when it was read,
    such as a percent sign on a ratio.
    """

    period: Period
    date: dt.date | None = None
    by: str = ""
    source: str = ""
    note: str = ""
    mended: str = ""
    place: str = field(default="", eq=False)

    @property
    def day(self) -> dt.date:
        """The day from which the evidence ages: its own date, else the end of its period."""
        return self.date or self.period.end

    @property
    def recency(self) -> tuple[dt.date, dt.date, int]:
        """What sorts evidence from the earliest to the latest; of two of one day the one for the longer period wins."""
        end = self.period.end
        return end, self.date or end, -self.period.start.toordinal()


@frozen(kw_only=True)
class Statement(Stated):
    """Whether a thing is in place, for the whole or for one group, with the documents that show it."""

    item: str
    status: Status
    cell: Cell = WHOLE
    documents: tuple[str, ...] = ()


@frozen(kw_only=True)
class Count(Stated):
    """A number of people or events; halves occur where a return prints two-year averages."""

    item: str
    value: Fraction
    cell: Cell = WHOLE


@frozen(kw_only=True)
class Survey(Stated):
    """Answers to a question: `yes` of `of` respondents, or a printed `percent` (0 to 100), or both."""

    item: str
    cell: Cell = WHOLE
    yes: Fraction | None = None
    of: Fraction | None = None
    percent: Decimal | None = None


@frozen(kw_only=True)
class Amount(Stated):
    """A value in the unit of its item, as precise as it is printed."""

    item: str
    value: Decimal
    cell: Cell = WHOLE


@frozen(kw_only=True)
class Figure(Stated):
    """A printed result of a named measure, without its counts; its decimals say how far it was rounded.

    `over` says which group is over which where the measure compares two; None where that is not said.
    """

    measure: str
    value: Decimal
    cell: Cell = WHOLE
    over: tuple[str, str] | None = None


Entry = Statement | Count | Survey | Amount | Figure


@frozen(kw_only=True)
class Rating(Stated):
    """A grade (its id) or points that a panel gave, for what `about` names, optionally for one service.

    `applicable` is False where the panel found that the criterion does not apply; `note` then says why.
    """

    about: str
    grade: str | None = None
    points: Decimal | None = None
    service: str = ""
    applicable: bool = True


@frozen(kw_only=True)
class Votes(Stated):
    """Votes per grade (its id) by one group of raters, and the total that was stated with them."""

    about: str
    votes: Mapping[str, int] = field(factory=dict)
    stated_total: int | None = None


@frozen(kw_only=True)
class Narrative(Stated):
    """What the report says about a criterion or service, and which department or lead owns it."""

    about: str
    text: str = ""
    owner: str = ""
    service: str = ""


@frozen(kw_only=True)
class Cover(Stated):
    """One field of the cover of a framework's report."""

    about: str
    name: str
    text: str


@frozen(kw_only=True)
class Target(Stated):
    """What the organisation itself wants of a measure: at least, at most, above or below a value, by a day."""

    measure: str
    value: Decimal
    direction: str
    cell: Cell = WHOLE
    due: dt.date | None = None


@frozen(kw_only=True)
class Explanation(Stated):
    """Why a requirement is not met ("comply or explain"), by whom, and until when that stands."""

    about: str
    because: str
    until: dt.date | None = None


@frozen(kw_only=True)
class Action(Stated):
    """One line of an action plan: what, for which criteria, by which role, until when, how far it is."""

    text: str
    about: tuple[str, ...] = ()
    owner: str = ""
    objective: str = ""
    due: dt.date | None = None
    status: str = ""


@frozen
class Organisation:
    """Whose evidence it is; `code` (ODS) is kept for its shape only and never looked up."""

    name: str
    code: str = ""

    @property
    def key(self) -> str:
        """What makes two files the same organisation's: the code if there is one, else the name."""
        return self.code or " ".join(self.name.casefold().split())


@frozen
class InputFile:
    """A file that was read: the name it was given and the SHA-256 of its bytes."""

    name: str
    digest: str


@frozen
class Evidence:
    """Everything known of one organisation, for all its periods.

    `hypothetical` are the edits that were assumed, where it is not what is known but what might be. `notes` are what is
    worth knowing of the files and no fault, such as that a sheet of one is hidden.
    """

    organisation: Organisation
    entries: tuple[Entry, ...] = ()
    ratings: tuple[Rating, ...] = ()
    votes: tuple[Votes, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    covers: tuple[Cover, ...] = ()
    targets: tuple[Target, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    actions: tuple[Action, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    hypothetical: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=(), eq=False)

    def everything(self) -> tuple[Stated, ...]:
        """Return every piece of evidence, in the order of the kinds above."""
        return (
            *self.entries,
            *self.ratings,
            *self.votes,
            *self.narratives,
            *self.covers,
            *self.targets,
            *self.explanations,
            *self.actions,
        )

    def periods(self) -> tuple[Period, ...]:
        """Return the periods that anything is stated for, oldest first."""
        return tuple(sorted({stated.period for stated in self.everything()}))
