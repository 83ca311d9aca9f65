"""The way into a vault on this laptop: everything slow on the store lane, answers on the GUI thread."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.app.lanes import Lanes, run
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import FieldKitError
from ui.launch.last_good import open_or_go_back
from ui.launch.shelf import Shelf
from ui.presenters.locked_hint import LockedHint
from ui.presenters.preferences import Preferences
from ui.presenters.timing import Later
from ui.presenters.wording import catalogue, sentence

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from concurrent.futures import Future

    from fieldkit.app.rows import VaultInfo
    from storage.vault import OpenVault
    from ui.launch.sending import SyncOffice
    from ui.presenters.services import Created, Failed, NewVault, Say, Session

_NEEDED = (
    "storage.vault", "storage.boxes", "ui.launch.sealed_mailbox", "ui.launch.handing_over", "ui.launch.sending",
    "ui.launch.statements",
    "ui.shell.desk", "ui.shell.escalation_card",
    "ui.shell.screens", "ui.shell.risk_door", "ui.shell.sound_line", "ui.presenters.palette.find_or_do",
    "ui.presenters.idle_lock", "ui.presenters.settings.services",
    "ui.launch.checks", "ui.launch.pack_keeping", "ui.launch.papers", "ui.launch.sheets", "ui.launch.vault_keeping",
)  # fmt: skip
"""By unlocking, on whatever thread: what is missing here is imported by the window's, which stands still for 25 ms."""
KEY_FILE, SECOND_KEY_FILE = "vault.key", "vault.key.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What every vault of this program is opened with."""

    lanes: Lanes
    clock: Clock
    later: Later
    say: Say
    shelf: Shelf
    preferences: Preferences


class LocalVault:
    """Implements ``ui.presenters.services.VaultDoor`` for the person's own vault."""

    is_practice = False

    def __init__(self, folder: Path, around: Surroundings) -> None:
        self._folder = folder
        self._hint = LockedHint(around.clock)
        self._notice = ""
        self._around = around
        self._typed_here: set[str] = set()
        self._offices: dict[int, SyncOffice] = {}
        self.closing: Future[None] | None = None
        self._in_hand: OpenVault | None = None
        self._is_entering = False

    @property
    def around(self) -> Surroundings:
        """Lanes, clock and the like."""
        return self._around

    @property
    def folder(self) -> Path:
        """Where the vault lies."""
        return self._folder

    def exists(self) -> bool:
        """Whether there is a vault to unlock; either of its two key files opens it."""
        return any((self._folder / name).is_file() for name in (KEY_FILE, SECOND_KEY_FILE))

    def is_missing(self) -> bool:
        """Whether a vault was made here and is gone."""
        return self._around.preferences.state.has_vault and not self.exists()

    def hint(self) -> str:
        """What the locked screen says."""
        return self._hint.words

    def create(self, new: NewVault, done: Callable[[Created], None], failed: Failed) -> None:
        """Make the vault and open it."""

        def make() -> tuple[OpenVault, VaultInfo, str]:
            from storage.vault import create_vault

            vault = create_vault(
                self._folder, new.passphrase, name=new.name, initials=new.initials, clock=self._around.clock
            )
            self._in_hand = vault
            return vault, vault.questions.info(), vault.new_recovery_key or ""

        def made(found: tuple[OpenVault, VaultInfo, str]) -> None:
            from ui.presenters.services import Created

            self._around.preferences.put(has_vault=True)
            done(Created(session=self.session(found[0], found[1]), recovery_key=found[2]))

        run(self._around.lanes.store, self._around.lanes.deliver, make, made, failed)

    def open(self, passphrase: str, done: Callable[[Session], None], failed: Failed) -> None:
        """Unlock it; where it is damaged, by its last good save."""

        def unlock() -> OpenVault:
            vault, notice = open_or_go_back(self._folder, passphrase, self._around.clock)
            self._notice = notice or self._notice
            return vault

        self.enter(unlock, self._known(done), failed)

    def recover(self, key: str, passphrase: str, done: Callable[[Session], None], failed: Failed) -> None:
        """Unlock it with the recovery key and give it a new passphrase."""

        def unlock() -> OpenVault:
            from storage.vault import recover_vault

            return recover_vault(self._folder, key, passphrase, self._around.clock)

        self.enter(unlock, self._known(done), failed)

    def restore(
        self,
        backup: Path,
        passphrase: str,
        progress: Callable[[str, int, int], None],
        done: Callable[[Session], None],
        failed: Failed,
    ) -> None:
        """Put a backup in the place of the vault and open it."""
        deliver = self._around.lanes.deliver

        def unlock() -> OpenVault:
            from storage.carried import unpacked
            from storage.restore import restore_vault

            def went_on(n: int, total: int) -> None:
                deliver(lambda: progress("Reading the backup…", n, total))

            with unpacked(backup, self._folder, went_on) as database:
                deliver(lambda: progress("Checking the backup and putting it in place…", 0, 0))
                return restore_vault(database, self._folder, passphrase, self._around.clock).vault

        self.enter(unlock, self._known(done), failed)

    def erase(self, done: Callable[[], None], failed: Failed) -> None:
        """Delete the vault, which was closed before, and every copy of it on this laptop."""

        def end() -> None:
            from storage.erase import erase

            erase(self._folder)

        def ended(_: None) -> None:
            self._around.preferences.put(has_vault=False)
            self._hint = LockedHint(self._around.clock)
            done()

        def refused(problem: Exception) -> None:
            if not self.exists():  # its keys are gone: what is left of it is no vault any more
                ended(None)
            failed(problem)

        lanes = self._around.lanes
        self._after_closing(lambda: run(lanes.store, lanes.deliver, end, ended, refused))

    def close(self, session: Session, done: Callable[[], None]) -> None:
        """Stop sending, drain the store lane, close the vault, forget its keys."""
        office = self._offices.pop(id(session), None)
        lanes = self._around.lanes
        workspace = session.workspace
        workspace.leave()
        if office is not None:
            office.close()

        def end() -> None:
            if office is not None:
                office.stop()
            workspace.close().result()
            self._closed()

        def no_backup(problem: Exception) -> None:
            """The vault is closed all the same; told now and, for all to see, when it is opened next."""
            if not isinstance(problem, FieldKitError):
                raise problem
            self._notice = sentence("unlock.no_backup")
            self._around.say(self._notice, urgent=True)
            done()

        self.closing = run(lanes.work, lanes.deliver, end, lambda _: done(), no_backup)

    def _closed(self) -> None:
        """On the work lane, once the vault is closed: what ends with it."""

    def let_go(self) -> None:
        """Close a vault whose opening ended after the window had: nobody is left to take it. The lanes have ended."""
        vault, self._in_hand = self._in_hand, None
        if vault is not None:
            vault.close()

    def warm(self) -> None:
        """Import what unlocking needs while the person types: half a second less to wait afterwards."""
        self._around.lanes.store.submit(_load)

    def enter(self, unlock: Callable[[], OpenVault], done: Callable[[Session], None], failed: Failed) -> None:
        """Run ``unlock`` on the store lane and make a session of the vault.

        While one is on its way a second is not begun: it would wait for the lock of the first on the lane that the
        first needs to let go of it, and nobody would get in until SQLCipher gives up.
        """
        if self._is_entering:
            return
        self._is_entering = True

        def came(found: tuple[OpenVault, VaultInfo]) -> None:
            self._is_entering = False
            done(self.session(*found))

        def refused(problem: Exception) -> None:
            self._is_entering = False
            failed(problem)

        def opened() -> tuple[OpenVault, VaultInfo]:
            self._in_hand = vault = unlock()
            _load()  # nothing, unless somebody was quicker than the warming up
            return vault, vault.questions.info()

        lanes = self._around.lanes

        def begin() -> None:
            run(lanes.store, lanes.deliver, opened, came, refused)

        self._after_closing(begin)

    def _after_closing(self, begin: Callable[[], object]) -> None:
        if self.closing is None or self.closing.done():
            begin()
        else:  # locked a moment ago: the vault must be let go before it can be opened again
            self.closing.add_done_callback(lambda _: self._around.lanes.deliver(lambda: _run(begin)))

    def _known(self, done: Callable[[Session], None]) -> Callable[[Session], None]:
        """The next start knows that a vault was made here, also where settings were lost in between."""

        def entered(session: Session) -> None:
            self._around.preferences.put(has_vault=True)
            done(session)

        return entered

    def session(self, vault: OpenVault, info: VaultInfo) -> Session:
        """What the screens work with while the vault is open."""
        from fieldkit.app.workspace import Workspace
        from storage.boxes import StoredBoxes
        from ui.launch.handing_over import LateHandOver
        from ui.launch.network import Watched
        from ui.launch.sealed_mailbox import LateMailbox
        from ui.launch.sending import SyncOffice
        from ui.launch.statements import LateStatements
        from ui.presenters.services import Session
        from ui.presenters.undo import UndoStack

        self._in_hand = None
        notice, self._notice = self._notice, ""
        workspace = Workspace(vault, self._around.lanes)
        office = SyncOffice(
            workspace, self._around.clock, is_enrolled=info.is_enrolled, office=info.office,
            network=None if self.is_practice else Watched(),  # practice sends to this very laptop
        )  # fmt: skip
        session = Session(
            workspace=workspace, office=office, packs=self._around.shelf, clock=self._around.clock,
            later=self._around.later, undo=UndoStack(), name=info.name, initials=info.initials,
            is_practice=self.is_practice, folder=self._folder, say=self._around.say, typed_here=self._typed_here,
            preferences=self._around.preferences, notice=notice,
            mailbox=LateMailbox(workspace.sync_call, office.connect), statements=LateStatements(office.connect),
            hand_over=LateHandOver(workspace.sync_call, self._around.clock, self._folder, office.nudge),
            boxes=StoredBoxes(folder=self._folder, clock=self._around.clock),
        )  # fmt: skip
        self._offices[id(session)] = office
        office.start()
        self._hint.watch(workspace)
        return session


def _run(call: Callable[[], object]) -> None:
    call()


def _load() -> None:
    for name in _NEEDED:
        importlib.import_module(name)
    importlib.import_module("fieldkit.kernel.signing").get_ready()
    catalogue()
