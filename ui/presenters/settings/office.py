"""With which office this laptop is enrolled: the words of both keys, and when it last confirmed anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fieldkit.app.laptop import certificate, erase_asked
from fieldkit.app.ports import Identity, Questions, UnitOfWork
from fieldkit.kernel.signing import fingerprint
from ui.presenters.laptop_words import laptop_words
from ui.presenters.passphrases import word_list
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import OfficeState, Session
from ui.presenters.wording import ui


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFacts:
    """Empty on a laptop that works on its own."""

    office: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    of_laptop: tuple[str, ...] = ()
    """What the office says of this laptop itself: a certificate that ends, what waits there, a wish to erase."""
    is_to_be_erased: bool = False
    """The office asks for this vault to be erased: a button leads to where that is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    office: str
    name: str
    url: str
    enrolled_at: datetime
    store_key: bytes
    confirmed_at: datetime | None
    laptop_key: bytes
    valid_until: datetime | None
    of_laptop: tuple[str, ...]
    is_to_be_erased: bool


class OfficePage(Presenter[OfficeFacts]):
    """Follows the exchange with the office."""

    def __init__(self, session: Session) -> None:
        super().__init__(OfficeFacts())
        self._session = session
        self._listening = Listening()
        self._listening.add(session.office.changed.listen(self._changed))
        self._known = ""

    def load(self) -> None:
        """Read what the vault knows."""
        self._session.workspace.perform(_read, initiator="settings", done=self._read)

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def _changed(self, state: OfficeState) -> None:
        known = f"{state.office}{state.connection}{state.last_round_at}"
        if known != self._known:
            self._known = known
            self.load()

    def _read(self, found: _Read | None) -> None:
        self._show(OfficeFacts() if found is None else _facts(found, self._session))


def _read(uow: UnitOfWork) -> _Read | None:
    questions: Questions = uow.questions
    enrolment = questions.enrolment()
    if enrolment is None:
        return None
    identity: Identity = uow.identity
    until = certificate(questions)
    return _Read(
        office=enrolment.office, name=identity.name, url=enrolment.url, enrolled_at=enrolment.enrolled_at,
        store_key=enrolment.store_key, confirmed_at=questions.standing().confirmed_at, laptop_key=identity.key.public,
        valid_until=until.valid_until if until is not None else None,
        of_laptop=laptop_words(questions, uow.clock.now()), is_to_be_erased=erase_asked(questions) is not None,
    )  # fmt: skip


def _facts(found: _Read, session: Session) -> OfficeFacts:
    today = session.clock.now().astimezone().date()
    confirmed = ui.day_and_clock(found.confirmed_at, today) if found.confirmed_at else "Not yet"
    return OfficeFacts(
        office=found.office,
        lines=(
            ("Office", found.office),
            ("Enrolled for", found.name),
            ("Address", found.url),
            ("Enrolled", ui.day(found.enrolled_at.astimezone().date())),
            ("Last confirmed", confirmed),
            ("This laptop is vouched for until", _until(found)),
            ("Words of the central store", _words(found.store_key)),
            ("Words of this laptop", _words(found.laptop_key)),
        ),
        of_laptop=found.of_laptop,
        is_to_be_erased=found.is_to_be_erased,
    )


def _until(found: _Read) -> str:
    until = found.valid_until
    return ui.day(until.astimezone().date()) if until is not None else "The next sending says it"


def _words(key: bytes) -> str:
    words = word_list()
    return "  ".join(words[number] for number in fingerprint(key))
