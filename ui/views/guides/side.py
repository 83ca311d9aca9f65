"""Region D: the chosen guide to be read through, with what can be done with it; or the form that is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldkit.domain.guide import Guide
from ui.presenters.guides.page import GuidesPage
from ui.presenters.guides.state import GuidesState, OpenPanel, Showing
from ui.presenters.guides.words import about, as_page
from ui.qt.file_dialogs import file_to_save
from ui.views.form_side import FormSide
from ui.views.guides.reading import GuideText, wrapped
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import EmptyState, HeadingLabel, RoleLabel

_LEAST_LINES = 8
_CHOOSE = "Select a guide to read through it here"


class Details(View):
    """A guide with its buttons."""

    def __init__(self, page: GuidesPage) -> None:
        super().__init__()
        self.page = page
        self.ask_path = self._ask_path
        self.empty = EmptyState(_CHOOSE)
        self._title = wrapped(HeadingLabel(level=2))
        self._about = wrapped(RoleLabel())
        self.use = button("Use this guide", "guides.use", kind="primary")
        self.use.clicked.connect(lambda: page.use_built_in())
        self.change = button("Change", "guides.change")
        self.change.clicked.connect(lambda: page.change())
        self.write = button("Write as a form", "guides.write", icon_name="download")
        self.write.clicked.connect(lambda: self._write())
        self.retire = button("Take out of use", "guides.retire")
        self.retire.clicked.connect(lambda: page.retire())
        self.text = GuideText("guides.text")
        self.text.setMinimumHeight(self.fontMetrics().lineSpacing() * _LEAST_LINES)
        self._verbs = QWidget()
        column = QVBoxLayout(self._verbs)
        column.setContentsMargins(0, 0, 0, 0)
        for one in (self.use, self.change, self.write, self.retire):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 12, 12)
        rows.setSpacing(8)
        for each in (self.empty, self._title, self._about, self._verbs):
            rows.addWidget(each)
        rows.addWidget(self.text, 1)
        scrolled(inside, self)
        self._shown: Guide | None = None
        self.follow(page, self._render)

    @property
    def has_something(self) -> bool:
        """Whether a guide is shown."""
        return self._shown is not None

    def take_focus(self) -> None:
        first: ActionButton | EmptyState | GuideText = self.text
        for one in (self.use, self.change):
            if one.isVisibleTo(self):
                first = one
        (first if self.has_something else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: GuidesState) -> None:
        guide, had_focus = self.page.preview, self._verbs.isAncestorOf(QApplication.focusWidget() or self)
        is_list = state.showing is Showing.LIST
        for part in (self._title, self._about, self.text):
            part.setVisible(guide is not None)
        self.empty.setVisible(guide is None)
        self._verbs.setVisible(is_list and guide is not None)
        self.use.setVisible(state.built_in_chosen is not None)
        self.change.setVisible(state.row is not None)
        self.retire.setVisible(state.row is not None)
        self.write.setEnabled(not state.busy)
        if guide != self._shown:
            self._shown = guide
            self._draw(guide)
        if had_focus and not self._verbs.isAncestorOf(QApplication.focusWidget() or self):
            self.take_focus()  # the button that was pressed has nothing to do any more

    def _draw(self, guide: Guide | None) -> None:
        if guide is not None:
            self._title.setText(guide.title)
            self._about.setText(" · ".join(part for part in (about(guide), guide.audience) if part))
            self.text.show_page(f"Questions of {guide.title}", as_page(guide, self.page.frameworks))

    def _write(self) -> None:
        path = self.ask_path()
        if path:
            from pathlib import Path

            self.page.write(Path(path))

    def _ask_path(self) -> str:
        guide = self.page.preview
        name = f"{guide.title}.xlsx" if guide is not None else "Guide.xlsx"
        return file_to_save(self, "Write as a form", name, "Workbooks (*.xlsx)")


class GuidesSide(FormSide):
    """One form at a time, over the details."""

    def __init__(self, page: GuidesPage) -> None:
        self.page = page
        self.details = Details(page)
        super().__init__(self.details, lambda: self.details.has_something, self._made)
        self.follow(page, lambda state: self.show_panel(state.panel))

    def _made(self, panel: OpenPanel) -> FormPanel:
        identifier = f"guides.{panel.kind.name.lower()}"
        return FormPanel(panel.kind.value, panel.form, identifier, panel.save_words, self.page.close_panel)
