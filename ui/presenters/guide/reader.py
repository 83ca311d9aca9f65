"""Reading the guide: the page that is open, the contents, and what a search found."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ui.presenters.guide.pages import pages
from ui.presenters.guide.search import Found, search
from ui.presenters.presenter import Presenter

START = "README"
FOR_SCREEN = {
    "First run": "first-run", "Unlock": "unlock", "Home": START, "Visit": "visits", "Live log": "meeting",
    "Record review": "record-review", "People": "people",
    "Interview": "interview", "Drop-in": "drop-ins", "Interview guides": "guides",
    "Files": "attachments", "Cases": "cases", "Case": "cases", "Compare cases": "cases",
    "Evidence": "evidence", "Coverage": "coverage", "Scores": "scores", "Escalations": "escalations", "Send": "sending",
    "Reports": "reports",
    "Findings": "findings",
    "Hand over": "hand-over", "Urgent item as a code": "hand-over", "Decide": "two-accounts",
    "Restricted disclosures": "disclosures",
    "Short texts": "writing", "Information requests": "requests", "Frameworks": "frameworks", "Programme": "programme",
    "End of day": "end-of-day", "Factual accuracy": "factual-accuracy", "Hand in": "advisers",
    "What would be lost": "lost-laptop", "Settings": "settings",
}  # fmt: skip
"""The page that is opened from each screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideState:
    """``page`` and ``anchor`` are what is open; ``found`` stands in place of the contents while something is sought."""

    page: str = START
    anchor: str = ""
    query: str = ""
    found: tuple[Found, ...] = ()

    @property
    def nothing(self) -> str:
        """The words in place of results."""
        return f"Nothing in the guide matches ‘{self.query.strip()}’" if self.query.strip() and not self.found else ""


class Guide(Presenter[GuideState]):
    """Nothing is read from the disk until the guide is first looked at."""

    def __init__(self) -> None:
        super().__init__(GuideState())
        self._past: list[tuple[str, str]] = []

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """Each page's id and title, in order."""
        return tuple((one.id, one.title) for one in pages())

    def open_for(self, screen: str) -> None:
        """Open at the page for a screen, and forget what was sought."""
        self._past.clear()
        wanted = FOR_SCREEN.get(screen, START)
        self._show(GuideState(page=wanted))

    def open(self, page: str, anchor: str = "") -> None:
        """Open a page at a heading; an unknown one changes nothing."""
        if page in {one.id for one in pages()}:
            self._past.append((self.state.page, self.state.anchor))
            self._show(replace(self.state, page=page, anchor=anchor))

    def follow(self, link: str) -> bool:
        """A link of a page: ``sending.html#why``. False for what does not lead within the guide."""
        page, _, anchor = link.partition("#")
        name = page.removesuffix(".html") or self.state.page
        if "/" in name or name not in {one.id for one in pages()}:
            return False
        self.open(name, anchor)
        return True

    def back(self) -> bool:
        """The page before; false when there is none."""
        if not self._past:
            return False
        page, anchor = self._past.pop()
        self._show(replace(self.state, page=page, anchor=anchor))
        return True

    def seek(self, query: str) -> None:
        """Look through the whole guide while it is typed: some 100 kB, a few milliseconds."""
        self._show(replace(self.state, query=query, found=search(pages(), query)))
