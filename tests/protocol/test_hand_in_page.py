"""The page Hand in over a real vault and a real store: nothing is erased before it is there, proved and typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from central import admin_devices
from central.policy import set_policy
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.lanes import Lanes
from fieldkit.app.ports import Identity
from fieldkit.app.workspace import Workspace
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from fieldkit.reports.blocks import Document
from fieldkit.reports.plain import to_plain
from storage.boxes import StoredBoxes
from storage.keyfile import FLOOR
from sync.http import CentralStore
from tests.central.kit import Office
from tests.presenters.room import SHELF, Hourglass, QuietOffice
from tests.protocol.conftest import Team
from tests.support.laptop import Laptop, tag
from ui.launch.statements import LateStatements, read_statement
from ui.launch.vault_keeping import VaultKeeping
from ui.presenters.handing.page import WORD, HandInPage, way
from ui.presenters.page import Page
from ui.presenters.services import Failed, Session
from ui.presenters.settings.storage import DELETE, UNTOLD, Storage
from ui.presenters.undo import UndoStack


class Papers:
    """Saves documents as text; ``spoils`` writes nothing, as a stick that was pulled out does."""

    def __init__(self) -> None:
        self.spoils = False

    def save_document(self, path: Path, document: Document, done: Callable[[], None], failed: Failed) -> None:
        if not self.spoils:
            path.write_text(to_plain(document), encoding="utf-8")
        done()


class Desk:
    """The page of one laptop; ``erased`` counts how often the vault would have gone, ``went`` where it led."""

    def __init__(
        self, laptop: Laptop, clock: FixedClock, connect: Callable[[str], CentralStore] = CentralStore
    ) -> None:
        self.said: list[str] = []
        self.went: list[Page] = []
        self.erased = 0
        self.session = Session(
            workspace=Workspace(laptop.vault, Lanes.inline()), office=QuietOffice(), packs=SHELF, clock=clock,
            later=Hourglass(clock), undo=UndoStack(), name="Ada", initials="AL", is_practice=False,
            folder=laptop.folder, say=lambda text, urgent=False: self.said.append(text), typed_here=set(),
            boxes=StoredBoxes(FLOOR, laptop.folder, clock), statements=LateStatements(connect),
        )  # fmt: skip
        self.papers = Papers()
        facts = way().read(self.session, laptop.vault.questions, "")
        self.page = HandInPage(self.session, facts, self.went.append)

    def erase(self, place: Path, word: str = WORD) -> bool:
        return self.page.erase(word, place, self.papers, self._gone)  # type: ignore[arg-type]

    def _gone(self, _: Failed) -> None:
        self.erased += 1


class Halting(LateStatements):
    """Somebody presses Stop, or locks, while the office is being told."""

    def __init__(self, stop: Callable[[], None]) -> None:
        super().__init__(CentralStore)
        self._stop = stop

    def tell(self, signed: Signed, url: str, identity: Identity) -> Trouble | None:
        self._stop()
        return None


@pytest.fixture
def ada(team: Team) -> Laptop:
    laptop = team("Ada Lovelace")
    laptop.open_meeting()
    laptop.note("Waits fell")
    return laptop


def test_what_stands_in_the_way_is_said_with_its_cure_and_leads_there(
    ada: Laptop, clock: FixedClock, tmp_path: Path
) -> None:
    ada.note("Corridor talk", tagged=False)
    desk = Desk(ada, clock)
    codes = [one.code for one in desk.page.state.obstacles]
    assert codes == ["wipe.untagged", "wipe.unsent"]
    assert desk.page.words(desk.page.state.obstacles[0]).endswith("Tag them and send, or withdraw them")
    for code in (*codes, "wipe.not_enrolled"):
        desk.page.settle(code)
    assert desk.went == [Page.EVIDENCE, Page.SEND, Page.SETTINGS]
    assert desk.erase(tmp_path / "wipe.txt")
    assert (desk.erased, (tmp_path / "wipe.txt").exists()) == (0, False)
    assert "Untagged notes that are nowhere else: 1" in desk.page.state.fault
    desk.page.close()


def test_the_vault_goes_once_everything_is_there_typed_and_the_certificate_reads_back(
    ada: Laptop, clock: FixedClock, tmp_path: Path
) -> None:
    ada.settle()
    desk = Desk(ada, clock)
    assert desk.page.state.is_ready
    assert not desk.erase(tmp_path / "wipe.txt", "erase")
    assert not desk.erase(ada.folder / "wipe.txt")
    assert "Save it to another folder" in desk.page.state.fault
    desk.papers.spoils = True
    desk.erase(tmp_path / "wipe.txt")
    assert (desk.erased, "could not be read back" in desk.page.state.fault) == (0, True)
    desk.papers.spoils = False
    desk.erase(tmp_path / "wipe.txt")
    words = (tmp_path / "wipe.txt").read_text(encoding="utf-8")
    assert desk.erased == 1
    assert read_statement(tmp_path / "wipe.fieldwipe").data, "and the office has the same, so it is erased at once"
    assert "Northmoor office" in words
    assert "Waits fell" not in words
    desk.page.close()


def test_a_note_that_comes_while_the_certificate_is_saved_stops_it(
    ada: Laptop, clock: FixedClock, tmp_path: Path
) -> None:
    ada.settle()
    desk = Desk(ada, clock)
    save = desk.papers.save_document

    def interrupted(path: Path, document: Document, done: Callable[[], None], failed: Failed) -> None:
        ada.note("One more thing")
        save(path, document, done, failed)

    desk.papers.save_document = interrupted  # type: ignore[method-assign]
    desk.erase(tmp_path / "wipe.txt")
    assert (desk.erased, desk.page.state.is_ready) == (0, False)
    assert not list(tmp_path.glob("wipe.*")), "a certificate of what is still here must not lie about"
    desk.page.close()


def test_where_the_office_cannot_be_told_the_statement_lies_beside_the_certificate_and_a_second_press_erases(
    ada: Laptop, clock: FixedClock, tmp_path: Path
) -> None:
    ada.settle()
    desk = Desk(ada, clock, lambda _: CentralStore("http://127.0.0.1:9"))
    assert desk.erase(tmp_path / "wipe.txt")
    assert (desk.erased, desk.page.state.is_proved) == (0, True)
    assert read_statement(tmp_path / "wipe.fieldwipe").data
    where = ada.meeting()
    desk.session.workspace.perform(lambda uow: record_entry(uow, where, NewEntry(text="One more", evidence=(tag(),))))
    desk.page.erase_now(desk._gone)
    assert (desk.erased, desk.page.state.is_proved) == (0, False), "the statement does not say this note"
    ada.settle()
    assert desk.erase(tmp_path / "again.txt")
    desk.page.erase_now(desk._gone)
    assert desk.erased == 1
    desk.page.close()


def test_the_office_may_ask_for_it_but_nothing_goes_by_itself(ada: Laptop, office: Office, clock: FixedClock) -> None:
    set_policy(office.settings, {"purge_days": 2}, clock)
    ada.settle()
    clock.advance(timedelta(days=3).total_seconds())
    desk = Desk(ada, clock)
    assert desk.page.state.due.startswith("Your office asks you to erase this vault, since")
    assert desk.erased == 0
    desk.page.close()


def test_deleting_everything_in_settings_tells_the_office_or_says_that_it_does_not_know(
    ada: Laptop, office: Office, clock: FixedClock
) -> None:
    ada.settle()
    ada.note("Never tagged", tagged=False)
    desk = Desk(ada, clock)
    away = Desk(ada, clock, lambda _: CentralStore("http://127.0.0.1:9"))
    here, offline = (Storage(one.session, VaultKeeping(), one._gone) for one in (desk, away))
    for one in (here, offline):
        assert one.erase(DELETE)
        assert (one.state.fault, one.state.busy) == (UNTOLD, ""), "what is unsent no statement can speak of"
    ada.settle()
    offline = Storage(away.session, VaultKeeping(), away._gone)
    offline.erase(DELETE)
    assert (away.erased, away.said[-1]) == (0, UNTOLD)
    offline.erase(DELETE)
    assert away.erased == 1, "once it was said, the person decides"
    halted = Desk(ada, clock, lambda _: CentralStore("http://127.0.0.1:9"))
    stopped = Storage(halted.session, VaultKeeping(), halted._gone)
    halted.session.statements = Halting(stopped.stop)
    stopped.erase(DELETE)
    assert (halted.erased, stopped.state.busy) == (0, "")
    here = Storage(desk.session, VaultKeeping(), desk._gone)
    here.erase(DELETE)
    assert (desk.erased, here.state.fault) == (1, "")
    (row,) = admin_devices.laptops(office.settings, clock)
    assert row.wiped_at
    for opened in (desk, away, halted):
        opened.page.close()
