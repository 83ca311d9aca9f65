"""One quiet line under what is typed: it seems to name somebody, and one key puts a code there. It never blocks."""

from __future__ import annotations

from fieldkit.capture.names import NameKind
from ui.presenters.log.capture_line import LineState
from ui.presenters.wording import sentence
from ui.qt.accessibility import named
from ui.widgets.labels import HintLabel

_KEYS = "Alt+R"
_SHOWN = 40
"""Characters of what was seen that are shown again."""


class NameHint(HintLabel):
    """Hidden while nobody is named."""

    def __init__(self, keys: str = _KEYS) -> None:
        super().__init__()
        self._keys = keys
        self.hide()

    def render_line(self, state: LineState) -> None:
        """Say what was seen last."""
        words = ""
        if state.names:
            last = state.names[-1]
            seen = state.text[last.span.start : last.span.end][:_SHOWN]
            said = sentence(last.kind.value, code=last.code.upper())
            does = "puts the code there" if last.kind is NameKind.KNOWN else "takes it out"
            words = f"‘{seen}’: {said}. {self._keys} {does}"
        if words != self.text():
            self.setText(words)
            named(self, words)
            self.setVisible(bool(words))
