"""Teams, in Settings: one line for each, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.settings.teams import TeamRow, Teams, TeamsState
from ui.qt.accessibility import named
from ui.views.rendering import View, clear
from ui.widgets.buttons import button
from ui.widgets.labels import HintLabel, RoleLabel

_HINT = (
    "Leaving hides an assessment on this laptop at once. Its words go when the office has all of them. "
    "Whoever joins again gets everything again."
)


class TeamsPart(View):
    """Hidden while there is no team."""

    def __init__(self, teams: Teams) -> None:
        super().__init__()
        self._teams = teams
        self._shown: tuple[TeamRow, ...] | None = None
        self._buttons: list[QWidget] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self.follow(teams, self._render)

    def _render(self, state: TeamsState) -> None:
        if state.rows == self._shown:  # each round asks again; nothing under a finger is made anew for that
            return
        self._shown = state.rows
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        clear(self._rows)
        self._buttons = []
        self.setVisible(bool(state.rows))
        for place, row in enumerate(state.rows):
            self._rows.addWidget(self._line(place, row))
        if state.rows:
            self._rows.addWidget(HintLabel(_HINT))
        if had_focus and self._buttons:  # the button that was pressed is gone
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, place: int, row: TeamRow) -> QWidget:
        found = QWidget()
        line = QHBoxLayout(found)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        words = named(RoleLabel(row.words), row.words, f"teams.{place}")
        words.setWordWrap(True)
        line.addWidget(words, 1)
        for is_there, label, name, does in (
            (row.can_leave, f"Leave {row.name}", "leave", lambda: self._teams.leave(row)),
            (row.can_stay, "Take it back", "stay", lambda: self._teams.stay(row)),
            (row.can_let_go, "Wipe those too", "let_go", lambda: self._teams.leave(row, may_lose=True)),
        ):
            if is_there:
                made = button(label, f"teams.{name}.{place}", kind="danger" if name == "let_go" else "")
                made.clicked.connect(does)
                line.addWidget(made)
                self._buttons.append(made)
        return found
