"""The tour's stops at signing in with the organisation: not signed in, waiting for the browser, refused, joined, again.

The states are shown by the presenter's own verbs; a real provider signs people in under ``tests/sign_in``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fieldkit.kernel.errors import FieldKitError, Trouble
from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.enrol_later import EnrolLater
from ui.presenters.services import Connection, Enrolled, OfficeState
from ui.presenters.settings_pages import SettingsPage
from ui.views.signing_in import SignInPart

ADDRESS = "https://login.northmoor.example/authorize?client_id=fieldkit&code_challenge_method=S256"
ENROLLED = Enrolled(
    office="Northmoor office", user="Asha Smith",
    store_words=("gravel", "lantern", "orbit", "velvet", "maple", "harbour"),
    laptop_words=("candle", "river", "pencil", "autumn", "copper", "signal"),
)  # fmt: skip


def sign_in(visitor: object) -> None:
    """Settings, ‘Organisation and central store’, from a laptop that works on its own to one that has to sign in."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take: Callable[[str], None] = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.desk.show_setting(SettingsPage.OFFICE)
    stage.until(lambda: stage.shows("office.sign_in"))
    stage.settle()
    part = stage.window.findChild(SignInPart)
    assert isinstance(part, SignInPart)
    part.opens = lambda _: True  # no browser of this machine
    office = _Provider(stage)
    stage.find("office.url").setFocus()
    stage.type("https://central.northmoor.example")
    stage.tab_to("office.sign_in")
    take("98-sign-in")
    enrol = office.begin()
    take("98b-sign-in-connecting")
    office.opened(ADDRESS)
    take("98c-sign-in-waiting")
    part.opens = lambda _: False
    office.refuse(Trouble("sign_in.unreached"))
    take("98d-sign-in-no-answer")
    office.begin()
    office.opened(ADDRESS)
    take("98e-sign-in-no-browser")
    office.come(ENROLLED)
    take("98f-sign-in-compare")
    again = OfficeState(connection=Connection.CONNECTED, office="Northmoor office", signs_in=True)
    enrol.confirm()
    stage.bench.session.office.changed.tell(again)
    enrol._show(replace(enrol.state, enrolled=None, is_enrolled=True, signs_in=True, office="Northmoor office"))
    stage.settle()
    take("98g-signed-in")
    stage.bench.session.office.changed.tell(replace(again, problem=Trouble("send.sign_in_again")))
    stage.settle()
    take("98h-sign-in-again")


class _Provider:
    """An office whose sign-in answers when it is told to."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._opened: Callable[[str], None] = lambda address: None
        self._done: Callable[[Enrolled], None] = lambda enrolled: None
        self._failed: Callable[[FieldKitError], None] = lambda problem: None
        stage.bench.session.office.sign_in = self._sign_in  # type: ignore[method-assign]
        stage.bench.session.office.keep_enrolment = lambda done, failed: None  # type: ignore[method-assign]

    def begin(self) -> EnrolLater:
        """The button."""
        part = self._stage.window.findChild(SignInPart)
        assert isinstance(part, SignInPart)
        part.enter.click()
        self._stage.settle()
        found = self._stage.desk.view
        return found._pages.enrol  # type: ignore[attr-defined,no-any-return]

    def opened(self, address: str) -> None:
        """The page to sign in on is known."""
        self._opened(address)
        self._stage.settle()

    def refuse(self, problem: FieldKitError) -> None:
        """It came to nothing."""
        self._failed(problem)
        self._stage.settle()

    def come(self, enrolled: Enrolled) -> None:
        """The person signed in."""
        self._done(enrolled)
        self._stage.settle()

    def _sign_in(
        self, url: str, code: str, opened: Callable[[str], None], done: Callable[[Enrolled], None],
        failed: Callable[[FieldKitError], None], *, again: bool = False,
    ) -> None:  # fmt: skip
        self._opened, self._done, self._failed = opened, done, failed
