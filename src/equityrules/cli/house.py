"""`--template`: the house document that Word reports are written into."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from equityrules.cli.common import USAGE, fail, refuse_invalid
from equityrules.cli.formats import takes_template
from equityrules.cli.outputs import Output, is_typed
from equityrules.cli.progress import note
from equityrules.loading.catalogue import Frameworks
from equityrules.model.extras import MissingExtraError
from equityrules.model.problems import InvalidInputError, quoted


def check_template(frameworks: Frameworks, template: Path | None, outputs: Sequence[Output]) -> None:
    """Note which styles a house document lacks, so that the report's own stand in for them.

    Exits 2 where it was typed and no report is written into it, 3 where it is no Word document.
    """
    if template is None:
        return
    if any(takes_template(frameworks, name) for name, _ in outputs):
        _note_missing_styles(template)
    elif is_typed("template"):
        fail("--template: none of the reports is a Word document; add --report docx:FILE", USAGE)


def _note_missing_styles(template: Path) -> None:
    try:
        from equityrules.reports.word import missing_styles  # noqa: PLC0415 - only where Word is asked for

        missing = missing_styles(template)
    except MissingExtraError:
        return  # which the report tells as soon as it is written
    except InvalidInputError as error:
        refuse_invalid(error, "template")
    if missing:
        note(f"{template.name} has no style {quoted(missing)}; the report's own stand in for these")
