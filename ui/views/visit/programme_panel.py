"""A programme from a file, in region D: the file, what it would change, and a way to take it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from ui.presenters.visit.programme_file import Fate, FileState, PreviewLine, ProgrammeFile
from ui.qt.accessibility import named
from ui.views.file_field import FileField
from ui.views.panels.frame import PanelFrame
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HintLabel

_FILTER = "Programmes (*.ics *.csv *.xlsx *.xls *.txt);;All files (*)"
_HINT = "A calendar (.ics), Excel or CSV"
_WHAT = (
    "A table needs a column Title or Activity; Date, Start, End, Room, Stream and Assessor are read where they are. "
    "Nothing is planned until you take it."
)
_MARKS = {
    Fate.WRONG: "circle-x", Fate.NEW: "plus", Fate.MOVED: "square-pen", Fate.OFF: "minus",
    Fate.MISSING: "circle-question-mark",
    Fate.REPEATS: "info",
}  # fmt: skip


class ProgrammeFilePanel(PanelFrame):
    """The good rows of a file with bad ones are taken by a button of their own, never by the main one."""

    def __init__(self, form: ProgrammeFile) -> None:
        super().__init__(form.heading, form.close)
        self._form = form
        self.file = FileField("File", "programme.file", "Choose a file", _FILTER, _HINT)
        self.file.edit.editingFinished.connect(self._chosen)
        self.file.edit.textChanged.connect(self._maybe_chosen)
        self.file.edit.returnPressed.connect(self._chosen)
        self._fault, self._notice = Banner("programme.fault"), Banner("programme.notice")
        self._busy, self._what, self.summary = HintLabel("Reading the file…"), HintLabel(_WHAT), HintLabel()
        self.preview = TaskList("What the file changes", "programme.preview", lambda _: None)
        self.call_off = named(QCheckBox(), "Call off what is no longer on it", "programme.call_off")
        self.take = button("Take it", "programme.take", kind="primary")
        self.take.clicked.connect(lambda: self._take())
        self.good = button("Take the good rows", "programme.good")
        self.good.clicked.connect(lambda: self._take(only_good=True))
        for part in (
            self._fault, self._notice, self.file, self._what, self._busy, self.summary, self.preview, self.call_off,
        ):  # fmt: skip
            self.add(part)
        self.add_foot(self.take, self.good)
        self.main_action = self._take
        self.follow(form, self._render)

    def take_focus(self) -> None:
        self.file.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, *, only_good: bool = False) -> None:
        self._form.bring_in(only_good=only_good, call_off_missing=self.call_off.isChecked())

    def _chosen(self) -> None:
        text = self.file.edit.text()
        if text.strip() and text != self._form.state.path:
            self._form.choose(text)

    def _maybe_chosen(self, text: str) -> None:
        """The file dialog fills the field whole; who types is not to have half a name looked for at each key."""
        if not self.file.edit.hasFocus() and text.strip():
            self._chosen()

    def _render(self, state: FileState) -> None:
        for banner, said, kind in ((self._fault, state.fault, "danger"), (self._notice, state.notice, "info")):
            if banner.words != said:
                banner.say(said, kind)
        self.file.set_error(state.file_error)
        self._busy.setVisible(state.is_busy)
        self.summary.setText(state.summary)
        self.summary.setVisible(bool(state.summary))
        self._fill(state.lines)
        words = f"Call off what is no longer on it ({state.missing})"
        named(self.call_off, words).setText(words)
        self.call_off.setVisible(bool(state.missing))
        self._what.setVisible(state.found is None)
        self.take.setVisible(state.found is not None and not state.bad)
        self.good.setVisible(state.found is not None and bool(state.bad))
        for press in (self.take, self.good):
            press.setEnabled(state.may_change)  # not off while it works: the focus would fall out of the panel

    def _fill(self, lines: tuple[PreviewLine, ...]) -> None:
        self.preview.show_lines(
            "What the file changes",
            [
                TaskLine(
                    key=str(at), title=one.title, status=one.status, spoken=f"{one.title}. {one.status}", is_done=True,
                    is_tinted=one.fate is Fate.WRONG, tint="Red", mark=_MARKS[one.fate],
                )
                for at, one in enumerate(lines)
            ],
        )  # fmt: skip
        self.preview.setVisible(bool(lines))
