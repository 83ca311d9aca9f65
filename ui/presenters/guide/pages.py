"""The pages of the guide as they were made from ``docs/guide`` by ``make guide``: read once, split for searching."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from resources import path, read_text

FOLDER = "guide"
_HEADINGS = ("h1", "h2", "h3")
_BREAKS = frozenset({"p", "li", "tr", "td", "th", "br", "pre", "h1", "h2", "h3", "dt", "dd", "div"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What stands under one heading, as plain text; ``anchor`` is the heading's id."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """One page. ``body`` is the HTML between the page's own ``<main>`` and its end; ``sections[0]`` is its head."""

    id: str
    title: str
    body: str
    sections: tuple[Section, ...]


@cache
def pages() -> tuple[GuidePage, ...]:
    """Every page in the order of the contents. Raises ``FileNotFoundError`` where the guide was not shipped."""
    names = read_text(FOLDER, "contents.txt").split()
    return tuple(read_page(name, read_text(FOLDER, f"{name}.html")) for name in names)


def page(name: str) -> GuidePage:
    """The page of this name. Raises ``KeyError``."""
    found = {one.id: one for one in pages()}
    return found[name]


def picture(name: str) -> str:
    """Where a picture of the guide lies. Raises ``FileNotFoundError``."""
    return str(path(FOLDER, "pictures", name))


def read_page(name: str, html: str) -> GuidePage:
    """Read one page as ``make guide`` writes it."""
    body = html.partition("<main>")[2].partition("</main>")[0].strip()
    reader = _Reader()
    reader.feed(body)
    reader.close()
    found = reader.sections()
    return GuidePage(id=name, title=found[0].title if found else name, body=body, sections=found)


@dataclass(slots=True)
class _Part:
    anchor: str
    title: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the text under each heading; alternative texts of pictures count as words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[_Part] = []
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _HEADINGS:
            self._parts.append(_Part(anchor=values.get("id") or ""))
            self._in_heading = True
        elif tag == "img":
            self._add(f" {values.get('alt') or ''} ")
        elif tag in _BREAKS:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        self._add(data)

    def sections(self) -> tuple[Section, ...]:
        """What was read."""
        return tuple(
            Section(anchor=one.anchor, title=_plain(one.title), text=_plain(one.words)) for one in self._parts
        )  # fmt: skip

    def _add(self, text: str) -> None:
        if self._parts:
            part = self._parts[-1]
            (part.title if self._in_heading else part.words).append(text)


def _plain(words: list[str]) -> str:
    return " ".join("".join(words).split())
