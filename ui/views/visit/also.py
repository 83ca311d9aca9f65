"""The other pages of a visit, named where somebody new looks for them: cases, files and requests are in no menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.presenters.fieldwork_pages import WAYS
from ui.presenters.page import Page
from ui.qt.accessibility import named
from ui.views.evidence.flow import FlowLayout
from ui.widgets.buttons import button
from ui.widgets.labels import HintLabel

LINKS = {
    Page.PROGRAMME: "Programme", Page.PEOPLE: "People", Page.CASES: "Cases", Page.FILES: "Files",
    Page.GUIDES: "Guides", Page.REQUESTS: "Requests", Page.FRAMEWORKS: "Frameworks",
    Page.DAY: "End of day", Page.ACCURACY: "Accuracy",
}  # fmt: skip
"""Those about the visit or its assessment as a whole, in words short enough for one line at 150 % text; escalations
are in the main menu."""


class AlsoHere(QWidget):
    """A row of links that goes on in the next line where the room ends; ``go`` is told which page."""

    def __init__(self, go: Callable[[Page], None]) -> None:
        super().__init__()
        named(self, "Also on this visit", "visit.also")
        row = FlowLayout(0)
        row.addWidget(HintLabel("Also on this visit:"))
        for page, words in LINKS.items():
            if page in WAYS:
                press = button(words, f"visit.also.{page.name.lower()}", kind="link")
                press.clicked.connect(lambda _=False, page=page: go(page))
                row.addWidget(press)
        self.setLayout(row)
