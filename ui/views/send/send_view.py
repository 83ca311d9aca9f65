"""The Send page: one verb, one sentence that says whether the laptop may be handed back, and the lists behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fieldkit.kernel.ids import EntryId
from ui.presenters.hand_in import Certificate, CertificateState
from ui.presenters.send import Send, SendState
from ui.qt.file_dialogs import file_to_save
from ui.qt.restyle import set_look
from ui.views.evidence.flow import FlowLayout
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.send.asked import SIGN_IN, Asked
from ui.views.send.lists_tabs import Lists
from ui.views.send.progress_bar import SendProgress
from ui.views.send.why_box import WhyBox
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_LEAST_LISTS = 220


class SendView(View):
    """Everything happens by itself; the button only hurries.

    ``open_note`` shows a note where it was written, ``enrol`` and ``export`` lead to the pages of Settings that do it,
    ``decide`` to the question about a record, ``hand_over`` to the page for sticks and cables.
    """

    def __init__(
        self,
        send: Send,
        enrol: Callable[[], None],
        export: Callable[[], object],
        open_note: Callable[[EntryId], None],
        certificate: Certificate,
        decide: Callable[[str], None],
        hand_over: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._send = send
        self._certificate = certificate
        self.enrol = button("Enrol with an office", "send.enrol", kind="primary")
        self.enrol.clicked.connect(lambda: enrol())
        self.export = button("Export to a file", "send.export", icon_name="download")
        self.export.clicked.connect(lambda: export())
        self.now = button("Send now  Ctrl+Shift+S", "send.now", kind="primary", icon_name="send")
        self.now.clicked.connect(lambda: send.send_now())
        self.hand_over = button("Hand over…", "send.hand_over")
        self.hand_over.clicked.connect(lambda: hand_over())
        self.save = button("Certificate of hand-in…", "send.certificate", icon_name="download")
        self.save.clicked.connect(self._save_certificate)
        self.why = button("Why?", "send.why_round")
        self.why.clicked.connect(lambda: send.ask_why())
        self._headline = RoleLabel("", "heading2")
        self._box = QFrame()
        self._box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lines = [HintLabel() for _ in range(7)]
        self._problem = Banner("send.problem")
        self._saved = Banner("send.saved")
        self.asked = Asked(send)
        self.progress = SendProgress(send.stop_sending)
        self.why_box = WhyBox(self._close_why)
        self.lists = Lists(send, open_note, decide)
        self._before_why: QWidget | None = None
        self.ask_path: Callable[[], str] = self._ask_path
        self._lay_out()
        self._bind()
        self.follow(send, self._render)
        self.follow(certificate, self._render_certificate)

    def take_focus(self) -> None:
        target = self.now if self.now.isVisibleTo(self) else self.enrol
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"retry": self._send.send_now, "why": self._why, "files_anyway": self._send.send_files_anyway}

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._send.watch(is_watched=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._send.watch(is_watched=False)

    def _bind(self) -> None:
        """Ctrl+Tab wherever the focus is on this page; Qt's tabs hear it only when it is inside them."""
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.lists.step(step))

    def _lay_out(self) -> None:
        head = FlowLayout(12)  # three buttons beside the heading have no room at 200 % text in a small window
        for each in (HeadingLabel("Send"), self.save, self.hand_over, self.now, self.enrol, self.export):
            head.addWidget(each)
        box = QVBoxLayout(self._box)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(4)
        self._headline.setWordWrap(True)
        for label in (self._headline, *self._lines):
            box.addWidget(label)
        trouble = QHBoxLayout()
        trouble.addWidget(self._problem, 1)
        trouble.addWidget(self.why)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        rows.addLayout(head)
        rows.addWidget(self._box)
        rows.addWidget(self._saved)
        rows.addLayout(trouble)
        rows.addWidget(self.asked)
        rows.addWidget(self.progress)
        rows.addWidget(self.why_box)
        rows.addWidget(self.lists, 1)
        rows.addStretch(0)
        self.lists.setMinimumHeight(_LEAST_LISTS)
        scrolled(inside, self)

    def _render(self, state: SendState) -> None:
        self._headline.setText(state.headline)
        set_look(self._box, "banner", "success" if state.is_all_there else "info")
        for label, words in zip(self._lines, _lines(state), strict=True):
            label.setText(words)
            label.setVisible(bool(words))
        for each in (self.now, self.save, self.lists):
            each.setVisible(not state.is_standalone)
        for each in (self.enrol, self.export):
            each.setVisible(state.is_standalone)
        if state.problem != self._problem.words:
            page = state.sign_in_page
            self._problem.say(
                state.problem, "info" if state.is_stopped else "warning", remedy=SIGN_IN if page else "",
                do=lambda: self.asked.lead_to(page),
            )  # fmt: skip
        self.why.setVisible(bool(state.problem))
        self.asked.show_state(state)
        self.progress.show_progress(state.progress)
        self.lists.show_state(state)
        if self.why_box.show_why(state.why):
            self._before_why = self.window().focusWidget()
            self.why_box.take_focus()

    def _render_certificate(self, state: CertificateState) -> None:
        words = state.fault or state.notice
        if words != self._saved.words:
            self._saved.say(words, "danger" if state.fault else "success")

    def _why(self) -> None:
        if not self.lists.ask_why():
            self._send.ask_why()

    def _close_why(self) -> None:
        self._send.close_why()
        before, self._before_why = self._before_why, None
        is_there = before is not None and shiboken6.isValid(before) and before.isVisible()
        target = before if before is not None and is_there else self.now
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_certificate(self) -> None:
        path = self.ask_path()
        if path:
            self._certificate.save(Path(path))

    def _ask_path(self) -> str:
        start = str(Path.home() / "Certificate of hand-in.pdf")
        kinds = "PDF and web copy (*.pdf);;Web page (*.html);;Text (*.txt)"
        path = file_to_save(self, "Save the certificate of hand-in", start, kinds)
        return path


def _lines(state: SendState) -> tuple[str, ...]:
    """What stands under the headline; a laptop on its own has neither office nor anything that leaves."""
    if state.is_standalone:
        found = (state.nothing_waits, "", "", "", "", state.exposure, state.from_team)
    else:
        leaves = f"Leaves: {'; '.join(state.leaves)}" if state.leaves else ""
        stays = f"Stays: {state.stays}"
        found = (state.connection, state.clocks, leaves, stays, state.apart, state.exposure, state.from_team)
    return tuple(f"{words}." if words else "" for words in found)
