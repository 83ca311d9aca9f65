"""Where the vault lies, backups, checking, housekeeping, and deleting everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from fieldkit.app.lanes import run
from fieldkit.app.ports import Vault
from fieldkit.app.wipe import erased_facts
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from ui.presenters.field_error import FieldError
from ui.presenters.hand_in import words_of
from ui.presenters.handing.proof import Proof, prove
from ui.presenters.presenter import Presenter
from ui.presenters.services import Failed, Session, Statements
from ui.presenters.settings.services import BackupMade, Stop, StorageFacts, VaultKeeper, Verified
from ui.presenters.wording import sentence, ui

DELETE = "DELETE"
"""What has to be typed before everything is deleted."""
_FINDINGS = 20
UNTOLD = (
    "Nothing is deleted yet. Your office could not be told that this vault goes: send first, or tell your office "
    "yourself. Then choose ‘Delete everything on this laptop’ again"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageState:
    """``done`` of ``total`` of what ``busy`` says; ``in_bytes`` where that counts bytes."""

    facts: StorageFacts | None = None
    busy: str = ""
    done: int = 0
    total: int = 0
    in_bytes: bool = False
    notice: str = ""
    findings: tuple[str, ...] = ()
    fault: str = ""
    errors: tuple[FieldError, ...] = ()
    is_untold: bool = False
    """It was said that the office could not be told: once more deletes everything all the same."""


class Storage(Presenter[StorageState]):
    """One job at a time; ``stop`` ends it. ``erase`` deletes the vault, and is told what to do if it cannot."""

    def __init__(self, session: Session, keeper: VaultKeeper, erase: Callable[[Failed], None]) -> None:
        super().__init__(StorageState())
        self._session = session
        self._keeper = keeper
        self._erase = erase
        self._stop: Stop | None = None

    def load(self) -> None:
        """Read where it lies and what it takes."""
        self._keeper.facts(self._session, self._read, self._refused)

    def back_up(self, folder: str) -> None:
        """A backup as one file to a folder or a memory stick."""
        if where := self._ready(folder, "backup_folder"):
            self._began("Making a backup…", in_bytes=True)
            self._stop = self._keeper.back_up(self._session, where, self._went_on, self._backed_up, self._refused)

    def verify(self) -> None:
        """Prove everything that can be proved."""
        if not self.state.busy:
            self._began("Checking the vault…")
            self._stop = self._keeper.verify(self._session, self._went_on, self._verified, self._refused)

    def tidy(self) -> None:
        """All housekeeping that is due."""
        if not self.state.busy:
            self._began("Tidying up…")
            self._keeper.tidy(self._session, self._tidied, self._refused)

    def stop(self) -> None:
        """End what is going on."""
        if self._stop is not None:
            self._stop()

    def erase(self, typed: str) -> bool:
        """Delete everything, where the person typed DELETE; whether it was begun.

        The office of an enrolled vault is told first, by the statement that handing in signs. Where it cannot be, that
        is said, and once more deletes all the same. Never from practice: what would go is the person's own vault.
        """
        if typed.strip() != DELETE or self._session.is_practice or self.state.busy:
            return False
        statements = self._session.statements
        if self.state.is_untold or statements is None:
            self._delete()
            return True
        at = self._session.clock.now()
        self._began("Telling your office…")
        self._stop = self._stay
        self._session.workspace.maintain(lambda vault: _proof(vault, statements, at), self._tell, self._untold)
        return True

    def _tell(self, proof: Proof | None) -> None:
        statements, lanes = self._session.statements, self._session.workspace.lanes
        if self._stop is None:
            return
        if proof is None or statements is None:
            self._delete()
            return
        run(
            lanes.work, lanes.deliver, lambda: statements.tell(proof.signed, proof.url, proof.identity),
            self._told, self._untold,
        )  # fmt: skip

    def _told(self, trouble: Trouble | None) -> None:
        if self._stop is None:
            return
        if trouble is None:
            self._delete()
        else:
            self._untold(trouble)

    def _stay(self) -> None:
        """Stopped, or locked, while the office was being told: whatever it says, nothing goes."""
        self._ended("Nothing was deleted. Your office may have been told all the same")

    def _untold(self, problem: Exception) -> None:
        if not isinstance(problem, FieldKitError):
            raise problem
        if self._stop is None:
            return
        self._stop = None
        self._show(replace(self.state, busy="", is_untold=True, fault=UNTOLD))
        self._session.say(UNTOLD, urgent=True)

    def _delete(self) -> None:
        self._stop = None
        self._show(replace(self.state, busy="", fault=""))
        self._erase(lambda problem: self._session.say(sentence(problem), urgent=True))

    def close(self) -> None:
        """The vault is left: end what is going on."""
        self.stop()

    @property
    def erase_words(self) -> str:
        """What deleting everything costs, as the question says it (ux 5.4)."""
        facts = self.state.facts
        if facts is None:
            lost = "Notes that have not reached the central store will be lost"
            return f"{lost}. This cannot be undone. Type DELETE to go on"
        only_here = facts.only_here
        if not only_here:
            return "Every note is at the central store. This cannot be undone. Type DELETE to go on"
        have = "has" if only_here == 1 else "have"
        they = "It" if only_here == 1 else "They"
        return (
            f"{ui.count(only_here, 'note')} {have} not reached the central store. {they} will be lost. "
            "This cannot be undone. Type DELETE to go on"
        )

    def _ready(self, folder: str, field: str) -> Path | None:
        if self.state.busy:
            return None
        path = Path(folder.strip())
        code = "" if folder.strip() else "settings.no_folder"
        if not code and not path.is_dir():
            code = "settings.folder_unknown"
        error = FieldError(field=field, text=sentence(code, folder=path)) if code else None
        self._show(replace(self.state, errors=(error,) if error else (), notice="", fault="", findings=()))
        return None if error else path

    def _began(self, words: str, *, in_bytes: bool = False) -> None:
        self._show(StorageState(facts=self.state.facts, busy=words, in_bytes=in_bytes))

    def _went_on(self, words: str, done: int, total: int) -> None:
        if self.state.busy:
            self._show(replace(self.state, busy=words, done=done, total=total))

    def _backed_up(self, made: BackupMade) -> None:
        at = ui.clock(self._session.clock.now())
        self._ended(f"Backup made {at} on {made.place}. {megabytes(made.size)}")

    def _verified(self, found: Verified) -> None:
        checked = ui.count(found.records, "record")
        if found.findings:
            count = ui.count(len(found.findings), "thing")
            is_are = "is" if len(found.findings) == 1 else "are"
            self._ended(
                f"{checked} checked. {count} {is_are} wrong. Tell IT; nothing was changed",
                tuple(one.sentence for one in found.findings[:_FINDINGS]),
            )
        else:
            self._ended(f"{checked} checked. Everything holds")

    def _tidied(self) -> None:
        self._ended("Everything is tidy")

    def _ended(self, notice: str, findings: tuple[str, ...] = ()) -> None:
        self._stop = None
        self._session.say(notice)
        self._show(StorageState(facts=self.state.facts, notice=notice, findings=findings))
        self.load()

    def _read(self, facts: StorageFacts) -> None:
        self._show(replace(self.state, facts=facts))

    def _refused(self, problem: Exception) -> None:
        self._stop = None
        words = sentence(problem)
        if getattr(problem, "code", "").endswith(".stopped"):
            self._ended(words)
            return
        self._session.say(words, urgent=True)
        self._show(StorageState(facts=self.state.facts, fault=words))


def _proof(vault: Vault, statements: Statements, at: datetime) -> Proof | None:
    """What the office is told; ``None`` for a vault without one.

    Raises ``Refusal('wipe.unsent')`` where the office has not the whole chain: no statement of its end would hold.
    """
    if vault.questions.enrolment() is None:
        return None
    standing = vault.questions.standing()
    if standing.unreceipted or not standing.certificate_agrees:
        raise Refusal("wipe.unsent", count=standing.unreceipted)
    return prove(vault, statements, erased_facts(vault.questions, words_of, at))


def megabytes(size: int) -> str:
    """``214 MB``; less than one in kilobytes. No line breaks between a number and its unit."""
    return f"{size / 1e6:,.0f}\N{NO-BREAK SPACE}MB" if size >= 1e6 else f"{max(size / 1e3, 1):,.0f}\N{NO-BREAK SPACE}kB"
