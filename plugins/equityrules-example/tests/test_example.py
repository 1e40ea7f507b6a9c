"""What the template does, tested where it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from equityrules import Assessment, InvalidInputError, assess, load_frameworks, read_evidence
from equityrules.loading.catalogue import Frameworks
from equityrules_example import equityrules_kinds
from equityrules_example.agreement import NetAgreement
from equityrules_example.notice import render_notice

HEADER = "organisation: Anytown Residents' Forum\nperiod: 2024/25\nby: residents\n"
EVIDENCE = """
organisation = "Anytown Residents' Forum"
period = "2024/25"

[[survey]]
item = "meetings.able_to_take_part"
yes = 60
of = 80

[[statement]]
item = "meetings.minutes_published"
status = "in place"

[[statement]]
item = "meetings.minutes_in_other_formats"
status = "committed"
"""


@pytest.fixture(scope="module")
def frameworks() -> Frameworks:
    """All frameworks, this plugin's among them."""
    return load_frameworks()


def assessed(frameworks: Frameworks, path: Path, content: str) -> Assessment:
    """Return the charter applied to evidence with this content."""
    path.write_text(content, encoding="utf-8")
    [evidence] = read_evidence(path, frameworks=frameworks)
    return assess(frameworks["example-charter@1"], evidence)


def test_equityrules_frameworks_brings_the_charter_without_a_fault(frameworks: Frameworks) -> None:
    """The folder of frameworks is found and compiled."""
    assert frameworks["example-charter@1"].origin.plugin == "example"
    assert not [fault for fault in frameworks.plugins.faults if fault.plugin == "example"]


def test_equityrules_kinds_brings_net_agreement_exact_at_its_threshold(frameworks: Frameworks, tmp_path: Path) -> None:
    """60 of 80 agree and 20 do not: a net agreement of exactly 50, which keeps the promise."""
    assert equityrules_kinds().measures == {"net-agreement": NetAgreement}
    result = assessed(frameworks, tmp_path / "evidence.toml", EVIDENCE)
    assert [(one.id, one.held.id if one.held else None) for one in result.criteria] == [
        ("C1", "kept"),
        ("C2", "started"),
    ]
    assert result.overall.held is not None
    assert result.overall.held.id == "started"


def test_equityrules_read_evidence_reads_a_poll(frameworks: Frameworks, tmp_path: Path) -> None:
    """The mark with the most votes is held."""
    poll = f"{HEADER}example-charter/C1 kept 14\nexample-charter/C1 started 3\n"
    [first, _] = assessed(frameworks, tmp_path / "meetings.poll", poll).criteria
    assert first.held is not None
    assert (first.held.id, first.graded_from) == ("kept", "votes")


def test_equityrules_read_evidence_names_every_line_it_cannot_read(frameworks: Frameworks, tmp_path: Path) -> None:
    """A mistake in the user's file is told to the user with its line."""
    with pytest.raises(InvalidInputError, match=r"meetings.poll  line 4: .*\n.*line 5: "):
        assessed(frameworks, tmp_path / "meetings.poll", f"{HEADER}example-charter/C1 kept\nkept 3\n")


def test_equityrules_remarks_notes_a_poll_in_which_few_voted(frameworks: Frameworks, tmp_path: Path) -> None:
    """Nine votes are remarked on, ten are not."""
    few = assessed(frameworks, tmp_path / "few.poll", f"{HEADER}example-charter/C1 kept 9\n")
    enough = assessed(frameworks, tmp_path / "enough.poll", f"{HEADER}example-charter/C1 kept 10\n")
    assert [one.where for one in few.remarks if one.code == "example-few-votes"] == ["example-charter/C1"]
    assert not [one for one in enough.remarks if one.code == "example-few-votes"]


def test_equityrules_reports_brings_a_notice(frameworks: Frameworks, tmp_path: Path) -> None:
    """The notice says the whole and every promise."""
    result = assessed(frameworks, tmp_path / "evidence.toml", EVIDENCE)
    assert render_notice([result]).splitlines() == [
        "Anytown Residents' Forum, 2024/25",
        "Example charter for open meetings: Started",
        "  C1  Everybody who wants to can take part: Kept",
        "  C2  What was decided can be read by everybody: Started",
    ]
