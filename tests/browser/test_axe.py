"""axe-core in the system's Chromium: no report has a fault at the width of a desk or of a telephone."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from equityrules.cli import main

ROOT = Path(__file__).parent.parent.parent
EVIDENCE = ("*eds*.toml", "elht-[fms]*", "gla-*", "ssot-people-*")
EXAMPLES = sorted(str(one.relative_to(ROOT)) for name in EVIDENCE for one in (ROOT / "examples").glob(name))
WIDTHS = (1280, 320)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BAD = """<html><head></head><body><h1>x</h1><h4>y</h4><img src="data:,"><p style="color:#aaa">pale</p>
<svg role="img" viewBox="0 0 1 1"></svg><a href="#"></a></body></html>"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser():
    assert CHROMIUM, "Chromium is not installed; on Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def violations(browser, content: str, width: int) -> list[str]:
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    try:
        page = context.new_page()
        page.set_content(content)
        page.evaluate(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    finally:
        context.close()
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


def report(example: str) -> str:
    result = CliRunner().invoke(main, ["assess", str(ROOT / example), "--format", "html"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("example", EXAMPLES)
def test_axe_finds_nothing(browser, example):
    content = report(example)
    for width in WIDTHS:
        assert violations(browser, content, width) == []


def test_axe_finds_the_faults_of_a_page_that_has_them(browser):
    found = " ".join(violations(browser, BAD, 1280))
    for rule in ("html-has-lang", "document-title", "image-alt", "color-contrast", "svg-img-alt", "heading-order"):
        assert rule in found


@pytest.mark.parametrize("example", EXAMPLES)
def test_nothing_is_wider_than_a_telephone_and_no_label_leaves_its_chart(browser, example):
    context = browser.new_context(viewport={"width": 320, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.set_content(report(example))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    outside = page.evaluate(
        """() => [...document.querySelectorAll('svg text')].filter(one => {
             const box = one.getBBox(), frame = one.ownerSVGElement.viewBox.baseVal;
             return box.x < 0 || box.y < -1 || box.x + box.width > frame.width || box.y + box.height > frame.height + 1;
           }).map(one => one.textContent)"""
    )
    context.close()
    assert outside == []


def test_the_policy_stops_a_script_that_gets_into_a_page(browser):
    content = report(EXAMPLES[0]).replace("</main>", "</main><script>document.title = 'run'</script>")
    page = browser.new_page()
    page.set_content(content)
    assert page.title() != "run"
    page.close()
