"""The prompts of a guide beside the log. Enter takes one as a heading; what stands under the list is only read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout

from ui.presenters.log.prompts import Prompt, Prompts, PromptsState
from ui.qt.accessibility import named
from ui.views.log.side_list import SideList
from ui.views.rendering import View, line
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel


class PromptsPart(View):
    """Hidden until there is something to prompt with. ``back`` leads to the line."""

    def __init__(self, prompts: Prompts, back: Callable[[], None]) -> None:
        super().__init__()
        self._prompts = prompts
        self._back = back
        self._heading = HeadingLabel("Prompts", level=2)
        self.guide = named(QComboBox(), "Guide", "log.prompts.guide")
        self.list = SideList("Prompts", "log.prompts", self._take, is_chosen_by_click=False)
        self._more = named(RoleLabel(), "", "log.prompts.more")
        self._more.setWordWrap(True)
        self._more.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # as high as it is narrow
        self._hint = HintLabel("Enter makes it the heading of the next notes")
        self._was_shown = False
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for each in (self._heading, self.guide, self.list, self._more, self._hint, line()):
            rows.addWidget(each)
        self.guide.activated.connect(lambda _: prompts.choose(str(self.guide.currentData())))
        self.list.currentRowChanged.connect(self._pointed)
        self.follow(prompts, self._render)

    def _render(self, state: PromptsState) -> None:
        self.setVisible(state.is_shown)
        if [self.guide.itemData(at) for at in range(self.guide.count())] != [key for key, _ in state.guides]:
            self.guide.clear()
            for key, title in state.guides:
                self.guide.addItem(title, key)
        self.guide.setCurrentIndex(self.guide.findData(state.guide))
        self.guide.setVisible(len(state.guides) > 1)
        title = next((title for key, title in state.guides if key == state.guide), "")
        self._heading.setText(f"Prompts: {title}" if len(state.guides) == 1 else "Prompts")
        self.list.blockSignals(True)
        self.list.show_rows([_row(one) for one in state.rows])
        place = next((at for at, one in enumerate(state.rows) if one.key == state.current), 0)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._say(state.prompt)

    def _say(self, prompt: Prompt | None) -> None:
        parts = [prompt.text, prompt.codes, *(f"– {one}" for one in prompt.more)] if prompt is not None else []
        words = "\n".join(part for part in parts if part)
        if self._more.text() != words:
            self._more.setText(words)
            named(self._more, words.replace("\n", ". "))

    def _pointed(self, place: int) -> None:
        rows = self._prompts.state.rows
        if 0 <= place < len(rows):
            self._prompts.point(rows[place].key)

    def _take(self, key: str) -> None:
        self._prompts.take(key)
        self._back()


def _row(prompt: Prompt) -> tuple[str, str, str]:
    state = "on the agenda" if prompt.is_heading else ""
    sentence = ". ".join(part for part in (prompt.text.rstrip("."), state, "Enter makes it the heading") if part)
    return prompt.key, f"✓ {prompt.text}" if prompt.is_heading else prompt.text, sentence
