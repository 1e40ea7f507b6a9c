"""What to do, to find out and to renew next, in words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from equityrules.model.evidence import Status
from equityrules.model.finding import Lever
from equityrules.model.numbers import counted
from equityrules.model.result import Assessment
from equityrules.model.vocabulary import Cell, Vocabulary, cell_labels
from equityrules.priorities import Priorities, Renewal, Rests, Serves, Settles, Step, Wanted
from equityrules.reports.words import grade_and_points, judged_alone, levers_words, plain, sentence, without_items, word

NOTHING = "Nothing: no requirement that was judged is in the way of a next grade."
FIRST_FIND_OUT = "Nothing that is known to be short; first find out what is not known."
"""What is said where there is nothing to do, and where there is only something to find out."""
_FEW_GROUPS = 6
_NAME = 50


def to_do(one: Priorities) -> list[Step]:
    """Return the steps that take more than evidence that is asked for among what to find out."""
    asked = {(str(two.framework), two.criterion) for wanted in one.collect for two in wanted.settles}
    return [step for step in one.steps if not (step.collected and _places(step) <= asked)]


def _places(step: Step) -> set[tuple[str, str]]:
    return {(str(one.framework), one.criterion) for one in step.serves}


def target_words(vocabulary: Vocabulary, target: str) -> str:
    """Return what people call what an edit changes: "Appointed from shortlisting (BME)"; else the target itself."""
    name, cell = _split(target)
    if name not in vocabulary.items:
        return target
    labels = ", ".join(cell_labels(vocabulary, cell))
    return f"{vocabulary.items[name].text} ({labels})" if labels else vocabulary.items[name].text


def _split(target: str) -> tuple[str, Cell]:
    """Return the item and the cell of "item[dimension=group]"."""
    name, _, inside = target.removesuffix("]").partition("[")
    pairs = (part.partition("=") for part in inside.split(",") if part)
    return name, tuple((dimension.strip(), group.strip()) for dimension, _, group in pairs)


def groups_words(vocabulary: Vocabulary, wanted: Wanted) -> str:
    """Return for which groups an item is wanted: "for White, BME, Unknown"; of many how many numbers, and by what."""
    by_dimensions: dict[tuple[str, ...], list[Cell]] = {}
    for cell in wanted.cells:
        if cell:
            by_dimensions.setdefault(tuple(name for name, _ in cell), []).append(cell)
    noun = "answer" if wanted.item.kind == "statement" else "number"
    return "; ".join(_cells_words(vocabulary, names, cells, noun) for names, cells in by_dimensions.items())


def _cells_words(vocabulary: Vocabulary, names: Sequence[str], cells: Sequence[Cell], noun: str) -> str:
    if len(names) == 1 and len(cells) <= _FEW_GROUPS:
        return f"for {', '.join(label for cell in cells for label in cell_labels(vocabulary, cell))}"
    return f"{counted(len(cells), noun)}: {' by '.join(vocabulary.dimensions[name].title for name in names)}"


def framework_words(assessment: Assessment) -> str:
    """Return where an organisation stands by a framework, and what its next step needs as a whole."""
    title, overall = assessment.framework.title, assessment.overall
    if judged_alone(assessment):
        return f"{title}: each {word(assessment, 'criterion')} by itself."
    said = [
        f"{title}: {grade_and_points(overall)}",
        *(gap.because for gap in overall.gaps),
        *levers_words(overall.gaps),
    ]
    return " ".join(sentence(text) for text in said)


def serves_words(step: Step) -> list[str]:
    """Return the criteria that a step serves, each once, gathered by framework and the grade it leads to."""
    return _gathered_places((one, f"for {one.leads_to.label}") for one in step.serves)


def settles_words(settles: Sequence[Settles]) -> list[str]:
    """Return criteria gathered by where they stand and where evidence could take them."""
    return _gathered_places((one, _standing(one)) for one in settles)


def _standing(one: Settles) -> str:
    held = one.held.label if one.held else "not enough evidence"
    if one.moves:
        return f"{held} -> {one.attainable.label}" if one.attainable else held
    aim = f"for {one.leads_to.label}" if one.leads_to else ""
    return f"{held} was decided; {aim}" if one.decided else f"{held}; {aim}, with what there is to do"


def _gathered_places(places: Iterable[tuple[Serves | Settles | Rests, str]]) -> list[str]:
    """Return each framework with its criteria of one standing; a criterion by itself with its name."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one, words in places:
        found.setdefault((one.framework.id, words), {})[one.criterion] = one.name
    return [
        plain(f"{framework} {_names(named)}{f': {words}' if words else ''}")
        for (framework, words), named in found.items()
    ]


def _names(named: Mapping[str, str]) -> str:
    if len(named) > 1:
        return ", ".join(named)
    [(number, name)] = named.items()
    return number if number == name else f"{number} {textwrap.shorten(name, _NAME, placeholder='...')}"


def lever_words(vocabulary: Vocabulary, lever: Lever) -> str:
    """Return a lever with the statements it is about; of numbers the lever itself says which."""
    shown = [target_words(vocabulary, edit.target) for edit in lever.edits if edit.value == Status.IN_PLACE]
    return f"{lever.text}: {'; '.join(shown)}" if shown else lever.text


def reason_words(vocabulary: Vocabulary, because: str) -> str:
    """Return why a gap is there, with what people call each part, gathered by how it stands."""
    parts: dict[str, list[str]] = {}
    for part in because.split("; "):
        target, found, why = part.rpartition(": ")
        named = target_words(vocabulary, target) if found else ""
        if found and named != target:
            parts.setdefault(f": {why}", []).append(_label(vocabulary, target) or named)
        else:
            parts.setdefault(without_items(part), [])
    said = [f"{' / '.join(names)}{words}" if names else words for words, names in parts.items()]
    return "; ".join(said)


def _label(vocabulary: Vocabulary, target: str) -> str:
    """Return the groups alone of a part of an item."""
    return ", ".join(cell_labels(vocabulary, _split(target)[1]))


def details(vocabulary: Vocabulary, step: Step) -> Iterator[tuple[str, str]]:
    """Yield what is said of a step, each with its label: what is asked for, how it stands, what to do."""
    if title_of(step) != step.text:
        yield "asks", plain(title_of(step))
    for number, text in enumerate(reasons(vocabulary, step)):
        yield "" if number else "now", plain(text)
    for number, lever in enumerate(step.levers):
        yield "or" if number else "do", plain(lever_words(vocabulary, lever))


def reasons(vocabulary: Vocabulary, step: Step) -> list[str]:
    """Return why a step's gaps are there, each reason once."""
    return list(dict.fromkeys(reason_words(vocabulary, one.because) for one in step.serves))


def title_of(step: Step) -> str:
    """Return what a step is about: what its requirements ask for, each said once."""
    texts = dict.fromkeys(one.text for one in step.serves if one.text)
    return "; ".join(texts) or step.text


def gathered(collect: Sequence[Wanted]) -> list[tuple[tuple[Settles, ...], list[Wanted]]]:
    """Return the items gathered by the criteria they bear on, in the order of the first of each."""
    found: dict[tuple[str, ...], list[Wanted]] = {}
    for one in collect:
        found.setdefault(tuple(f"{two.framework} {two.criterion}" for two in one.settles), []).append(one)
    return [(items[0].settles, items) for items in found.values()]


def item_words(vocabulary: Vocabulary, wanted: Wanted) -> str:
    """Return an item that is wanted: what it is, for which groups, whether it is out of date, who usually holds it."""
    stale = "out of date" if wanted.stale else ""
    said = "; ".join(filter(None, (wanted.item.text, groups_words(vocabulary, wanted), stale)))
    return f"{said} [{wanted.item.holder}]" if wanted.item.holder else said


def left_out(number: int, noun: str) -> str:
    """Return how many things a list leaves out, and where they are."""
    return f"{counted(number, f'more {noun}')} left out; --limit shows more, --format csv all of them."


def nothing_to_do(one: Priorities) -> str:
    """Return what to say where no step is known."""
    return FIRST_FIND_OUT if one.collect else NOTHING


def renewal_words(renewal: Renewal) -> str:
    """Return an item that counts for a time only: what it is, what rests on it, who usually holds it."""
    rests = "; ".join(_gathered_places((one, "") for one in renewal.rests))
    holder = f" [{renewal.item.holder}]" if renewal.item.holder else ""
    return f"{renewal.item.text}, for {rests}{holder}"


def renewals_by_day(renewals: Sequence[Renewal]) -> dict[str, list[Renewal]]:
    """Return what is to be renewed by the day until which it counts: "Until 2024-06-30 (3 months)"."""
    found: dict[str, list[Renewal]] = {}
    for one in renewals:
        left = counted(one.months, "month") if one.months else "less than a month"
        found.setdefault(f"Counts until {one.until} ({left} from the day of the assessment)", []).append(one)
    return found
