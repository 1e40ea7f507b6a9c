"""What the sheets of an evidence workbook call their columns: the words that the template writes and the reader reads.

A sheet is a tidy table under friendlier headings. Where one row of it says several things, as an outcome's rating and
its evidence do, the heading says of which kind each is.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from equityrules.loading.rows import column_of


@frozen
class Label:
    """What a column holds: a column of the tidy form, for a row of a kind of its own where it names one.

    `group` is what such a row takes for its group. A column for people only has no tidy column.
    """

    column: str = ""
    kind: str = ""
    group: str = ""


FOR_PEOPLE = Label()
VOTES_FOR = "Votes for "
STATED_TOTAL = "stated total"

ITEM, ABOUT, MEASURE, GROUP = "Item", "About", "Measure", "Group"
MEANING, HOLDER, SERVES, UNIT, ASKED, TOTAL = (
    "What it is", "Who usually holds it", "Criteria it serves", "Unit", "Asked as", "Adds up to",
)  # fmt: skip
IN_PLACE, YES, OF, PERCENT = "How far in place", "Answered yes", "Of how many", "or percent"
VALUE, NUMBER = "Value", "Number"
DATE, BY, SOURCE, NOTE, DOCUMENTS = "Date", "Said by", "Source", "Note", "Documents"
RATING, SERVICE, RATED_BY, EVIDENCE, OWNER = "Rating", "Service", "Rated by", "Evidence", "Owner"
FIELD, ENTRY, RATERS, ALL_VOTES = "Field", "Entry", "Group of raters", "Votes in all, as stated"
PRINTED, WHICH_OVER = "Printed result", "Which over which"
DIRECTION, TARGET, DUE = "Direction", "Target", "Due"
BECAUSE, UNTIL, ACTION, OBJECTIVE, STATUS = "Why it is not met", "Until", "Action", "Objective", "Status"

_LABELS: Mapping[str, Label] = {
    MEANING: FOR_PEOPLE, HOLDER: FOR_PEOPLE, SERVES: FOR_PEOPLE, UNIT: FOR_PEOPLE, ASKED: FOR_PEOPLE, TOTAL: FOR_PEOPLE,
    ITEM: Label("item"), ABOUT: Label("item"), MEASURE: Label("item"), GROUP: Label("group"),
    IN_PLACE: Label("value"), YES: Label("value"), VALUE: Label("value"), NUMBER: Label("value"),
    OF: Label("of"), PERCENT: Label("percent"),
    DATE: Label("date"), BY: Label("by"), RATED_BY: Label("by"), RATERS: Label("by"), SOURCE: Label("source"),
    NOTE: Label("note"), DOCUMENTS: Label("documents"), SERVICE: Label("service"), OWNER: Label("owner"),
    RATING: Label("value", "rating"), EVIDENCE: Label("value", "narrative"), FIELD: Label("name"),
    ENTRY: Label("value", "cover"), ALL_VOTES: Label("value", "votes", STATED_TOTAL),
    PRINTED: Label("value", "figure"), WHICH_OVER: Label("orientation"), DIRECTION: Label("direction"),
    TARGET: Label("value", "target"), DUE: Label("due"), BECAUSE: Label("value", "explanation"), UNTIL: Label("until"),
    ACTION: Label("value", "action"), OBJECTIVE: Label("objective"), STATUS: Label("status"),
}  # fmt: skip
_BY_HEADING = {column_of(name): label for name, label in _LABELS.items()}
_VOTES_FOR = column_of(VOTES_FOR) + "_"
_PEOPLES_OWN = ("meaning", "holder", "serves")
"""Columns for people under their names in the tidy form."""

WORKED_ROW = "Example (not read)"
"""What stands for the item of the worked row of a table, which never enters the evidence."""
WORKED_COUNTS = (124, 31, 9, 4)
"""What the columns of groups and grades of a worked row hold, one after another, and over again."""
WORKED: Mapping[str, str | int | float] = {
    IN_PLACE: "in place", YES: 1204, OF: 1890, VALUE: 6.9, NUMBER: 31, RATING: "Achieving", SERVICE: "Maternity",
    EVIDENCE: "What was done, for whom, and what changed", OWNER: "Director of People", ENTRY: "A. Person",
    PRINTED: 1.61, TARGET: 19, DIRECTION: "at least", BECAUSE: "The contract starts in June",
    ACTION: "Publish quarterly figures on reports of abuse", OBJECTIVE: "Staff are free from abuse", STATUS: "on track",
    BY: "EDI lead", RATED_BY: "Grading panel", RATERS: "Staff networks", SOURCE: "Staff record, 31 March",
    DOCUMENTS: "Dignity at work policy v4",
}  # fmt: skip
"""What the worked rows hold, by heading; a worked row that holds anything else was taken for a row to fill in."""

ORGANISATION, CODE, PERIOD = "Organisation", "Organisation code (ODS)", "Period"
SAID_BY, FROM_WHERE = "Said by, where a row does not say", "Source, where a row does not say"
_COVER = {
    column_of(name): column
    for name, column in (
        (ORGANISATION, "organisation"), (CODE, "code"), (PERIOD, "period"), (SAID_BY, "by"), (FROM_WHERE, "source"),
    )
}  # fmt: skip


def label_of(heading: object) -> Label:
    """Return what a heading says its column holds; a heading of no label of ours is a tidy column's own name."""
    name = column_of(heading)
    if name in _BY_HEADING:
        return _BY_HEADING[name]
    if name.startswith(_VOTES_FOR):
        return Label("value", "votes", " ".join(str(heading).split())[len(VOTES_FOR) :])
    return FOR_PEOPLE if name in _PEOPLES_OWN else Label(name)


def cover_column(label: object) -> str:
    """Return the column that a field of the first sheet gives for every row; nothing where it gives none."""
    return _COVER.get(column_of(label), "")


def is_counted(heading: str) -> bool:
    """Whether a column holds counts by group or by grade: its heading is a group's own name, or names a grade."""
    return heading.startswith(VOTES_FOR) or heading not in _LABELS
