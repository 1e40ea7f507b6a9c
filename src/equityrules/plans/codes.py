"""The codes of remarks on plans: what each says, why it matters, what to do, and whether it is asked for by default."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from equityrules.model.problems import nearest, quoted

COVERAGE, REFERENCES, MEASURABILITY, DATES, WORDING, DRIFT = (
    "coverage", "references", "measurability", "dates", "wording", "drift",
)  # fmt: skip
FAMILIES = (COVERAGE, REFERENCES, MEASURABILITY, DATES, WORDING, DRIFT)
"""The families of checks, in the order in which remarks are listed."""


@frozen
class Code:
    """One thing that is checked.

    A `note` is something to know, not something to mend. `on` says whether it is looked for unless switched off.
    """

    name: str
    family: str
    title: str
    why: str
    do: str
    note: bool = False
    on: bool = True


_CODES = (
    Code(
        "gap-without-action", COVERAGE, "A gap that no action is for",
        "The evidence shows a gap that the plan does not take up",
        "add an action, name the criterion in one that is there, or record why it waits",
    ),
    Code(
        "serves-no-criterion", COVERAGE, "An action that names no criterion",
        "Nobody can tell which standard the action is for, so it counts towards none",
        "name the criterion it serves, or say that it is a local aim",
    ),
    Code(
        "only-overdue", COVERAGE, "A criterion that only overdue actions serve",
        "All that is planned for the criterion is late, so nothing moves it at present",
        "set new dates, finish one of the actions, or add another",
    ),
    Code(
        "no-such-reference", REFERENCES, "A reference to a part that the framework does not have",
        "A reader cannot look the reference up, and progress is counted nowhere",
        "put the number that is meant",
    ),
    Code(
        "unfit-reference", REFERENCES, "A reference to a criterion about something else",
        "Progress would be looked for in a figure that the action cannot move",
        "check the number against the framework",
    ),
    Code(
        "confused-lists", REFERENCES, "A number of one list used for an item of another list of the same name",
        "Two lists of actions have the same name and number their actions differently",
        "name the list in full beside the number",
    ),
    Code(
        "ambiguous-reference", REFERENCES, "A reference that several frameworks of one name answer to",
        "Two lists of actions have the same name, so the number alone does not say which action is meant",
        "write the list's full name, or settle it for the whole plan in its map ([means])",
    ),
    Code(
        "other-word", REFERENCES, "A part called by another word than the framework's own",
        "Readers may look for a list of that name",
        "use the framework's own word",
    ),
    Code(
        "no-such-item", REFERENCES, "A reference to an item that the plan does not have",
        "The reader is sent to a line that is not there",
        "correct the number, or put the line back",
    ),
    Code(
        "replaced-framework", REFERENCES, "References to a framework that has been replaced",
        "The parts of the new edition are not those of the old one, so the result cannot be reported",
        "name the part of the edition in force",
    ),
    Code(
        "not-checked", REFERENCES, "References that could not be checked",
        "They are no mistakes; these frameworks are not loaded, or the names are not known here",
        "nothing, or load the framework with --framework-dir",
        note=True,
    ),
    Code(
        "no-measure", MEASURABILITY, "No measure",
        "Without a measure nobody can say later whether the action worked",
        "say what will be counted or asked",
    ),
    Code(
        "no-baseline", MEASURABILITY, "A measure without a baseline",
        "Without a starting point a later figure shows no change",
        "give today's figure with its date",
    ),
    Code(
        "no-target", MEASURABILITY, "A measure without a target",
        "Without a target nobody can say when it is enough",
        "say which figure is aimed at, or that the measure is only watched",
    ),
    Code(
        "no-due-date", MEASURABILITY, "No due date",
        "Without a date the action can never be late, nor be planned for",
        "give a month",
    ),
    Code(
        "ongoing", MEASURABILITY, "Due 'ongoing'",
        "What has no end is never done, and its progress is hard to report",
        "give each a next review date",
    ),
    Code(
        "no-lead", MEASURABILITY, "No lead",
        "An action without a named role tends to wait",
        "name the role that leads it",
    ),
    Code(
        "already-met", MEASURABILITY, "A target that the baseline meets already",
        "The action could be reported as done on the day it starts",
        "set a target beyond the baseline, or say that the level is to be held",
    ),
    Code(
        "one-sided-target", MEASURABILITY, "A target for a ratio without its other bound",
        "Such a ratio is fair near 1: far on the other side it disadvantages the other group",
        "give both bounds of the range that is aimed at, or leave it so if one side is meant",
        note=True,
    ),
    Code(
        "score-as-percentage", MEASURABILITY, "A score printed as a percentage",
        "A score is on its own scale, so a reader takes the figure for something it is not",
        "print the score without the percent sign, with its scale",
    ),
    Code(
        "impossible-date", DATES, "A date that does not exist",
        "Nobody can tell which day was meant",
        "check the day and the month",
    ),
    Code(
        "overdue", DATES, "Past its date and still open",
        "The plan says it should be done, and does not say that it is",
        "record that it is complete, or set a new date and say why",
    ),
    Code(
        "closed-scheme", DATES, "A scheme that has closed",
        "The scheme awards nothing any more, so the action cannot be completed as it is written",
        "withdraw the action or replace it",
    ),
    Code(
        "other-number-named", WORDING, "A stated number of things, and another number of them named",
        "A reader cannot tell whether one is missing or the number is wrong",
        "name what is missing, or correct the number",
    ),
    Code(
        "graded-for-removal", WORDING, "An item that is graded although it is marked for removal",
        "Its grade still counts in every total of the plan",
        "take the item out of the grading, or say until when it stays",
    ),
    Code(
        "abbreviation-variants", WORDING, "An abbreviation spelled in several ways",
        "A search for one of the spellings misses the others",
        "choose one of them",
        note=True, on=False,
    ),
    Code("added", DRIFT, "Added since the older version", "The plan grew", "nothing", note=True),
    Code(
        "dropped", DRIFT, "In the older version and no longer in this one",
        "What was promised is no longer there, and the plan does not say why",
        "say that it was completed, merged or withdrawn",
    ),
    Code("carried-over", DRIFT, "Carried over as it stood", "The action is where it was", "nothing", note=True),
    Code("status-changed", DRIFT, "Another status than in the older version", "The action moved", "nothing", note=True),
    Code(
        "date-changed", DRIFT, "Another date than in the older version",
        "A date that moves without a word is easily overlooked", "say why, where it moved back", note=True,
    ),
    Code(
        "reworded", DRIFT, "Worded differently than in the older version",
        "A new wording may be a new promise", "check that the same is still promised", note=True,
    ),
)  # fmt: skip

CODES = {code.name: code for code in _CODES}
"""Every code by its name."""


def switched_on(on: Iterable[str] = (), off: Iterable[str] = ()) -> frozenset[str]:
    """Return the codes to look for: those on by default, with `on` and without `off`; a family stands for all of its.

    Raises ValueError for a name that is none, with the nearest.
    """
    wanted = {code.name for code in _CODES if code.on} | set(_names(on))
    return frozenset(wanted - set(_names(off)))


def _names(given: Iterable[str]) -> Iterable[str]:
    for name in given:
        if name in FAMILIES:
            yield from (code.name for code in _CODES if code.family == name)
        elif name in CODES:
            yield name
        else:
            near = nearest(name, (*CODES, *FAMILIES))
            raise ValueError(f"there is no code '{name}'{near}; the families are {quoted(FAMILIES)}")
