"""Full text over the guide: every word typed must be there, as the beginning of a word; headings count most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ui.presenters.guide.pages import GuidePage, Section

MOST = 30
_AROUND = 70
"""Characters of a snippet before and after the first match."""
_LISTS = "messages-"
_WORD = re.compile(r"[\w’'+/#@.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One section that matches; ``snippet`` has the words round the first match."""

    page: str
    anchor: str
    title: str
    snippet: str

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return f"{self.title}. {self.snippet}"


def search(pages: Sequence[GuidePage], query: str) -> tuple[Found, ...]:
    """The best sections first, lists of messages behind all that explains; none for an empty query."""
    wanted = query.casefold().split()
    if not wanted:
        return ()
    ranked = []
    parts = [(page, section) for page in pages for section in page.sections]
    for place, (page, section) in enumerate(parts):
        score = _score(page, section, wanted)
        if score:
            ranked.append((-score, place, page, section))
    ranked.sort(key=lambda one: (one[2].id.startswith(_LISTS), *one[:2]))
    return tuple(_found(page, section, wanted) for _, _, page, section in ranked[:MOST])


def _score(page: GuidePage, section: Section, wanted: list[str]) -> int:
    """0 unless every word is there; a heading is worth ten mentions, the page's title five."""
    title, text, head = section.title.casefold(), section.text.casefold(), page.title.casefold()
    total = 0
    for part in wanted:
        pattern = re.compile(rf"(?<!\w){re.escape(part)}")
        points = 10 * bool(pattern.search(title)) + min(len(pattern.findall(text)), 5)
        if not points:
            return 0
        total += points + 5 * bool(pattern.search(head))
    return total


def _found(page: GuidePage, section: Section, wanted: list[str]) -> Found:
    title = page.title if section.title == page.title else f"{page.title}: {section.title}"
    return Found(page=page.id, anchor=section.anchor, title=title, snippet=_snippet(section.text, wanted))


def _snippet(text: str, wanted: list[str]) -> str:
    low = text.casefold()
    at = min((place for part in wanted if (place := low.find(part)) >= 0), default=0)
    start, end = max(0, at - _AROUND), min(len(text), at + _AROUND)
    words = text[start:end]
    if start:  # begin and end with whole words
        words = words.partition(" ")[2]
    if end < len(text):
        words = words.rpartition(" ")[0]
    return f"{'… ' if start else ''}{words}{' …' if end < len(text) else ''}"
