"""The pages of first run, one decision each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.presenters.first_run import STEPS, FirstRun, FirstRunState, Page, Way
from ui.qt.accessibility import named
from ui.views.columns import ColumnPage
from ui.views.fingerprints import Fingerprints
from ui.views.passphrases import NewPassphrase
from ui.views.recovery_key import RecoveryKey
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel, RoleLabel
from ui.widgets.texts import PassText


class WizardPage(ColumnPage):
    """A page of the wizard; ``show_state`` is told every state while the page is up."""

    def __init__(self, wizard: FirstRun, page: Page, heading: str, main: str = "Continue") -> None:
        step = f"Step {STEPS.index(page) + 1} of {len(STEPS)}" if page in STEPS else ""
        super().__init__(f"setup.{page.value}", heading, step)
        self.wizard = wizard
        self.main = button(main, f"setup.{page.value}.continue", kind="primary")
        self.main.clicked.connect(lambda: self.go_on())
        self.back = button("Back", f"setup.{page.value}.back")
        self.back.clicked.connect(lambda: wizard.back())
        self.back.setParent(self)  # pages without a way back never lay it out

    def go_on(self) -> None:
        """The main button; every page does its own."""

    def show_state(self, state: FirstRunState) -> None:
        """Render what changed."""
        self.show_errors(state.errors)
        self.show_busy(state.busy)
        self.show_fault(state.fault)
        self.back.setVisible(state.may_go_back)

    def first(self) -> QWidget:
        """Where the focus starts."""
        return self.main


class WelcomePage(WizardPage):
    """The first screen: the two ways in."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.WELCOME, "Welcome to FieldKit", "Create your vault")
        self.say(
            "Notes from meetings and interviews, safe on this laptop, tagged as you type, and sent to your office "
            "when you are connected. No network is needed to start."
        )
        self.sample = button("Open the sample visit", "setup.welcome.sample")
        self.sample.clicked.connect(lambda: wizard.open_sample())
        self._choice("Set up for your own visits. It takes about five minutes", self.main)
        self._choice("Practise first with an invented board meeting. Nothing you do there counts", self.sample)
        self.add(self.busy)
        self.end()

    def go_on(self) -> None:
        self.wizard.create()

    def _choice(self, words: str, press: QWidget) -> None:
        card = QFrame()
        card.setProperty("card", "true")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(16, 14, 16, 14)
        rows.setSpacing(10)
        label = RoleLabel(words)
        label.setWordWrap(True)
        rows.addWidget(label)
        row = QHBoxLayout()
        row.addWidget(press)
        row.addStretch(1)
        rows.addLayout(row)
        self.add(card)


class YouPage(WizardPage):
    """Who you are."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.YOU, "Who are you?")
        self.say("Your name stands beside your notes, here and at your office.")
        self.name, self.initials = PassText(), PassText()
        self.initials.setMaxLength(4)
        self.initials.setMaximumWidth(120)
        self.field("name", Field("Your name", self.name, "setup.name"))
        self.field(
            "initials", Field("Initials", self.initials, "setup.initials", hint="Left empty, made from your name")
        )
        for each in (self.name, self.initials):
            each.returnPressed.connect(self.go_on)
        self.buttons(self.main, self.back)
        self.end()

    def go_on(self) -> None:
        self.wizard.introduce(self.name.text(), self.initials.text())

    def first(self) -> QWidget:
        return self.name


class PassphrasePage(WizardPage):
    """The passphrase."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.PASSPHRASE, "Create your passphrase")
        self.say("It locks everything on this laptop. Nobody can reset it for you.")
        self.say("Three or four random words work well. At least 14 characters.")
        self.new = NewPassphrase(self, "setup", wizard.judge, wizard.suggestion)
        for each in (self.new.first, self.new.again):
            each.returnPressed.connect(self.go_on)
        self.buttons(self.main, self.back)
        self.end()

    def go_on(self) -> None:
        self.wizard.choose_passphrase(self.new.first.text(), self.new.again.text())

    def show_state(self, state: FirstRunState) -> None:
        super().show_state(state)
        self.main.setText("Creating…" if state.busy else "Continue")

    def first(self) -> QWidget:
        return self.new.first


class RecoveryPage(WizardPage):
    """The recovery key, shown this once."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.RECOVERY, "Store your recovery key")
        self.say("It is the only way back in if you forget your passphrase. It is shown this once.")
        self.key = RecoveryKey("setup.recovery", wizard.save_sheet, wizard.copied)
        self.add(self.key)
        self._notice = HintLabel()
        self.add(self._notice)
        self._answers = _Radios(
            "Have you stored your recovery key?", "setup.stored",
            ("Yes, I have stored it", "No, I will do this before my first visit"),
        )  # fmt: skip
        self.field("stored", Field("Have you stored your recovery key?", self._answers, "setup.stored"))
        self.buttons(self.main, self.back)
        self.end()

    def go_on(self) -> None:
        chosen = self._answers.chosen
        self.wizard.answer_recovery(None if chosen < 0 else chosen == 0)

    def show_state(self, state: FirstRunState) -> None:
        super().show_state(state)
        self._notice.setText(state.notice)
        self._notice.setVisible(bool(state.notice))
        self.key.show_key(state.recovery_key)

    def first(self) -> QWidget:
        return self.key.save_button


class WayPage(WizardPage):
    """With the office, or on this laptop only."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.WAY, "How will you work?")
        self._ways = _Radios(
            "How will you work", "setup.way", ("Enrol with my organisation", "Work on this laptop only")
        )
        self.field("way", Field("Choose one. You can change it later in Settings", self._ways, "setup.way"))
        self.url, self.code = PassText(), PassText()
        self._office = QWidget()
        inner = QVBoxLayout(self._office)
        inner.setContentsMargins(0, 0, 0, 0)
        address = Field(
            "Address of your central store", self.url, "setup.url", hint="Your office gave it to you with the code"
        )
        code = Field("Enrolment code", self.code, "setup.code", hint="Works once. Spaces and dashes do not matter")
        for name, field in (("url", address), ("code", code)):
            inner.addWidget(self.know(name, field))
        self.rows.addWidget(self._office)
        self._enrolled = Fingerprints()
        self.add(self._enrolled)
        self.later = button("Do this later", "setup.way.later")
        self.later.clicked.connect(lambda: wizard.later())
        self._ways.changed(lambda place: self._office.setVisible(place == 0))
        for each in (self.url, self.code):
            each.returnPressed.connect(self.go_on)
        self.buttons(self.main, self.later, self.back)
        self.end()
        self._office.hide()

    def go_on(self) -> None:
        way = {0: Way.OFFICE, 1: Way.ALONE}.get(self._ways.chosen)
        self.wizard.choose_way(way, self.url.text(), self.code.text())

    def show_state(self, state: FirstRunState) -> None:
        super().show_state(state)
        done = state.enrolled
        self._enrolled.show_words(done)
        self._ways.setEnabled(done is None)
        self._office.setVisible(done is None and self._ways.chosen == 0)
        self.later.setVisible(done is None and self._ways.chosen == 0)
        self.main.setText("Connecting…" if state.busy else "Continue" if done or self._ways.chosen != 0 else "Enrol")
        if done is not None and not self.main.hasFocus():
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        return self._ways.first


class PackPage(WizardPage):
    """Which framework a new assessment starts with."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.PACK, "Choose a framework pack")
        self.say("What your notes are tagged with. Each assessment can use another one.")
        self._radios: _Radios | None = None
        self._place = QVBoxLayout()
        self.add(self._place)
        self.buttons(self.main, self.back)
        self.end()

    def go_on(self) -> None:
        self.wizard.choose_pack(self._radios.chosen if self._radios else 0)

    def show_state(self, state: FirstRunState) -> None:
        super().show_state(state)
        if state.packs and self._radios is None:
            words = tuple(one.title for one in state.packs)
            hints = tuple(f"{one.statements} quality statements, {one.effective}" for one in state.packs)
            self._radios = _Radios("Framework pack", "setup.pack", words, chosen=state.pack, hints=hints)
            self._place.addWidget(self._radios)

    def first(self) -> QWidget:
        return self._radios.first if self._radios else self.main


class ReadyPage(WizardPage):
    """Done."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.READY, "Your vault is ready", "Open FieldKit")
        self.say(
            "Everything you type is saved on this laptop within a second, encrypted. FieldKit locks by itself "
            "after 15 minutes without a key."
        )
        self.say("Next: create a visit, paste its agenda, and start typing.")
        self.buttons(self.main, self.back)
        self.end()

    def go_on(self) -> None:
        self.wizard.finish()


class RadioHint(HintLabel):
    """A hint under a radio button, in line with its words at every text size."""

    def _fit(self) -> None:
        super()._fit()
        self.setIndent(round(self.fontMetrics().height() * _UNDER_RADIO))


_UNDER_RADIO = 2.3
"""From a radio button's edge to its words, in heights of a line of the hint."""


class _Radios(QFrame):
    """One choice of a few."""

    def __init__(
        self, name: str, identifier: str, words: tuple[str, ...], chosen: int = -1, hints: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        named(self, name, identifier)
        self._group = QButtonGroup(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for place, text in enumerate(words):
            radio = QRadioButton(text)
            named(radio, text, f"{identifier}.{place}")
            radio.setChecked(place == chosen)
            self._group.addButton(radio, place)
            rows.addWidget(radio)
            if hints:
                hint = RadioHint(hints[place])
                radio.setAccessibleDescription(hints[place])
                rows.addWidget(hint)
        self.setFocusProxy(self._group.button(max(chosen, 0)))

    @property
    def chosen(self) -> int:
        """The chosen place, or -1."""
        return self._group.checkedId()

    @property
    def first(self) -> QWidget:
        """Where the focus starts."""
        return self._group.button(max(self.chosen, 0))

    def changed(self, call: Callable[[int], None]) -> None:
        """``call`` is told the chosen place."""
        self._group.idToggled.connect(lambda place, on: call(place) if on else None)


PAGES: dict[Page, Callable[[FirstRun], WizardPage]] = {
    Page.WELCOME: WelcomePage,
    Page.YOU: YouPage,
    Page.PASSPHRASE: PassphrasePage,
    Page.RECOVERY: RecoveryPage,
    Page.WAY: WayPage,
    Page.PACK: PackPage,
    Page.READY: ReadyPage,
}
"""How each page is made."""
