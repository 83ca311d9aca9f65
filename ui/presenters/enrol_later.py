"""Enrol from Settings: the same as at first run, whenever a connection and a code are there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ui.presenters.enrolment_code import field_of, wrong_in
from ui.presenters.field_error import FieldError
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, Enrolled, OfficeState, Session
from ui.presenters.signing_in import IDLE, SigningIn, SigningInState
from ui.presenters.wording import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolState:
    """Whether the laptop is enrolled, and what came of trying. ``enrolled``: words to compare before it is."""

    office: str = ""
    is_enrolled: bool = False
    enrolled: Enrolled | None = None
    errors: tuple[FieldError, ...] = ()
    busy: str = ""
    fault: str = ""
    signing: SigningInState = IDLE
    signs_in: bool = False
    """The office has a sign-in, and this laptop is enrolled: people may sign in again."""
    has_to: bool = False
    """The office waits for it before it gives out the team's work."""


class EnrolLater(Presenter[EnrolState]):
    """The office part of Settings."""

    def __init__(self, session: Session) -> None:
        super().__init__(_state(session.office.state))
        self._session = session
        self._listening = Listening()
        self._listening.add(session.office.changed.listen(self._office))
        self.signing = SigningIn()
        self._listening.add(
            self.signing.changed.listen(lambda signing: self._show(replace(self.state, signing=signing)))
        )

    def enrol(self, url: str, code: str) -> None:
        """The main button."""
        if self.state.busy:
            return
        errors = tuple(FieldError(field=field, text=sentence(why)) for field, why in wrong_in(url, code))
        self._show(replace(self.state, errors=errors, fault="", busy="" if errors else "Connecting to your office…"))
        if not errors:
            self._session.office.enrol(url.strip(), code.strip(), self.show_enrolled, self._refused)

    def sign_in(self, url: str, code: str) -> None:
        """By the organisation's own page: to join, or, on a laptop that has joined, to go on reading."""
        if self.state.busy:
            return
        again = self.state.is_enrolled
        errors = () if url.strip() or again else (FieldError(field="url", text=sentence("setup.no_address")),)
        self._show(replace(self.state, errors=errors, fault=""))
        if not errors:
            done = self._joined_already if again else self.show_enrolled
            self.signing.begin(self._session.office, url, code, done, self._not_signed_in, again=again)

    def _not_signed_in(self, problem: Exception) -> None:
        """Said beside the button that was pressed, and at the field that it is about: the top may be out of sight."""
        self._session.say(sentence(problem), urgent=True)
        if field_of(problem):
            self._refused(problem)

    def _joined_already(self, _enrolled: Enrolled) -> None:
        """The words of this office were compared when the laptop joined it, and no other may have answered."""
        self._session.office.keep_enrolment(self._kept, self._refused)

    def cancel_sign_in(self) -> None:
        """Back to how it was."""
        self.signing.cancel(self._session.office)

    def confirm(self) -> None:
        """The words are the same on both sides: join."""
        if self.state.enrolled is not None and not self.state.is_enrolled:
            self._session.office.keep_enrolment(self._kept, self._refused)

    def show_enrolled(self, enrolled: Enrolled) -> None:
        """The office agreed: both sides read the words to each other before the laptop joins."""
        self._show(EnrolState(office=enrolled.office, enrolled=enrolled))

    def words_differ(self) -> None:
        """The words on the two sides are not the same: whoever answered is not the office."""
        self._show(replace(_state(self._session.office.state), fault=sentence("setup.words_differ")))

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def _office(self, office: OfficeState) -> None:
        now = _state(office)
        self._show(
            replace(
                self.state, office=now.office, is_enrolled=now.is_enrolled, signs_in=now.signs_in, has_to=now.has_to
            )
        )

    def _kept(self) -> None:
        self._show(_state(self._session.office.state))

    def _refused(self, problem: Exception) -> None:
        text = sentence(problem)
        if field := field_of(problem):
            error = FieldError(field=field, text=text)
            self._show(replace(self.state, busy="", errors=(error,)))
        else:
            self._show(replace(self.state, busy="", fault=text))


def _state(office: OfficeState) -> EnrolState:
    is_enrolled = office.connection is not Connection.STANDALONE
    return EnrolState(
        office=office.office, is_enrolled=is_enrolled, signs_in=is_enrolled and office.signs_in,
        has_to=getattr(office.problem, "code", "") == "send.sign_in_again",
    )  # fmt: skip


def fingerprint_lines(enrolled: Enrolled) -> tuple[str, ...]:
    """What two people read to each other so that both know it is really them."""
    return (
        f"{enrolled.office} lets this laptop join for {enrolled.user}.",
        "Read these words to your office and compare them, so that you both know it is really you. Go on if they are"
        " the same. If they differ, go no further and tell IT: nothing has been sent.",
        f"Central store:  {'  '.join(enrolled.store_words)}",
        f"This laptop:  {'  '.join(enrolled.laptop_words)}",
    )
