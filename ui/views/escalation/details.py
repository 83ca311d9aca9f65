"""Beside the list: one escalation whole, or one quality risk, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fieldkit.app.escalation_rows import EscalationRow
from fieldkit.app.quality_risks import RiskRow
from fieldkit.domain.escalation import Criterion
from fieldkit.domain.quality_risk import FOR_DISCUSSION
from ui.presenters.escalation import risk_words, words
from ui.presenters.escalation.page import EscalationsPage, EscalationsState
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.views.asked_here import AskedBox, hear_asked
from ui.views.rendering import View, clear
from ui.views.scrolling import scrolled
from ui.views.who_knows import ask_who, hear_restrictions, restricted_pill, restricted_words
from ui.widgets.banner import Banner
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel, StatusPill

_CHOOSE = "Select an escalation or a quality risk to see it here"


class Details(View):
    """``print_sheet`` asks where the sheet of the chosen escalation is to go."""

    def __init__(self, page: EscalationsPage, print_sheet: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._print = print_sheet
        self._drawn: object = None
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 12, 12)
        rows.setSpacing(8)
        self.empty = EmptyState(_CHOOSE)
        self.urgent = Banner("escalations.undelivered")
        self._part = QVBoxLayout()
        self._part.setSpacing(8)
        rows.addWidget(self.empty)
        rows.addWidget(self.urgent)
        rows.addLayout(self._part)
        rows.addStretch(1)
        scrolled(inside, self)
        self.follow(page, self._render)
        for hear in (hear_restrictions, hear_asked):
            self.hear(hear(page.session, self._redraw))

    @property
    def has_something(self) -> bool:
        """Whether anything is chosen."""
        return self.page.state.row is not None or self.page.state.risk is not None

    def take_focus(self) -> None:
        """On the first button; on the empty words where nothing is chosen."""
        seen = [one for one in self.findChildren(ActionButton) if one.isVisibleTo(self)]  # others are being thrown away
        target = next(
            (one for one in seen if one.objectName() == "escalations.add_contact"), next(iter(seen), self.empty)
        )
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _redraw(self) -> None:
        self._drawn = None
        self._render(self.page.state)

    def _render(self, state: EscalationsState) -> None:
        row, risk = state.row, state.risk
        now = self.page.session.clock.now()
        wanted = (row, risk, now.astimezone().date(), row.is_late(now) if row is not None else False)
        waits = row is not None and row.row.status == "waiting" and self.page.could_not_send
        self.urgent.say(words.NOT_DELIVERED if waits else "", "danger")
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self.empty.setVisible(row is None and risk is None)
        clear(self._part)
        if row is not None:
            self._draw(row)
        elif risk is not None:
            self._draw_risk(risk)

    def _draw(self, row: EscalationRow) -> None:
        now = self.page.session.clock.now()
        today, value = now.astimezone().date(), row.value
        self._add(HeadingLabel("Escalation", level=2))
        self._say(value.what, role="heading2")
        pill = StatusPill()
        pill.show_status(words.status(row, today), words.tint(row))
        self._add_pill(pill)
        self._add(AskedBox(self.page.session, value.id))
        if restricted := restricted_words(self.page.session, value.id):
            self._add_pill(restricted_pill(restricted))
        standing = words.delivered(row, today, is_alone=self.page.is_alone)
        for line in (words.due(value, row, now), standing, words.seen(row, today)):
            self._say(line)
        if both := words.two_accounts(row.row):
            self._say(both)
        self._buttons(row)
        where = (f"Where: {value.place}" if value.place else "", f"Who: {value.who}" if value.who else "")
        facts = (
            words.PRIORITY[value.priority], f"Anyone in immediate danger: {words.DANGER[value.danger].lower()}", *where,
            f"Organisation: {value.organisation}" if value.organisation else "",
            f"Opened {ui.day_and_clock(value.opened_at, today)} by {row.opened_by}",
        )  # fmt: skip
        for line in facts:
            self._say(line)
        self._contacts(row)
        self._criteria(row)
        if value.outcome:
            self._add(HeadingLabel("Outcome", level=2))
            self._say(f"{value.outcome} ({value.closed_by})")

    def _buttons(self, row: EscalationRow) -> None:
        page, made = self.page, list[ActionButton]()
        if row.is_news:
            made.append(self._button("I have seen this", "seen", page.see, kind="primary"))
        if row.value.is_closed:
            made.append(self._button("Reopen", "reopen", page.reopen))
        else:
            made.append(self._button("Add contact", "add_contact", page.add_contact))
            made.append(self._button("Criteria and priority", "decide", page.decide))
            made.append(self._button("Close with an outcome", "close", page.close_it))
        if page.can_show_code:
            made.append(self._button("Show as a code for any phone", "show_code", page.show_code))
        made.append(self._button("Save a sheet to print", "sheet", self._print))
        made.append(self._button("Who may know", "restrict", lambda: ask_who(page.session, row.value.id)))
        self._line_up(made)

    def _contacts(self, row: EscalationRow) -> None:
        today = self.page.session.clock.now().astimezone().date()
        self._add(HeadingLabel(f"Who was told, {ui.count(len(row.contacts), 'contact')}", level=2))
        for one in row.contacts:
            self._say(f"{words.contact(one.value, today)} (told by {one.value.by})")
        if not row.contacts:
            self._say("No one yet")

    def _criteria(self, row: EscalationRow) -> None:
        value = row.value
        self._add(HeadingLabel("Do I refer to safeguarding myself?", level=2))
        applies = [words.CRITERION[one] for one in Criterion if value.criteria.get(one)]
        if not value.criteria:
            self._say("The five criteria were not considered yet")
        elif not applies:
            self._say("None of the five criteria applies")
        for line in applies:
            self._say(f"Applies: {line}")
        reference = f". Reference {value.referral_reference}" if value.referral_reference else ""
        self._say(f"{words.REFERRAL[value.referral]}{reference}")

    def _draw_risk(self, risk: RiskRow) -> None:
        value, today = risk.value, self.page.session.clock.now().astimezone().date()
        self._add(HeadingLabel("Quality risk", level=2))
        self._say(value.concern, role="heading2")
        pill = StatusPill()
        pill.show_status(risk_words.LEVEL[value.level], "amber")
        self._add_pill(pill)
        self._add(AskedBox(self.page.session, value.id))
        self._add(HintLabel(FOR_DISCUSSION))
        down = f"Stepped down: {value.step_down_reason}" if value.step_down_reason else ""
        organisation = f"Organisation: {value.organisation}" if value.organisation else ""
        for line in (
            risk_words.authorised(value), risk_words.review_due(risk.next_on, today), organisation,
            f"Reasons: {value.reasons}", down, words.delivered_of(risk.row, today, is_alone=self.page.is_alone),
            words.two_accounts(risk.row),
        ):  # fmt: skip
            self._say(line)
        self._line_up(
            [
                self._button("Change the level", "change_risk", self.page.change_risk),
                self._button("Add a review", "add_review", self.page.review),
            ]
        )
        self._add(HeadingLabel(f"Reviews, {len(risk.reviews)}", level=2))
        for place, one in enumerate(risk.reviews):
            self._say(risk_words.review(one.value))
            change = self._button("Change this review", f"review.{place}", partial(self.page.review, one))
            named(change, f"Change this review, {ui.day(one.value.on)}")
            self._part.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_pill(self, pill: StatusPill) -> None:
        pill.setWordWrap(True)
        pill.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # as high as its words wrap
        self._part.addWidget(pill)

    def _add(self, widget: QWidget) -> None:
        self._part.addWidget(widget)

    def _say(self, text: str, role: str = "body") -> None:
        if text:
            label = RoleLabel(text, role)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._part.addWidget(label)

    def _button(self, text: str, identifier: str, do: Callable[[], object], kind: str = "") -> ActionButton:
        made = button(text, f"escalations.{identifier}", kind=kind)
        made.clicked.connect(lambda: do())
        return named(made, text)

    def _line_up(self, buttons: Sequence[ActionButton]) -> None:
        for one in buttons:
            self._part.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
