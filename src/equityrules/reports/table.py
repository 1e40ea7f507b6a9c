"""An assessment on one screen of a terminal: plain text, no line over 80 characters."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from equityrules.grading.awards import AWARDED
from equityrules.model.basis import Basis
from equityrules.model.result import Assessment, CriterionResult, GroupResult
from equityrules.reports import words
from equityrules.reports.dates import dates_words, due_words
from equityrules.reports.wrapping import WIDTH

_GAP = "  "
_WIDEST = (8, WIDTH, 28, 15, 40)
_LEAST_TITLE, _LEAST_REASON = 9, 12

Row = tuple[str, str, str, str, str]


def render_table(assessments: Sequence[Assessment]) -> str:
    """Return one page for each assessment, a rule between them."""
    if not assessments:
        return "Nothing was assessed.\n"
    pages = ["\n".join(_page(assessment)) + "\n" for assessment in assessments]
    return f"\n{'-' * WIDTH}\n\n".join(pages)


def _page(assessment: Assessment) -> Iterator[str]:
    yield from _heading(assessment)
    yield ""
    yield from _standings(assessment)
    yield ""
    for lift in words.levers_words(assessment.overall.gaps):
        yield from _fill(lift)
    yield from _targets(assessment)
    yield from _remarks(assessment)
    yield from _authority(assessment)
    yield from _fill(words.sentence(dates_words(assessment)))
    if assessment.framework.deadlines:
        yield from _fill(words.sentence(f"Due: {words.deadlines_words(assessment)}"))
    for statement in words.receipt_words(assessment.receipt):
        yield from _fill(words.sentence(statement))


def _heading(assessment: Assessment) -> Iterator[str]:
    code = f" ({assessment.organisation_code})" if assessment.organisation_code else ""
    yield from _fill(assessment.framework.title)
    yield from _fill(f"{assessment.organisation}{code}, {assessment.period}, as of {assessment.as_of}")
    yield from _fill(words.hypothetical_words(assessment.receipt))
    yield from _fill(words.reference_words(assessment))
    overall = assessment.overall
    yield from _fill(f"OVERALL: {words.grade_and_points(overall)}{_mark(overall.basis)}")
    yield from _fill(words.next_step(overall), indent=_GAP)


def _mark(basis: Basis | None) -> str:
    return " [non-standard]" if basis is Basis.PROJECT else ""


def _standings(assessment: Assessment) -> Iterator[str]:
    """Yield what the columns hold, then a heading for each group and a line for each of its criteria."""
    criterion, grade = (words.word(assessment, kind) for kind in ("criterion", "grade"))
    yield from _fill(f"{criterion.capitalize()}; {grade} (held -> attainable); graded from, or figure; held back by")
    for group, criteria in words.by_group(assessment):
        if group is not None:
            yield _group_line(assessment, group)
            if group.graded_from in AWARDED:
                yield from _fill(group.because, indent=_GAP)
        rows = [_row(assessment, one) for one in criteria]
        widths = _widths(rows)
        for row, one in zip(rows, criteria, strict=True):
            yield _line(row, widths)
            if one.method == "none":
                yield from _findings(one)


def _findings(criterion: CriterionResult) -> Iterator[str]:
    """Yield every finding of a criterion that is not graded as a whole, apart from those nothing is known of."""
    for finding in words.evidenced(criterion.findings):
        name = finding.requirement.removeprefix(f"{criterion.id}.")
        found = "; ".join(filter(None, words.finding_words(finding)))
        yield from _fill(f"{name}: {found}", indent=_GAP)


def _row(assessment: Assessment, criterion: CriterionResult) -> Row:
    return (
        _cell(criterion.id),
        _cell(criterion.name),
        _cell(_standing(assessment, criterion)),
        _cell(_origin(criterion)),
        _cell(", ".join(filter(None, (words.holding_back(criterion), due_words(criterion, assessment.as_of))))),
    )


def _origin(criterion: CriterionResult) -> str:
    """Return who gave the grade or, where the requirements did, the figure it is about."""
    awarded = criterion.graded_from in AWARDED
    return (criterion.graded_from if awarded else words.headline_words(criterion) or criterion.graded_from) or ""


def _cell(text: str) -> str:
    return words.plain(text)


def _standing(assessment: Assessment, level: words.Level) -> str:
    """Return the grade in a few words; without one, "up to ..." only where that is not simply the top."""
    held, attainable = level.held, level.attainable
    said = words.standing_words(level)
    if not level.applicable or attainable is None or attainable == held:
        return said
    if held is not None:
        return f"{held.label} -> {attainable.label}"
    if len(said) <= _WIDEST[2]:
        return said
    return said.partition(",")[0] if assessment.framework.is_highest(attainable) else f"up to {attainable.label}"


def _widths(rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the width of each column of a group: the title gets what the others leave, and a little in any case."""
    natural = [max(map(len, column)) for column in zip(*rows, strict=True)] or [0] * len(_WIDEST)
    code, title, standing, source, reason = map(min, natural, _WIDEST)
    gaps = len(_GAP) * (sum(map(bool, natural)) - 1)
    room = WIDTH - gaps - code - standing - source
    reason = min(reason, max(room - _LEAST_TITLE, _LEAST_REASON))
    return code, min(title, room - reason), standing, source, reason


def _line(row: Row, widths: Sequence[int]) -> str:
    cells = (_shortened(text, width).ljust(width) for text, width in zip(row, widths, strict=True) if width)
    return _GAP.join(cells).rstrip()


def _shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 3].rstrip() + "..."


def _group_line(assessment: Assessment, group: GroupResult) -> str:
    """Return the group's name on the left and where it stands on the right."""
    if words.judged_alone(assessment):
        return _shortened(_cell(group.title.upper()), WIDTH)
    stands = words.grade_and_points(group)
    if group.held is None and group.points is None and group.applicable:
        stands = ", ".join(filter(None, ("not graded", words.points_words(group))))
    right = _shortened(_cell(f"{stands}{_mark(group.basis if group.held else None)}"), WIDTH // 3 * 2)
    left = _cell(f"{words.word(assessment, 'group').upper()} {group.id}: {group.title}")
    room = WIDTH - len(_GAP) - len(right)
    return f"{_shortened(left, room):<{room}}{_GAP}{right}".rstrip()


def _targets(assessment: Assessment) -> Iterator[str]:
    for target in assessment.targets:
        due = f" (due {target.due})" if target.due else ""
        yield from _fill(f"Target {target.outcome}: {target.title}: {target.because}{due}")


def _remarks(assessment: Assessment) -> Iterator[str]:
    for remark in assessment.remarks:
        internal = " [internal]" if remark.internal else ""
        where = f" ({remark.where})" if remark.where else ""
        effect = f"; {remark.effect}" if remark.effect else ""
        yield from _fill(f"{remark.severity}{internal} {remark.code}{where}: {remark.message}{effect}")


def _authority(assessment: Assessment) -> Iterator[str]:
    """Yield the methods and the rules that the publisher did not publish, counted."""
    found = [(method, basis, names) for (method, basis), names in words.methods(assessment).items()]
    weak = [f"{method} ({basis}) for {', '.join(names)}" for method, basis, names in found if basis != Basis.PUBLISHED]
    if weak:
        yield from _fill(f"Methods not published: {'; '.join(weak)}")
    published = set(words.rules_by_basis(assessment)) <= {Basis.PUBLISHED}
    see = "" if published else "; the markdown and csv reports mark each"
    yield from _fill(words.sentence(f"{words.rules_words(assessment)}{see}"))


def _fill(text: str, indent: str = "") -> list[str]:
    """Return text wrapped to the width, further lines indented by one step more."""
    return textwrap.wrap(
        words.plain(text), WIDTH, initial_indent=indent, subsequent_indent=indent + _GAP, break_on_hyphens=False
    )
