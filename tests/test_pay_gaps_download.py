"""The bundled plugin `pay_gaps`: employers' figures, as the gender pay gap service gives them for download."""

from __future__ import annotations

from pathlib import Path

import pytest
from equityrules.bundled.pay_gaps.download import FIGURES, read_download

from equityrules import InvalidInputError, assess, load_frameworks, read_evidence

FRAMEWORKS = load_frameworks()
PAY_GAPS = FRAMEWORKS["pay-gaps"]
COLUMNS = (
    "EmployerName", "EmployerId", "Address", "PostCode", "CompanyNumber", "SicCodes", *FIGURES, "CompanyLinkToGPGInfo",
    "ResponsiblePerson", "EmployerSize", "CurrentName", "SubmittedAfterTheDeadline", "DueDate", "DateSubmitted",
)  # fmt: skip
MADE_UP = {
    "EmployerName": "EXAMPLE NHS TRUST", "EmployerId": "12345", "Address": '"1 High Street, Anytown"',
    "ResponsiblePerson": "A. Person", "SubmittedAfterTheDeadline": "False", "DueDate": "2025-03-30 00:00:00",
    "DateSubmitted": "2025-03-12", "DiffMeanHourlyPercent": "20.1", "DiffMedianHourlyPercent": "7.4",
    "DiffMeanBonusPercent": "30.5", "DiffMedianBonusPercent": "-2.0", "MaleBonusPercent": "4.1",
    "FemaleBonusPercent": "0.6", "MaleLowerQuartile": "20.0", "FemaleLowerQuartile": "80.0",
    "MaleLowerMiddleQuartile": "18.5", "FemaleLowerMiddleQuartile": "81.5", "MaleUpperMiddleQuartile": "19.1",
    "FemaleUpperMiddleQuartile": "80.9", "MaleTopQuartile": "38.2", "FemaleTopQuartile": "61.8",
}  # fmt: skip


def write(folder: Path, *employers: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
    """Return a download of made-up employers; each is the example with what is given changed."""
    path = folder / "download.csv"
    lines = [",".join({**MADE_UP, **one}.get(name, "") for name in columns) for one in employers]
    path.write_text("\n".join((",".join(columns), *lines)) + "\n", encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InvalidInputError) as caught:
        read_evidence(path, frameworks=FRAMEWORKS)
    return str(caught.value)


def test_a_download_gives_all_six_measures(tmp_path):
    [trust] = read_evidence(write(tmp_path, {}), frameworks=FRAMEWORKS)
    found = assess(PAY_GAPS, trust, "2023/24")
    held = {one.id: one.held.id for one in found.criteria if one.group == "gender"}
    assert held == {**dict.fromkeys("123456", "reported"), "7": "published"}
    assert not [one for one in found.remarks if one.code.startswith("pay-gap-")]


def test_figures_due_in_march_2025_are_of_the_snapshot_of_march_2024(tmp_path):
    [trust] = read_evidence(write(tmp_path, {}), frameworks=FRAMEWORKS)
    assert {str(one) for one in trust.periods()} == {"2023/24"}


def test_two_years_of_downloads_tell_whether_a_gap_narrowed(tmp_path):
    before = {"DueDate": "30/03/2024 00:00", "DiffMeanHourlyPercent": "21.0", "DiffMedianHourlyPercent": "7.1"}
    [trust] = read_evidence(write(tmp_path, before, {}), frameworks=FRAMEWORKS)
    held = {one.id: one.held.id for one in assess(PAY_GAPS, trust, "2023/24").criteria if one.held}
    assert (held["1"], held["2"]) == ("narrowing", "reported")


def test_late_figures_are_not_published_in_time(tmp_path):
    [trust] = read_evidence(write(tmp_path, {"SubmittedAfterTheDeadline": "True"}), frameworks=FRAMEWORKS)
    found = {one.requirement: one.outcome for _, one in assess(PAY_GAPS, trust, "2023/24").findings()}
    assert found["7.published"] == "unmet"


def test_what_was_not_published_is_left_out(tmp_path):
    none = {"DiffMeanBonusPercent": "", "DiffMedianBonusPercent": "NULL", "MaleBonusPercent": "0"}
    rows = read_download(write(tmp_path, none))
    assert rows is not None
    assert not [row for row in rows if "_bonus_sex" in row["item"]]


def test_two_employers_of_one_name_are_told_apart_by_the_services_number(tmp_path):
    found = read_evidence(write(tmp_path, {}, {"EmployerId": "99"}), frameworks=FRAMEWORKS)
    assert [one.organisation.name for one in found] == ["EXAMPLE NHS TRUST (12345)", "EXAMPLE NHS TRUST (99)"]


def test_the_responsible_person_is_not_read(tmp_path):
    assert "A. Person" not in str(read_download(write(tmp_path, {})))


def test_every_mistake_is_told_at_once_with_its_row_and_column(tmp_path):
    wrong = {"EmployerName": "", "DueDate": "soon", "MaleBonusPercent": "N.K.", "MaleTopQuartile": "38%"}
    message = refusal(write(tmp_path, {}, wrong))
    for words in (
        "download.csv  row 3, column EmployerName: is empty",
        "download.csv  row 3, column DueDate: holds no year",
        "download.csv  row 3, column MaleBonusPercent: 'N.K.' is no percentage; write digits only",
        "download.csv  row 3, column MaleTopQuartile: '38%' is no percentage",
    ):
        assert words in message


def test_a_row_that_is_cut_short_is_refused(tmp_path):
    path = write(tmp_path, {}, {})
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(text[: text.rindex("0.6")], encoding="utf-8")
    assert "row 3: has fewer cells than the heading" in refusal(path)


def test_a_missing_column_is_named(tmp_path):
    path = write(tmp_path, {}, columns=tuple(one for one in COLUMNS if one != "FemaleTopQuartile"))
    assert "header: lacks the column 'FemaleTopQuartile'" in refusal(path)


def test_other_files_are_left_to_others(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("EmployerName,value\nA,1\n", encoding="utf-8")
    assert read_download(path) is None
