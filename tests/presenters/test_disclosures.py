"""Restricted disclosures without a screen: in and out of the box, drafts, keys, hand-overs that go wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fieldkit.app.boxes import RESTRICTED, kept_box
from fieldkit.app.disclosures import Holder, Restricted, trust, unpack
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from tests.presenters.room import Room, failing
from tests.support.vaults import quick_keys
from ui.presenters.box_door import Stage
from ui.presenters.box_keeper import IDLE_SECONDS
from ui.presenters.disclosures.page import DisclosuresPage

BOX = "seven green bottles hang"


@dataclass(slots=True)
class Letterbox:
    """An office in memory; ``fault`` is raised at every call while it stands."""

    keys: list[tuple[str, bytes]] = field(default_factory=list)
    held: list[tuple[str, bytes]] = field(default_factory=list)
    fault: Exception | None = None

    def holders(self) -> Sequence[tuple[str, bytes]]:
        self._heed()
        return self.keys

    def publish(self, public: bytes) -> None:
        self._heed()
        self.keys.append(("G. Guardian", public))

    def leave(self, to: bytes, sealed: bytes) -> _Receipt:
        self._heed()
        self.held.append((f"id-{len(self.held)}", sealed))
        return _Receipt()

    def waiting(self) -> tuple[Sequence[_Item], bool]:
        self._heed()
        return [_Item(id=name, sealed=sealed) for name, sealed in self.held], False

    def done(self, ids: Sequence[str]) -> None:
        self._heed()
        self.held = [one for one in self.held if one[0] not in ids]

    def _heed(self) -> None:
        if self.fault is not None:
            raise self.fault


@dataclass(frozen=True, slots=True)
class _Receipt:
    day: str = "2026-11-12"
    digest: str = "5a" * 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    id: str
    sealed: bytes


@pytest.fixture
def room(tmp_path: Path, clock: FixedClock) -> Iterator[Room]:
    with quick_keys():
        made = Room(tmp_path / "vault", clock)
        yield made
        made.close()


@pytest.fixture
def office(room: Room) -> Letterbox:
    made = Letterbox()
    room.session.mailbox = made
    return made


def _page(room: Room) -> DisclosuresPage:
    is_made = kept_box(room.vault.questions, RESTRICTED) is not None
    return DisclosuresPage(room.session, is_made, lambda: room.activity.assessment)


@pytest.fixture
def page(room: Room, office: Letterbox) -> Iterator[DisclosuresPage]:
    """Set up and open."""
    made = _page(room)
    made.set_up(BOX, BOX)
    assert made.state.stage is Stage.OPEN
    yield made
    made.close()


def _stage(page: DisclosuresPage) -> Stage:
    return page.state.stage


def _take(page: DisclosuresPage, text: str = "Falls are not reported") -> str:
    page.take()
    assert page.state.panel is not None
    form = page.state.panel.form
    for name, value in (("text", text), ("identity", "protected"), ("who", "Night nurse")):
        form.put(name, value)
    form.submit()
    assert page.state.panel is None, form.state.errors
    return page.state.chosen or ""


def test_it_is_set_up_once_with_a_passphrase_typed_twice(room: Room) -> None:
    page = _page(room)
    assert _stage(page) is Stage.NEW
    page.set_up("short", "short")
    assert [one.field for one in page.state.errors] == ["passphrase"]
    page.set_up(BOX, BOX + "!")
    assert [one.field for one in page.state.errors] == ["again"]
    page.set_up(BOX, BOX)
    assert _stage(page) is Stage.OPEN
    page.close()
    assert _page(room).state.stage is Stage.SHUT


def test_closed_it_holds_nothing_and_open_again_everything(room: Room, page: DisclosuresPage) -> None:
    reference = _take(page)
    page.shut()
    assert page.state.restricted == Restricted()
    assert (page.state.chosen, page.state.notice, page.state.panel) == (None, "", None)
    page.unlock("not this one at all")
    assert [one.field for one in page.state.errors] == ["passphrase"]
    assert _stage(page) is Stage.SHUT
    page.unlock(BOX)
    assert [one.reference for one in page.state.restricted.disclosures] == [reference]


def test_five_wrong_passphrases_make_one_wait_and_the_wait_ends(room: Room, page: DisclosuresPage) -> None:
    page.shut()
    for _ in range(6):
        page.unlock("not this one at all")
    assert page.state.wait_seconds > 0
    page.unlock(BOX)
    assert _stage(page) is Stage.SHUT
    room.later.pass_seconds(page.state.wait_seconds + 1)
    assert page.state.wait_seconds == 0
    page.unlock(BOX)
    assert _stage(page) is Stage.OPEN


def test_three_quiet_minutes_close_it_and_a_key_puts_that_off(room: Room, page: DisclosuresPage) -> None:
    room.later.pass_seconds(IDLE_SECONDS - 1)
    page.active()
    room.later.pass_seconds(IDLE_SECONDS - 1)
    assert _stage(page) is Stage.OPEN
    room.later.pass_seconds(2)
    assert _stage(page) is Stage.SHUT


def test_what_was_being_typed_comes_back_and_is_no_draft_for_anybody_else(room: Room, page: DisclosuresPage) -> None:
    before = room.vault.questions.setting("box/restricted/draft")
    page.take()
    assert page.state.panel is not None
    page.state.panel.form.put("text", "Half a sentence")
    page.shut()
    assert room.vault.questions.drafts() == []
    kept = room.vault.questions.setting("box/restricted/draft")
    assert kept is not None
    assert before is not None
    assert kept != before
    assert len(kept) == len(before)
    assert "Half" not in kept
    page.unlock(BOX)
    page.take()
    assert page.state.panel is not None
    assert page.state.panel.form.state.values["text"] == "Half a sentence"


def test_a_full_disk_loses_nothing_of_what_was_typed(room: Room, page: DisclosuresPage) -> None:
    page.take()
    assert page.state.panel is not None
    form = page.state.panel.form
    for name, value in (("text", "Falls"), ("identity", "anonymous")):
        form.put(name, value)
    mend = failing(room.vault, Trouble("vault.disk_full", folder="/vault"))
    form.submit()
    assert "disk" in form.state.fault
    assert form.state.values["text"] == "Falls"
    mend()
    form.submit()
    assert [one.text for one in page.state.restricted.disclosures] == ["Falls"]


def test_a_key_is_trusted_only_once_somebody_says_that_the_words_are_the_same(
    page: DisclosuresPage, office: Letterbox
) -> None:
    office.keys = [("G. Guardian", b"\5" * 32)]
    page.exchange.look_up()
    assert [one.name for one in page.state.offered] == ["G. Guardian"]
    assert len(page.state.restricted.holders) == 0
    page.exchange.trust(b"\6" * 32)
    assert len(page.state.restricted.holders) == 0
    page.exchange.trust(b"\5" * 32)
    holders: tuple[Holder, ...] = page.state.restricted.holders
    assert [one.name for one in holders] == ["G. Guardian"]
    page.exchange.look_up()
    assert page.state.offered == ()


def test_without_a_connection_nothing_counts_as_handed_over(page: DisclosuresPage, office: Letterbox) -> None:
    public = _trusted_self(page, office)
    reference = _take(page)
    office.fault = Trouble("send.not_connected")
    page.exchange.hand_over(public)
    assert page.state.fault.startswith("It was not handed over. Not connected")
    assert page.state.restricted.disclosure(reference).hand_overs == ()
    office.fault = None
    page.exchange.hand_over(public)
    (made,) = page.state.restricted.disclosure(reference).hand_overs
    assert (made.to, made.how) == ("G. Guardian", "through the office")
    assert made.reference.startswith("receipt ")
    ((_, sealed),) = office.held
    assert unpack(sealed, page.state.restricted.private).text == "Falls are not reported"


def test_what_was_collected_is_taken_away_only_once_it_is_kept(
    room: Room, page: DisclosuresPage, office: Letterbox
) -> None:
    public = _trusted_self(page, office)
    _take(page)
    page.exchange.hand_over(public)
    mend = failing(room.vault, Trouble("vault.disk_full", folder="/vault"))
    page.exchange.collect()
    assert "disk" in page.state.fault
    assert len(office.held) == 1
    mend()
    office.held.append(("strange", b"x" * 100))
    page.exchange.collect()
    assert page.state.notice == "1 disclosure received. 1 thing at the office could not be opened with your key"
    assert [name for name, _ in office.held] == ["strange"]


def test_a_sealed_file_and_a_key_file_go_by_stick(room: Room, page: DisclosuresPage, tmp_path: Path) -> None:
    page.exchange.hold_role()
    page.exchange.save_key(tmp_path / "mine.fkrole")
    page.exchange.open_key(tmp_path / "nothing.fkrole")
    assert "nothing.fkrole was not read" in page.state.fault
    (tmp_path / "broken.fkrole").write_bytes(b"{}")
    page.exchange.open_key(tmp_path / "broken.fkrole")
    assert "not a key file" in page.state.fault
    page.exchange.open_sealed(tmp_path / "mine.fkrole")
    assert "not a sealed file" in page.state.fault


def test_only_neutral_words_are_spoken_and_shown_above_the_page(room: Room, page: DisclosuresPage) -> None:
    room.said.clear()
    _take(page, "Something nobody may hear")
    page.shut()
    assert not any("nobody may hear" in said or "nurse" in said for said in room.said)
    assert page.crumbs == ("Locked page",)


def test_the_pointer_says_that_a_concern_was_passed_on_and_no_more(room: Room, page: DisclosuresPage) -> None:
    reference = _take(page)
    page.leave_pointer()
    assert page.state.panel is not None
    form = page.state.panel.form
    form.submit()
    assert [one.field for one in form.state.errors] == ["passed_to"]
    form.put("passed_to", "Speaking-up lead")
    form.submit()
    (row,) = room.vault.questions.records("pointer")
    assert set(row.content) == {"assessment", "reference", "on", "passed_to"}
    assert row.value.title == f"Concern passed on, reference {reference}"


def _trusted_self(page: DisclosuresPage, office: Letterbox) -> bytes:
    """The page's own key under the guardian's name: one vault is both who hands over and who receives."""
    page.exchange.hold_role()
    public = page.state.restricted.public
    office.keys = [("G. Guardian", public)]
    page.write(lambda restricted: trust(restricted, Holder(name="G. Guardian", public=public)), "")
    return public
