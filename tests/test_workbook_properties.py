"""Whatever is typed into a workbook, and whatever befalls its bytes, it is read or refused; never anything else."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from evidence_builders import FRAMEWORKS, rows
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from workbook_builders import HEADER, enter, put, said

from equityrules.loading.evidence import read_evidence
from equityrules.model.problems import InvalidInputError
from equityrules.reports.workbook.template import workbook_template

COUNT = "impact_assessment.required"
BANDS = {"Band 5": "5", "Band 8a": "8a", "VSM": "vsm"}
GROUPS = {"White": "white", "BME": "bme", "Unknown": "unknown"}
COUNTS = st.dictionaries(
    st.tuples(st.sampled_from([*BANDS]), st.sampled_from([*GROUPS])), st.integers(0, 9999), min_size=1
)
TYPED = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20), st.floats(), st.booleans(),
    st.integers(-10, 10**20), st.dates(), st.sampled_from(["#DIV/0!", "=1/0", "<5", "1,204", "43.2%", "[c]", "n/a"]),
)  # fmt: skip
CONTENT = workbook_template([FRAMEWORKS["wres"]], FRAMEWORKS.vocabulary)
FEW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
MODEST = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def read(content: bytes):
    """Return the evidence in a workbook's bytes, or nothing where it is refused as invalid."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.xlsx"
        path.write_bytes(content)
        try:
            return read_evidence(path, frameworks=FRAMEWORKS)
        except InvalidInputError as error:
            if any(problem.file != "evidence.xlsx" for problem in error.problems):
                raise
            return None


def with_cover(fill) -> bytes:
    book = load_workbook(io.BytesIO(CONTENT))
    put(book["Start here"], {"A": "Organisation"}, "B", "Example NHS Trust")
    put(book["Start here"], {"A": "Period"}, "B", "2023/24")
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@FEW
@given(COUNTS)
def test_counts_come_out_as_they_were_put_into_the_grid(counts):
    def fill(book):
        for (band, group), value in counts.items():
            row = {"Agenda for Change pay band": band, "Item": "workforce.non_clinical"}
            enter(book["Workforce"], row, **{group: value})

    [body] = read(with_cover(fill))
    wanted = (
        {"item": "workforce.non_clinical", "band": BANDS[band], "ethnicity": GROUPS[group], "value": value}
        for (band, group), value in counts.items()
    )
    assert said(body) == said(rows(*wanted))


@MODEST
@given(TYPED, TYPED, TYPED, TYPED)
def test_whatever_is_typed_is_read_or_refused(count, day, words, period):
    read(tidy_sheet(("Example NHS Trust", period, COUNT, count, None, None, None, words, day)))
    read(tidy_sheet(("Example NHS Trust", "2023/24", COUNT, count, None, None, None, words, day)))


@MODEST
@example(0.969, b"\x00@")
@given(st.floats(0, 1), st.binary(min_size=1, max_size=40))
def test_a_workbook_with_spoilt_bytes_is_read_or_refused(share, spoilt):
    whole = tidy_sheet(("Example NHS Trust", "2023/24", COUNT, 12))
    at = int(share * len(whole))
    read(whole[:at] + spoilt + whole[at + len(spoilt) :])
    read(whole[:at] or b"P")


def tidy_sheet(row) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    book.active.append(list(HEADER))
    book.active.append(list(row))
    book.save(stream)
    return stream.getvalue()
