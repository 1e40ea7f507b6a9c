"""The crosswalk: evidence crosses from one framework to another, grades never do."""

from __future__ import annotations

import csv
import itertools
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from equityrules import load_frameworks
from equityrules.cli import main
from equityrules.loading.crosswalk import find_part
from equityrules.model.basis import Basis
from equityrules.model.crosswalk import SHARES_EVIDENCE, Link, RelationWord
from equityrules.model.problems import InvalidInputError

ROOT = Path(__file__).parent.parent
PLAN = "llr-wres-plan-2020-25.csv"
FRAMEWORKS = load_frameworks()

SOURCE = '[source.plan]\ntitle = "A local plan"\n'
RELATION = """
[[relation]]
from = "{start}"
is = "{word}"
to = "{end}"
source = "plan"
basis = "reported"
note = "Item 3"
"""


def crosswalk(folder: Path, *relations: tuple[str, str, str], name: str = "plan.toml") -> Path:
    """Write a crosswalk file with these relations under a folder, and return the folder."""
    text = SOURCE + "".join(RELATION.format(start=start, word=word, end=end) for start, word, end in relations)
    (folder / "crosswalk").mkdir(exist_ok=True)
    (folder / "crosswalk" / name).write_text(text, encoding="utf-8")
    return folder


def links(about: str, frameworks=FRAMEWORKS) -> dict[str, Link]:
    """Return a criterion's links by what they lead to."""
    framework, _, criterion = about.partition("/")
    return {f"{one.framework}/{one.part}": one for one in frameworks.crosswalk(framework, criterion)}


def show(*words: str) -> str:
    result = CliRunner().invoke(main, ["show", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


# --- what the vocabulary shows -----------------------------------------------------------------------------------


def test_criteria_that_read_the_same_items_share_evidence():
    link = links("eds/3C")["midlands-six@2021/4a"]
    assert link.relation == SHARES_EVIDENCE
    assert link.items == ("practice.equality_tool_carried_out", "practice.equality_tool_carried_out_and_monitored")
    assert (link.source, link.basis, link.note, link.by_other_groups) == (None, None, "", False)
    assert links("midlands-six/4a")["eds@2022/3C"].items == link.items


def test_the_same_items_by_other_groups_are_marked_and_come_last():
    link = links("wres/2")["wdes@2023/2"]
    assert link.items == ("recruitment.appointed", "recruitment.shortlisted")
    assert link.by_other_groups
    assert link.note == "there by disability, here by ethnicity"
    marked = [one.by_other_groups for one in FRAMEWORKS.crosswalk("wdes@2023", "2")]
    assert marked == sorted(marked)
    assert set(marked) == {False, True}


def test_a_sum_shares_evidence_with_what_it_is_the_sum_of():
    undeclared = load_frameworks(without=["frameworks/crosswalk"])
    link = links("model-employer/1", undeclared)["wres@2020/1"]
    assert {"workforce.non_clinical", "workforce.clinical"} <= set(link.items)
    assert link.note == "there also by medical grade"
    assert not link.by_other_groups


def test_a_criterion_that_shares_nothing_has_no_links():
    assert FRAMEWORKS.crosswalk("eds", "2A") == ()


def test_other_editions_of_the_same_framework_are_left_out():
    for name in ("wdes@2019", "wdes@2023"):
        for criterion in FRAMEWORKS[name].ids():
            assert not any(one.framework.startswith("wdes@") for one in FRAMEWORKS.crosswalk(name, criterion))


def test_only_current_editions_of_other_frameworks_are_named():
    named = {one.framework for one in FRAMEWORKS.crosswalk("wdes@2023", "2")}
    assert "disability-confident@2019" in named
    assert "disability-confident@2026" not in named
    assert "wdes@2019/2" not in links("wres/2")


def test_every_link_leads_to_something_and_back():
    for framework in FRAMEWORKS.values():
        for criterion in framework.criteria:
            for link in FRAMEWORKS.crosswalk(framework, criterion.id):
                other = FRAMEWORKS[link.framework]
                groups = [f"{other.word('group')}-{one.id}" for one in other.groups]
                assert link.part in (*other.ids(), *groups)
                if link.relation == SHARES_EVIDENCE and framework.status == "current":
                    [back] = [
                        one for one in FRAMEWORKS.crosswalk(other, link.part) if _leads_to(one, framework, criterion)
                    ]
                    assert set(back.items) == set(link.items)


def _leads_to(link, framework, criterion):
    return (link.framework, link.part) == (framework.ref, criterion.id)


def test_a_criterion_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(KeyError, match=r"wdes@2023 has no metric '4ai' \(did you mean '4a-i'\?\)"):
        FRAMEWORKS.crosswalk("wdes@2023", "4ai")
    with pytest.raises(KeyError, match="there is no framework 'wress'"):
        FRAMEWORKS.crosswalk("wress", "2")


# --- what documents declare --------------------------------------------------------------------------------------


def test_a_declared_relation_says_its_source_and_basis():
    link = links("wres/2")["midlands-six@2021/action-2"]
    assert link.relation == "intersect"
    assert link.basis is Basis.REPORTED
    assert link.source.title.startswith("Leicester, Leicestershire and Rutland CCGs")
    assert "Items 12 and 15" in link.note
    assert (link.items, link.of) == ((), "")


def test_a_relation_of_a_group_is_shown_at_each_of_its_criteria_as_the_groups():
    for criterion in ("2", "2.1", "2.6"):
        link = links(f"midlands-six/{criterion}")["wres@2020/2"]
        assert link.of == "action-2"
    assert "wres@2020/2" not in links("midlands-six/3a")


def declared_by(source: str, frameworks=FRAMEWORKS) -> dict[tuple[str, str], str]:
    """Return the notes of the relations that one document declares, by their two ends."""
    return {
        (f"{one.start.framework}/{one.start.part}", f"{one.end.framework}/{one.end.part}"): one.note
        for one in frameworks.relations
        if one.source.id == source
    }


def named_in(row: dict[str, str]) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return the Midlands actions, Model Employer, the WRES indicators and the EDS2 goal that an item names."""
    goal = re.search(r"Goal (\d)", row["section_eds_link"])
    return (
        [f"midlands-six/action-{one}" for one in row["midlands_high_impact_actions"].split(";") if one],
        ["model-employer/1"] if row["source_requirement"] == "Model Employer" else [],
        [f"wres/{one}" for one in row["section_wres_indicators"].split(";") if one],
        [f"eds2/goal-{goal[1]}"] if goal else [],
    )


def test_the_relations_are_the_plans_own():
    """Every two standards that one item of the plan names together, and nothing else."""
    with (Path(__file__).parent / "workbooks" / PLAN).open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    expected: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for some, others in itertools.combinations(named_in(row), 2):
            for key in itertools.product(some, others):
                expected.setdefault(key, set()).add(row["item_no"].partition(".")[0])
    declared = declared_by("llr-plan")
    assert declared.keys() == expected.keys()
    for key, items in expected.items():
        first, last = min(map(int, items)), max(map(int, items))
        assert {str(first), str(last)} <= set(re.findall(r"\d+", declared[key].partition("(")[0]))


def test_every_end_of_a_declared_relation_is_a_part_of_an_edition_that_is_transcribed():
    for relation in FRAMEWORKS.relations:
        for end in (relation.start, relation.end):
            assert any(find_part(one, end.part) for one in FRAMEWORKS.values() if one.id == end.framework), end


def test_what_is_inferred_of_the_metrics_is_derived_and_what_a_plan_prints_is_reported():
    bases = {one.source.id: one.basis for one in FRAMEWORKS.relations}
    assert bases == {
        "doncaster": Basis.REPORTED,
        "elht-plan": Basis.REPORTED,
        "llr-plan": Basis.REPORTED,
        "syics": Basis.DERIVED,
    }


def test_an_outcome_of_eds_2022_leads_to_the_closest_of_eds2_and_back():
    assert links("eds/1D")["eds2@2013/2.3"].relation == "equal"
    assert links("eds/1A")["eds2@2013/2.1"].relation == "intersect"
    assert links("eds2/2.3")["eds@2022/1D"].relation == "equal"
    assert not any(name.startswith("eds2") for name in links("eds/2A"))


def test_a_metric_of_the_edi_plan_shows_what_it_reads_with_its_indicator():
    link = links("nhs-edi-plan/M2a")["wres@2020/2"]
    assert {"recruitment.appointed", "recruitment.shortlisted"} <= set(link.items)
    assert (link.source.id, link.basis) == ("syics", Basis.DERIVED)


def test_the_midlands_six_and_the_national_six_are_not_related_by_their_name():
    ends = [{one.start.framework, one.end.framework} for one in FRAMEWORKS.relations]
    assert {"midlands-six", "nhs-edi-plan"} not in ends


@pytest.mark.parametrize(
    ("word", "from_there"),
    [("equal", "equal"), ("intersect", "intersect"), ("subset", "superset"), ("superset", "subset")],
)
def test_a_relation_is_read_from_both_sides(tmp_path, word, from_there):
    frameworks = load_frameworks([crosswalk(tmp_path, ("eds/2B", word, "wres/5"))])
    assert links("eds/2B", frameworks)["wres@2020/5"].relation == word
    assert links("wres/5", frameworks)["eds@2022/2B"].relation == from_there
    assert RelationWord(word).reversed == from_there


def test_a_relation_may_name_a_requirement_a_ladder_or_a_step_of_it(tmp_path):
    relations = (("eds/2d.local-care", "intersect", "wres/5"), ("eds/2D.local-care/achieving", "subset", "wres/6"))
    frameworks = load_frameworks([crosswalk(tmp_path, *relations)])
    assert links("eds/2D", frameworks)["wres@2020/5"].of == "2D.local-care"
    assert links("eds/2D", frameworks)["wres@2020/6"].of == "2D.local-care/achieving"
    assert "eds@2022/2D.local-care" in links("wres/5", frameworks)


def test_a_declared_relation_says_what_evidence_both_read_and_stands_alone(tmp_path):
    frameworks = load_frameworks([crosswalk(tmp_path, ("eds/3C", "superset", "midlands-six/4a"))])
    found = [one for one in frameworks.crosswalk("eds", "3C") if one.part == "4a"]
    [link] = found
    assert link.relation == "superset"
    assert link.items == links("eds/3C")["midlands-six@2021/4a"].items


def test_a_relation_of_one_edition_is_of_that_edition_only(tmp_path):
    frameworks = load_frameworks([crosswalk(tmp_path, ("wdes@2019/6", "intersect", "eds/2B"))])
    assert "eds@2022/2B" in links("wdes@2019/6", frameworks)
    assert "eds@2022/2B" not in links("wdes@2023/6", frameworks)


def test_a_relation_in_a_users_folder_replaces_the_same_one_of_the_package(tmp_path):
    shutil.copytree(ROOT / "frameworks" / "crosswalk", tmp_path / "crosswalk")
    file = tmp_path / "crosswalk" / "llr-wres-plan.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"intersect"', '"equal"'), encoding="utf-8")
    for folder in (tmp_path, tmp_path / "crosswalk"):
        frameworks = load_frameworks([folder])
        assert len(frameworks.relations) == len(FRAMEWORKS.relations)
        assert {one.word for one in frameworks.relations if one.source.id == "llr-plan"} == {"equal"}


def test_two_sources_may_relate_the_same_two(tmp_path):
    frameworks = load_frameworks([crosswalk(tmp_path, ("midlands-six/action-2", "subset", "wres/2"))])
    found = [one.relation for one in frameworks.crosswalk("wres", "2") if one.part == "action-2"]
    assert found == ["intersect", "superset"]


# --- what is left out --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("left_out", ["frameworks/wres", "frameworks/midlands-six", "frameworks/crosswalk"])
def test_frameworks_that_are_left_out_leave_their_relations_out(left_out):
    frameworks = load_frameworks(without=[left_out])
    gone = left_out.removeprefix("frameworks/")
    kept = [one for one in FRAMEWORKS.relations if gone not in ("crosswalk", one.start.framework, one.end.framework)]
    assert list(frameworks.relations) == kept
    assert frameworks.plugins.faults == []


def test_a_part_that_is_not_there_is_a_mistake_even_where_frameworks_are_left_out(tmp_path):
    folder = crosswalk(tmp_path, ("eds/2B", "intersect", "wres/5"), ("eds/2X", "intersect", "wdes/6"))
    with pytest.raises(InvalidInputError, match="relation 2 from: eds@2022 has no '2X'"):
        load_frameworks([folder], without=["frameworks/wres"])


def test_a_users_own_edition_in_place_of_a_packages_one_may_lack_what_the_package_relates(tmp_path):
    shutil.copytree(ROOT / "frameworks" / "wres", tmp_path / "wres")
    (tmp_path / "wres" / "2020" / "9.toml").unlink()
    framework = tmp_path / "wres" / "2020" / "framework.toml"
    framework.write_text(framework.read_text(encoding="utf-8"), encoding="utf-8")
    frameworks = load_frameworks([tmp_path])
    assert "wres/9" not in [f"{one.end.framework}/{one.end.part}" for one in frameworks.relations]
    of_nine = [one for one in FRAMEWORKS.relations if "9" in _parts_of("wres", one)]
    assert len(of_nine) > 1
    assert len(frameworks.relations) == len(FRAMEWORKS.relations) - len(of_nine)


def _parts_of(framework, relation):
    return [one.part for one in (relation.start, relation.end) if one.framework == framework]


def test_a_broken_file_is_named_with_its_folder(tmp_path):
    folder = crosswalk(tmp_path)
    (folder / "crosswalk" / "other.toml").write_text("[[relation]\n")
    with pytest.raises(InvalidInputError, match=rf"{folder.name}/crosswalk/other.toml"):
        load_frameworks([folder])


# --- the commands ------------------------------------------------------------------------------------------------


def test_show_ends_with_where_else_the_evidence_counts():
    shown = show("wres", "2")
    assert all(len(line) < 80 or "https://" in line for line in shown.splitlines())
    words = " ".join(shown.partition("\nElsewhere\n")[2].split())
    assert words.startswith("Evidence crosses, grades never do")
    assert "midlands-six@2021 action-2" in words
    assert "(intersect) [reported, llr-plan]" in words
    assert "[llr-plan] Leicester, Leicestershire and Rutland CCGs, WRES action plan 2020-25" in words
    assert "wdes@2023 2 Appointment from shortlisting reads the same items by other groups: recruitment.app" in words


def test_show_says_what_a_relation_was_said_of():
    assert "(intersect), said of action-2 [reported, llr-plan]" in " ".join(show("midlands-six", "2.1").split())


def test_show_says_nothing_of_elsewhere_where_there_is_nothing():
    assert "Elsewhere" not in show("eds", "2A")


def test_show_leaves_out_what_is_not_loaded():
    shown = show("wres", "2", "--no-plugin", "frameworks/midlands-six")
    assert "midlands-six" not in shown
    assert "wdes@2023 2" in shown


def test_lint_checks_the_crosswalk_and_takes_it_for_no_framework(tmp_path):
    folder = shutil.copytree(ROOT / "frameworks", tmp_path / "frameworks", ignore=shutil.ignore_patterns("cases"))
    result = CliRunner().invoke(main, ["lint", str(folder)])
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == f"crosswalk: {len(FRAMEWORKS.relations)} relations, no problems"
    assert "crosswalk" not in (folder / "editions.lock").read_text(encoding="utf-8")
    file = folder / "crosswalk" / "llr-wres-plan.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"wres/9"', '"wres/10"'), encoding="utf-8")
    result = CliRunner().invoke(main, ["lint", str(folder)])
    assert result.exit_code == 3
    assert "crosswalk/llr-wres-plan.toml  relation 1 to: wres@2020 has no '10'" in result.stderr


def test_lint_takes_a_folder_with_nothing_but_a_crosswalk(tmp_path):
    result = CliRunner().invoke(main, ["lint", str(crosswalk(tmp_path, ("eds/2B", "intersect", "wres/5")))])
    assert result.exit_code == 0, result.output
    assert result.stdout == "crosswalk: 1 relation, no problems\n"


def test_the_example_in_the_docs_is_a_crosswalk(tmp_path):
    page = (ROOT / "docs" / "frameworks.md").read_text(encoding="utf-8")
    [block] = [
        one for one in re.findall(r"^```toml\n(.*?)^```", page, re.DOTALL | re.MULTILINE) if "[[relation]]" in one
    ]
    folder = crosswalk(tmp_path)
    (folder / "crosswalk" / "plan.toml").write_text(block, encoding="utf-8")
    assert len(load_frameworks([folder]).relations) == len(FRAMEWORKS.relations)
