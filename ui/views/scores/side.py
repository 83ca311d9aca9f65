"""Region D of Scores: how the chosen line was worked out, every judgement of it, or the open form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from fieldkit.domain.judgement import PROVISIONAL
from ui.presenters.scores.lines import (
    LineKind,
    figure_working,
    hidden_words,
    history_words,
    judgement_words,
    settled_words,
    warnings,
)
from ui.presenters.scores.page import OpenPanel, PanelKind, ScoresPage, ScoresState
from ui.qt.accessibility import named
from ui.views.form_side import FormSide
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import View, aligned, clear
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_SAVE = {
    PanelKind.JUDGE: "Save the judgement", PanelKind.MODERATE: "Settle", PanelKind.OVERRIDE: "Save the override",
}  # fmt: skip
_WORKING = f"How this was worked out, {PROVISIONAL.lower()}"
_AS_SAVED = "As it is saved"


class ScoresSide(FormSide):
    """One form at a time, over the working."""

    def __init__(self, page: ScoresPage) -> None:
        self.page = page
        super().__init__(_Working(page), lambda: page.state.line is not None, self._made)
        self.follow(page, lambda state: self.show_panel(state.panel))

    def _made(self, panel: OpenPanel) -> FormPanel:
        identifier = f"scores.{panel.kind.name.lower()}"
        main = self.page.save_and_go_on if panel.kind is PanelKind.JUDGE else None
        return FormPanel(
            panel.kind.value, panel.form, identifier, _SAVE[panel.kind], self.page.close_panel, main_action=main
        )


class _Working(View):
    """The chosen statement's judgements, or the chosen figure's sum."""

    def __init__(self, page: ScoresPage) -> None:
        super().__init__()
        self.page = page
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(5, 12, 12, 12)
        rows.setSpacing(8)
        self._title = HeadingLabel("", level=2)
        self._title.setWordWrap(True)
        rows.addLayout(aligned(self._title))
        self._words = QVBoxLayout()
        self._words.setSpacing(6)
        rows.addLayout(self._words)
        self._judge = button("Judge", "scores.judge_it", kind="primary")
        self._moderate = button("Settle for the team", "scores.moderate_it")
        self._evidence = button("Show its evidence", "scores.evidence")
        self._history = button("History", "scores.history")
        self._override = button("Give another rating", "scores.override_it")
        self._try = QComboBox()
        self._try_words = HintLabel("What if it were")
        for made, deed in (
            (self._judge, page.judge), (self._moderate, page.moderate), (self._evidence, page.show_evidence),
            (self._override, page.override), (self._history, page.show_history),
        ):  # fmt: skip
            made.clicked.connect(lambda _=False, deed=deed: deed())
        self._try.activated.connect(lambda _: page.try_out(self._try.currentData()))
        for part in (
            self._judge, self._moderate, self._evidence, self._override, self._history, self._try_words, self._try,
        ):  # fmt: skip
            rows.addLayout(aligned(part))
        rows.addStretch(1)
        scrolled(inside, self)
        self._shown: object = None
        if page.session.uses is not None:
            self.hear(page.session.uses.changed.listen(lambda _: self._render_again()))
        self.follow(page, self._render)

    def take_focus(self) -> None:
        first = next((one for one in (self._judge, self._override) if one.isVisible()), None)
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: ScoresState) -> None:
        shown = (state.chosen, state.read, state.tried, state.history)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._words)
        line = state.line
        is_statement = line is not None and line.kind is LineKind.STATEMENT
        self._title.setText(line.title if line is not None else "")
        for part in (self._judge, self._evidence):
            part.setVisible(is_statement)
        for tried in (self._try, self._try_words):  # nothing follows from another rating where nothing is added up
            tried.setVisible(is_statement and self.page.has_scores)
        settled = self.page.settled
        has_score = settled is not None and any(one.value.is_scored for one in settled.given)
        self._moderate.setVisible(is_statement and has_score)
        self._override.setVisible(line is not None and line.can_override)
        if line is None:
            return
        said = "Back to what stands" if state.history is not None else "History"
        named(self._history, said).setText(said)
        words = "Change your judgement" if self.page.mine is not None else "Judge"
        named(self._judge, words).setText(words)
        for name, words in self._told(state):
            self._say(name, words)
        self._offer(state)

    def _render_again(self) -> None:
        """The findings beside a judgement have changed, and nothing of the page has."""
        self._shown = None
        self._render(self.page.state)

    def _told(self, state: ScoresState) -> list[tuple[str, str]]:
        line, board, settled = state.line, state.board, self.page.settled
        assert line is not None
        today = self.page.session.clock.now().astimezone().date()
        if state.history is not None:
            return list(history_words(state.history, today))
        if line.kind is LineKind.FIGURE:
            lines = figure_working(board, line.subject, state.tried)
            return [
                ("" if place else f"How this was worked out, {PROVISIONAL.lower()}", words)
                for place, words in enumerate(lines)
            ]
        told = [("Stands", line.status)]
        if settled is not None:
            told += hidden_words(settled, self.page.noun)
            told += settled_words(board.framework, settled, today)
            for one in settled.given:
                told += judgement_words(board.framework, one, today)
        uses = self.page.session.uses
        claims = uses.claims(self.page.assessment.id, board.framework.id, line.subject) if uses is not None else ()
        told += [("" if place else "Findings", words) for place, words in enumerate(claims)]
        warned = warnings(board, state.coverage, line.subject, line.category)
        return [*told, *(("" if place else "To keep in mind", words) for place, words in enumerate(warned))]

    def _say(self, name: str, words: str) -> None:
        label = RoleLabel(words)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (HintLabel(name), label) if name else (label,):
            part.setWordWrap(True)
            holder = QWidget()  # one by one: a layout of wrapped words inside another is given its height twice
            holder.setLayout(aligned(part))
            self._words.addWidget(holder)

    def _offer(self, state: ScoresState) -> None:
        """The scores to try out; the chosen one is what is tried now."""
        line, scale = state.line, state.board.framework.method.scale
        self._try.clear()
        self._try.addItem(_AS_SAVED, None)
        for level in scale.levels if scale is not None else ():
            self._try.addItem(f"{level.value}, {level.label}", level.value)
        place = (line.subject, line.category) if line is not None else None
        tried = next((one.value for one in state.tried if (one.subject, one.category) == place), None)
        self._try.setCurrentIndex(max(self._try.findData(tried), 0))
        named(self._try, f"What if {line.title if line else ''} were", "scores.try")
