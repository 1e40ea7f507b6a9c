"""What axe cannot see, or not without a browser: our own checks of a page, each fault as a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from attrs import define, field

from equityrules.reports.charts.text import width

VOID = {"meta", "img", "br", "link", "input", "hr"}
TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0
GROUNDS = {"#ffffff", "#e6ecf1"}
"""What text and marks of a chart may stand on: white, and the shade of a band."""


@define
class Node:
    """An element, with what it holds."""

    name: str
    attributes: dict[str, str]
    children: list[Node | str] = field(factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *names: str) -> list[Node]:
        return [one for one in self.walk() if one.name in names]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("#page", {})
        self._open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag, attrs):
        self._open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        if self._open[-1].name == tag:
            self._open.pop()

    def handle_data(self, data):
        self._open[-1].children.append(data)


def parse(page: str) -> Node:
    """Return a page as a tree."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root


def faults(page: str) -> list[str]:
    """Return every fault of a page."""
    tree = parse(page)
    checks = (_language, _headings, _ids, _tables, _charts, _closed)
    return [fault for check in checks for fault in check(tree)]


def _language(tree: Node) -> Iterator[str]:
    if not any(one.attributes.get("lang") for one in tree.all("html")):
        yield "the page does not say its language"
    if not any(one.text.strip() for one in tree.all("title")):
        yield "the page has no title"
    for image in tree.all("img"):
        if "alt" not in image.attributes:
            yield "a picture has no alternative text"


def _headings(tree: Node) -> Iterator[str]:
    levels = [(int(one.name[1]), one.text.strip()) for one in tree.walk() if re.fullmatch("h[1-6]", one.name)]
    if [level for level, _ in levels].count(1) != 1:
        yield "the page does not have exactly one heading of level 1"
    before = 0
    for level, text in levels:
        if not text:
            yield "a heading is empty"
        if level > before + 1:
            yield f"heading '{text}' skips from level {before} to {level}"
        before = level


def _ids(tree: Node) -> Iterator[str]:
    ids = Counter(one.attributes["id"] for one in tree.walk() if "id" in one.attributes)
    yield from (f"the id '{name}' is there {count} times" for name, count in ids.items() if count > 1)
    for one in tree.walk():
        for name in ("aria-labelledby", "aria-describedby"):
            for wanted in one.attributes.get(name, "").split():
                if wanted not in ids:
                    yield f"{name} names '{wanted}', which is not there"


def _tables(tree: Node) -> Iterator[str]:
    for table in tree.all("table"):
        if not any(one.text.strip() for one in table.all("caption")):
            yield "a table has no caption"
        for cell in table.all("th"):
            if cell.attributes.get("scope") not in ("col", "row"):
                yield f"the heading '{cell.text}' of a table has no scope"
            if cell.attributes.get("scope") == "col" and not cell.text.strip():
                yield "a column has no heading"
        widths = {len(row.all("th", "td")) for row in table.all("tr")}
        if len(widths) > 1:
            yield f"the rows of a table have {sorted(widths)} cells"


def _charts(tree: Node) -> Iterator[str]:
    for chart in tree.all("svg"):
        name = next((one.text for one in chart.all("title")), "")
        if chart.attributes.get("role") != "img" or not name.strip() or "aria-labelledby" not in chart.attributes:
            yield "a chart has no name"
        if not any(one.text.strip() for one in chart.all("desc")):
            yield f"the chart '{name}' has no description"
        yield from (f"the chart '{name}': {fault}" for fault in chart_faults(chart))


def chart_faults(chart: Node) -> Iterator[str]:
    """Yield labels and marks that leave the frame or cannot be seen, and bars that only their colour tells apart."""
    box = chart.attributes.get("viewbox") or chart.attributes["viewBox"]
    _, _, right, bottom = map(float, box.split())
    size = float(chart.attributes["font-size"])
    for one in chart.all("text"):
        left, end = _extent(one, size)
        y = float(one.attributes["y"])
        if left < 0 or end > right or y > bottom or y - size < -1:
            yield f"the label '{one.text}' leaves its frame"
        yield from _contrast(one.text, one.attributes.get("fill", "#000000"), TEXT_CONTRAST)
    for one in chart.all("rect", "line", "circle"):
        if "pattern" not in {parent.name for parent in _parents(chart, one)} and not _inside(one, right, bottom):
            yield f"a {one.name} leaves the frame"
    for one in (*chart.all("line", "circle", "polygon"), *(one for one in chart.all("rect") if _is_outlined(one))):
        colour = one.attributes.get("stroke", "none")
        if colour not in ("none", "#ffffff"):
            yield from _contrast(f"a {one.name}", colour, MARK_CONTRAST)


def _is_outlined(rect: Node) -> bool:
    return rect.attributes.get("fill", "").startswith("url(")


def _parents(tree: Node, wanted: Node) -> list[Node]:
    return [one for one in tree.walk() if any(child is wanted for child in one.children)]


def _extent(label: Node, size: float) -> tuple[float, float]:
    x, wide = float(label.attributes["x"]), width(label.text, size)
    anchor = label.attributes.get("text-anchor", "start")
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    return left, left + wide


def _inside(mark: Node, right: float, bottom: float) -> bool:
    at = {
        name: float(mark.attributes[name])
        for name in mark.attributes
        if re.fullmatch("[xy][12]?|c[xy]|width|height", name)
    }
    xs = [at[name] for name in ("x", "x1", "x2", "cx") if name in at]
    ys = [at[name] for name in ("y", "y1", "y2", "cy") if name in at]
    xs += [at["x"] + at["width"]] if mark.name == "rect" else []
    ys += [at["y"] + at["height"]] if mark.name == "rect" else []
    slack = 0.1
    return all(-slack <= x <= right + slack for x in xs) and all(-slack <= y <= bottom + slack for y in ys)


def _contrast(what: str, colour: str, wanted: float) -> Iterator[str]:
    worst = min(contrast(colour, ground) for ground in GROUNDS)
    if worst < wanted:
        yield f"{what} in {colour} has a contrast of {worst:.1f}, under {wanted}"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _closed(tree: Node) -> Iterator[str]:
    """Yield what would be loaded or run, or would go against the page's own policy."""
    policies = [one for one in tree.all("meta") if one.attributes.get("http-equiv") == "Content-Security-Policy"]
    if not any("default-src 'none'" in one.attributes.get("content", "") for one in policies):
        yield "the page has no policy that forbids to load"
    for one in tree.walk():
        if one.name in ("script", "iframe", "object", "embed", "link", "form"):
            yield f"the page holds <{one.name}>"
        for name, value in one.attributes.items():
            if name.startswith("on") or name == "style":
                yield f"<{one.name}> has {name}"
            if name in ("src", "href") and not value.startswith(("#", "data:image/")):
                yield f"<{one.name}> would load {value}"
