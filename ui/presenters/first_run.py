"""First run (ux S1): one decision a page, no network needed, about five minutes.

Passphrases pass through and are never part of the state, so they cannot reach a log or a crash report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fieldkit.kernel.errors import FieldKitError, Mistake
from ui.presenters.enrolment_code import field_of, wrong_in
from ui.presenters.field_error import FieldError
from ui.presenters.first_run_state import BEFORE, HEADINGS, FirstRunState, Next, Page, Way, step_of
from ui.presenters.idle_lock import IdleLock
from ui.presenters.passphrases import Strength, common_list, strength, suggest, word_list
from ui.presenters.presenter import Presenter
from ui.presenters.services import (
    Check,
    Created,
    Enrolled,
    LaptopChecks,
    NewVault,
    PackOffer,
    Session,
    Sheets,
    VaultDoor,
)
from ui.presenters.signing_in import SigningIn
from ui.presenters.wording import sentence

__all__ = [
    "DEFAULT_PACK", "HEADINGS", "RECOVERY_STORED", "FirstRun", "FirstRunState", "Next", "Page", "Way",
    "step_of",
]  # fmt: skip
DEFAULT_PACK = "default_pack"
"""The vault setting that holds the pack a new assessment starts with: ``id version``."""
RECOVERY_STORED = "recovery_stored"
"""The vault setting that says the person has stored their recovery key."""


class FirstRun(Presenter[FirstRunState]):
    """The wizard. ``finished`` is called with the open vault; ``sample`` opens the practice one instead.

    ``create_visit`` is called after ``finished`` where the person wants to go straight to a visit. ``left_alone`` is
    called where nobody touched a key for as long as Settings say while the vault was open already: its recovery key
    stands on the screen.
    """

    def __init__(
        self,
        door: VaultDoor,
        sheets: Sheets,
        finished: Callable[[Session], None],
        sample: Callable[[], None],
        *,
        checks: LaptopChecks | None = None,
        create_visit: Callable[[], None] = lambda: None,
        left_alone: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(FirstRunState())
        self.door = door
        self._sheets = sheets
        self._finished = finished
        self._sample = sample
        self._checks = checks
        self._create_visit = create_visit
        self._left_alone = left_alone
        self._idle: IdleLock | None = None
        self._session: Session | None = None
        self.signing = SigningIn()
        self.signing.changed.listen(lambda signing: self._show(replace(self.state, signing=signing)))

    def check(self) -> None:
        """Look at the laptop: disk space, clock, folder, disk encryption. Also "Check again"."""
        if self._checks is not None:
            self._checks.look(self._checked)

    def set_up(self, name: str, initials: str, *, is_adviser: bool = False) -> None:
        """Page 1: who you are, and on; initials are made from the name when left empty.

        ``is_adviser``: a specialist adviser, who is shown what is allotted to them.
        """
        name, initials = name.strip(), initials.strip() or initials_of(name)
        errors = () if name else (_error("name", "setup.no_name"),)
        self._show(replace(self.state, name=name, initials=initials, is_adviser=is_adviser, errors=errors))
        if errors:
            return
        wrong = [one.words for one in self.state.checks if one.is_wrong]
        if wrong:
            self._show(replace(self.state, fault=". ".join(wrong), may_check_again=True))
        else:
            self._go(Page.PASSPHRASE)

    def open_sample(self) -> None:
        """Page 1's other ways: practise with the sample visit."""
        if not self.state.busy:
            self._show(replace(self.state, busy="Opening the sample visit…", fault="", errors=()))
            self._sample()

    def to_restore(self) -> None:
        """Page 1's third way: go back to a backup."""
        if not self.state.busy:
            self._go(Page.RESTORE)

    def tell(self, problem: Exception) -> None:
        """Something else that was asked for here did not work: the sample did not open, a vault was not deleted."""
        self._show(replace(self.state, busy="", fault=sentence(problem)))

    def back(self) -> None:
        """To the page before; what was entered stays."""
        if self.state.may_go_back and not self.state.busy:
            self._go(BEFORE[self.state.page])

    def judge(self, passphrase: str) -> Strength:
        """Say how strong it is while it is being chosen; no error appears before Continue."""
        found = strength(passphrase, common_list())
        self._show(replace(self.state, strength=found.words))
        return found

    def suggestion(self) -> str:
        """Four random words."""
        return suggest(word_list())

    def choose_passphrase(self, passphrase: str, again: str) -> None:
        """Page 2: create the vault with it. Takes one to three seconds on purpose."""
        if self.state.busy:
            return
        found = strength(passphrase, common_list())
        errors = [_error("passphrase", found.code)] if found.code else []
        if not found.code and passphrase != again:
            errors.append(_error("again", "setup.passphrase_differs"))
        if errors:
            self._show(replace(self.state, errors=tuple(errors), strength=found.words))
            return
        self._show(replace(self.state, errors=(), fault="", busy="Creating your vault…"))
        new = NewVault(passphrase=passphrase, name=self.state.name, initials=self.state.initials)
        self.door.create(new, self._created, self._refused)

    def save_sheet(self, path: Path) -> None:
        """Write the recovery sheet as a PDF."""

        def saved() -> None:
            self._show(replace(self.state, fault="", notice=f"Recovery sheet saved as {path.name}"))

        self._sheets.save_recovery_sheet(path, self.state.recovery_key, self.state.name, saved, self._refused)

    def print_sheet(self) -> None:
        """Print the recovery sheet."""

        def printed(where: str) -> None:
            self._show(replace(self.state, fault="", notice=printed_words(where)))

        self._sheets.print_recovery_sheet(self.state.recovery_key, self.state.name, printed, self._refused)

    def copied(self) -> None:
        """The key is on the clipboard."""
        self._show(replace(self.state, notice="Recovery key copied. Paste it into your password manager"))

    def answer_recovery(self, stored: bool | None) -> None:
        """Page 3: whether the key is stored; "no" is allowed and Home keeps reminding."""
        if stored is None:
            self._show(replace(self.state, errors=(_error("stored", "setup.no_answer"),)))
            return
        if self._session is not None and (stored or self.state.recovery_stored):
            value = "yes" if stored else None
            self._session.workspace.perform(lambda uow: uow.set_setting(RECOVERY_STORED, value))
        self._show(replace(self.state, recovery_stored=stored))
        self._go(Page.WAY)

    def choose_way(self, way: Way | None, url: str = "", code: str = "") -> None:
        """Page 4: enrol with the office by a code, or work on this laptop only."""
        if self.state.busy:
            return
        errors = _way_errors(way, url, code) if self.state.enrolled is None else ()
        self._show(replace(self.state, way=way, errors=errors, fault="", notice=""))
        if errors:
            return
        if way is Way.ALONE or self._session is None:
            self._choose_pack()
        elif self.state.enrolled is not None:  # the words were compared
            self._session.office.keep_enrolment(self._choose_pack, self._refused)
        else:
            self._show(replace(self.state, busy="Connecting to your office…"))
            self._session.office.enrol(url.strip(), code.strip(), self.show_enrolled, self._refused)

    def sign_in(self, url: str, code: str) -> None:
        """Page 4: by the organisation's own page; a code ties an account to a person, and is seldom needed."""
        session = self._session
        if self.state.busy or session is None:
            return
        errors = () if url.strip() else (_error("url", "setup.no_address"),)
        self._show(replace(self.state, way=Way.OFFICE, errors=errors, fault="", notice=""))
        if not errors:
            self.signing.begin(session.office, url, code, self.show_enrolled, self._refused)

    def cancel_sign_in(self) -> None:
        """Back to the fields."""
        if self._session is not None:
            self.signing.cancel(self._session.office)

    def words_differ(self) -> None:
        """The words on the two sides are not the same: whoever answered is not the office."""
        self._show(replace(self.state, enrolled=None, fault=sentence("setup.words_differ")))

    def later(self) -> None:
        """Go on without enrolling; Settings can do it at any time."""
        self._show(replace(self.state, way=Way.ALONE, errors=(), fault=""))
        self._choose_pack()

    def choose_pack(self, place: int) -> None:
        """Page 5: the pack a new assessment starts with."""
        self._show(replace(self.state, pack=place))
        session = self._session
        if session is not None and self.state.packs:
            pin = self.state.packs[place].pin
            session.workspace.perform(lambda uow: uow.set_setting(DEFAULT_PACK, f"{pin.id} {pin.version}"))
        self._go(Page.READY)

    def finish(self, then: Next = Next.VISIT) -> None:
        """Page 6: to the sample visit, or to a visit of one's own."""
        session = self._let_go()
        if session is None:
            return
        self._show(replace(self.state, recovery_key=""))
        self._finished(session)
        if then is Next.SAMPLE:
            self._sample()
        else:
            self._create_visit()

    def close(self) -> None:
        """The window closes in the middle of it: a vault that was made is put away; unlocking it goes on from there."""
        session = self._let_go()
        if session is not None:
            self.door.close(session, lambda: None)

    def active(self) -> None:
        """A key was pressed or the pointer moved."""
        if self._idle is not None:
            self._idle.active()

    def _let_go(self) -> Session | None:
        session, self._session = self._session, None
        if self._idle is not None:
            self._idle.close()
            self._idle = None
        return session

    def restored(self, session: Session) -> None:
        """A backup was restored: to Home."""
        self._finished(session)

    def _checked(self, checks: tuple[Check, ...]) -> None:
        is_wrong = any(one.is_wrong for one in checks)
        keeps = self.state.may_check_again and is_wrong
        words = ". ".join(one.words for one in checks if one.is_wrong) if keeps else self.state.fault
        gone = self.state.may_check_again and not is_wrong
        self._show(replace(self.state, checks=checks, fault="" if gone else words, may_check_again=keeps))

    def _created(self, created: Created) -> None:
        self._session = session = created.session
        self._show(replace(self.state, recovery_key=created.recovery_key))
        if self.state.is_adviser:
            self._come_as_adviser(session)
        self._idle = IdleLock(session.clock, session.later, self._left_alone, session.say)
        self._idle.changed.listen(lambda idle: self._show(replace(self.state, warning=idle.warning)))
        self._idle.allow(session.preferences.state.lock_minutes)
        self._go(Page.RECOVERY)

    def _come_as_adviser(self, session: Session) -> None:
        from fieldkit.app.policies import call_myself_adviser  # with the vault, not before the first screen

        session.workspace.perform(lambda uow: call_myself_adviser(uow, is_one=True))
        session.preferences.put(adviser=True)  # what practice offers

    def show_enrolled(self, enrolled: Enrolled) -> None:
        """The office agreed: both sides read the words to each other before the laptop joins."""
        self._show(replace(self.state, enrolled=enrolled, busy=""))

    def _choose_pack(self) -> None:
        """To page 5; reading the packs takes some 100 ms the first time, which no key waits for."""
        session = self._session
        if session is None or self.state.packs:
            self._go(Page.PACK)
            return

        def read(packs: tuple[PackOffer, ...]) -> None:
            self._show(replace(self.state, packs=packs))
            self._go(Page.PACK)

        self._show(replace(self.state, busy="Reading the framework packs…"))
        session.workspace.ask_then(lambda _: session.packs.offers(), read, self._refused)

    def _refused(self, problem: Exception) -> None:
        field = field_of(problem) if self.state.page is Page.WAY or isinstance(problem, Mistake) else ""
        if field:
            error = FieldError(field=field, text=sentence(problem))
            self._show(replace(self.state, busy="", errors=(error,)))
            return
        known = isinstance(problem, FieldKitError)
        if self.state.page is Page.WAY and known and getattr(problem, "code", "") == "send.not_connected":
            fault = sentence("setup.not_connected")
        else:
            fault = sentence(problem) if known else sentence("setup.not_created")
        self._show(replace(self.state, busy="", fault=fault))

    def _go(self, page: Page) -> None:
        self._show(replace(self.state, page=page, errors=(), busy="", fault="", may_check_again=False, notice=""))


def initials_of(name: str) -> str:
    """``AS`` for ``Asha Smith``."""
    return "".join(part[0] for part in name.split() if part[0].isalpha())[:4].upper()


def printed_words(where: str) -> str:
    """What is said once the sheet was given to a printer; whether the page came out only a person sees."""
    return f"Recovery sheet given to {where}. Check that the page came out before you go on"


def _error(field: str, code: str) -> FieldError:
    return FieldError(field=field, text=sentence(code))


def _way_errors(way: Way | None, url: str, code: str) -> tuple[FieldError, ...]:
    if way is None:
        return (_error("way", "setup.no_way"),)
    return () if way is Way.ALONE else tuple(_error(field, text) for field, text in wrong_in(url, code))
