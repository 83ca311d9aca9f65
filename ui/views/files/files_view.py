"""The page Files: a filter and the list, or one file over them; files are dropped on it, pictures pasted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.presenters.files.page import FilesPage, count_words
from ui.presenters.files.state import FileLine, FilesState
from ui.presenters.files.viewer import Viewer
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.views.files.side import FilesSide
from ui.views.files.viewer_view import ViewerView
from ui.views.progress import Progress
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.views.who_knows import hear_restrictions, restricted_words
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, RoleLabel
from ui.widgets.texts import PassText

EMPTY = "No files yet. Attach a photo, a scan or a document: it is copied into your vault and encrypted"
NOTHING_FOUND = "No file matches this filter"


class FilesView(View):
    """``back`` leads to the page that led here."""

    def __init__(self, page: FilesPage, back: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._back = back
        self.ask_path: Callable[[str], str] = self._ask_path
        self.setAcceptDrops(True)
        self.filter = named(PassText(), "Filter files", "files.filter")
        self.filter.setPlaceholderText("Number, name, purpose, waiting …")
        self.filter.textEdited.connect(page.filter)
        self.count = RoleLabel(role="small")
        self.list = TaskList("Files", "files.list", self._opened)
        self.list.currentRowChanged.connect(self._moved)
        self.empty = EmptyState(EMPTY)
        self.fault = Banner("files.fault")
        self.notice = Banner("files.notice")
        self.progress = Progress("files.progress", page.stop)
        self.add = button("Attach a file", "files.attach", kind="primary", icon_name="file-text")
        self.add.clicked.connect(lambda: page.attach())
        self._viewer: ViewerView | None = None
        self._drawn: FilesState | None = None
        self._shown: tuple[FileLine, ...] = ()
        self._side: FilesSide = self.part(FilesSide(page, self._save))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_list())
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.follow(page, self._render)
        self.hear(hear_restrictions(page.session, lambda: self._draw_list(page.state)))

    @property
    def side(self) -> FilesSide:
        return self._side

    def take_focus(self) -> None:
        if self._viewer is not None:
            self._viewer.take_focus()
            return
        target = self.list if self.list.count() else self.empty if not self.page.state.lines else self.filter
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        page = self.page
        return {
            "attach": page.attach, "paste_picture": self._paste,
            "look_at_file": page.look, "black_out": page.black_out,
            "fetch_file": page.fetch, "save_copy": self._save, "correct_file": page.correct,
            "withdraw_file": page.withdraw, "note_about_file": page.note,
            "find": lambda: self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason),
        }  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.page.state.looking:
            self.page.stop_looking()
        else:
            self._back()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if files:
            self.page.attach(files[0])
            if len(files) > 1:
                self.page.session.say("Files are attached one at a time. The first one is on the form")

    def close_view(self) -> None:
        super().close_view()
        if self._viewer is not None:
            self._viewer.close_view()

    def _make_list(self) -> QWidget:
        inside, whole = QWidget(), QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Files"), 1)
        head.addWidget(self.add)
        rows.addLayout(head)
        for each in (self.fault, self.notice, self.progress):
            rows.addWidget(each)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.filter, 1)
        line.addWidget(self.count)
        rows.addLayout(line)
        rows.addWidget(self.list)
        rows.addWidget(self.empty)
        rows.addStretch(1)
        scrolled(inside, whole)
        return whole

    def _render(self, state: FilesState) -> None:
        drawn, self._drawn = self._drawn, state
        if drawn is None or drawn.lines is not state.lines or drawn.words != state.words:
            self._draw_list(state)  # 500 rows: not with every word of how far a copy is
        at = next((place for place, one in enumerate(self._shown) if one.row.row.record == state.chosen), -1)
        if at >= 0 and self.list.currentRow() != at:
            self.list.go_to(at)
        (self.progress.show_bytes if state.busy.is_bytes else self.progress.show_count)(
            state.busy.words, state.busy.done, state.busy.total
        )
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)
        self._look(self.page.viewer if state.looking else None)

    def _draw_list(self, state: FilesState) -> None:
        self._shown = shown = state.shown
        self.list.show_lines(f"Files, {count_words(state)}", [self._line(one) for one in shown])
        self.list.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self.empty.setText(NOTHING_FOUND if state.lines else EMPTY)
        self.filter.setVisible(bool(state.lines))
        self.count.setText(count_words(state) if state.lines else "")
        if self.filter.text() != state.words:
            self.filter.setText(state.words)

    def _line(self, one: FileLine) -> TaskLine:
        return _line(one, restricted_words(self.page.session, one.value.id))

    def _look(self, viewer: Viewer | None) -> None:
        if viewer is (self._viewer.viewer if self._viewer is not None else None):
            return
        if self._viewer is not None:
            old, self._viewer = self._viewer, None
            old.close_view()
            self._stack.setCurrentIndex(0)
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
            self.take_focus()
        if viewer is not None:
            self._viewer = ViewerView(viewer, self.page.stop_looking)
            self._stack.addWidget(self._viewer)
            self._stack.setCurrentWidget(self._viewer)
            self._viewer.take_focus()

    def _moved(self, place: int) -> None:
        if self.list.hasFocus() and 0 <= place < len(self._shown):
            self.page.choose(self._shown[place].row.row.record)

    def _opened(self, key: str) -> None:
        self.page.choose(key)
        self.page.look()

    def _save(self) -> None:
        line = self.page.state.line
        if line is not None and (path := self.ask_path(line.value.name)):
            self.page.save_copy(Path(path))

    def _ask_path(self, name: str) -> str:
        return file_to_save(self, "Save a copy", str(Path.home() / name))[0]

    def _paste(self) -> None:
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self.page.paste(None)
            return
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes words
        buffer.close()
        self.page.paste(bytes(data.data()))


def _line(one: FileLine, restricted: str) -> TaskLine:
    is_waiting = one.row.is_made_here and not one.row.is_confirmed
    title, status = one.title, " · ".join(part for part in (one.status, restricted) if part)
    return TaskLine(
        key=one.row.row.record, title=title, status=status, spoken=f"{title}. {status}",
        is_done=one.row.is_confirmed and not one.value.withdrawn, is_tinted=bool(one.row.code or is_waiting),
        tint="Red" if one.row.code else "Blue",
        mark="circle-x" if one.value.withdrawn else "download" if not one.is_here else "file-text",
    )  # fmt: skip
