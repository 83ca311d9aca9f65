"""A team-mate carries: sealed on a stick or over a cable, handed on by their own sending, and never a tick before."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.app.attachments import Said, attach, take_in
from fieldkit.app.handing_over import CarriedFile, HandedOver
from fieldkit.app.ports import SyncStore
from fieldkit.app.records import keep
from fieldkit.domain.restriction import Restriction
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import RecordId, new_id
from fieldkit.media.source import source_of
from sync.bundle import stick as sticks
from sync.bundle.giving import Giving
from sync.wire.bundles.heads import HEAD
from sync.wire.bundles.pieces import PIECE
from tests.central.kit import Office
from tests.handover.conftest import Team
from tests.handover.kit import at_office, centre, files, mate, read, write
from tests.handover.test_by_stick import _team_of_two
from tests.handover.test_pairing import _meet
from tests.support.laptop import APP, Laptop
from ui.presenters.handing_over.words import fate


def test_a_file_that_is_only_carried_is_handed_on_by_the_carrier_s_next_sending(team: Team, stick: Path) -> None:
    """Invariants 2 and 11: carried is not confirmed; the office's receipt alone changes ticks and exposure."""
    ann, ben = _team_of_two(team)
    ann.note("only for the office")
    exposed, waiting = _exposed(ann), _waiting(ann)
    write(ann, centre(ann), stick)
    assert _fate(ann) == ": not yet at the office"

    found = _read(ben, stick)
    assert [(one.is_new, sorted(one.parts)) for one in found.along] == [(True, [1])]
    assert "only for the office" not in ben.texts
    (word,) = read(ann, files(stick, ".fieldreceipt"))
    assert word.is_carriers
    assert word.is_whole
    assert _fate(ann) == ": carried by Ben Ode, not yet at the office"
    assert (_exposed(ann), _waiting(ann)) == (exposed, waiting), "a mate's word is no receipt"
    assert exposed > 0

    assert ben.round().handed_on == 1
    assert ben.round().handed_on == 0
    assert not list(ben.folder.glob("carried/*.fieldbundle")), "what the office has need not be carried any more"
    assert (_exposed(ann), _waiting(ann)) == (exposed, waiting), "and still nothing has come home"
    _read(ben, stick)  # the same stick again: the store's receipts are put onto it
    read(ann, files(stick, ".fieldreceipt"))
    assert (_exposed(ann), _waiting(ann)) == (0, 0)
    assert ann.standing.everything_is_there
    assert _fate(ann).startswith(": at the office, confirmed")


def test_the_writer_s_own_sending_ends_it_as_well(team: Team, stick: Path) -> None:
    ann, ben = _team_of_two(team)
    ann.note("also by the line")
    write(ann, centre(ann), stick)
    _read(ben, stick)
    read(ann, files(stick, ".fieldreceipt"))
    ann.settle()
    assert _handed(ann).is_there
    ann.note("written afterwards")
    assert _handed(ann).is_there, "what came later was not in it"
    assert ben.round().handed_on == 1
    assert ann.round().problem is None


def test_what_a_mate_took_in_goes_to_the_office_with_their_sending_and_its_receipts_come_home(
    office: Office, team: Team, stick: Path
) -> None:
    ann, ben = _team_of_two(team)
    ann.note("for the whole team")
    write(ann, mate(ann, "Ben Ode"), stick)
    _read(ben, stick)
    read(ann, files(stick, ".fieldreceipt"))
    assert _fate(ann) == ": carried by Ben Ode, not yet at the office"
    ben.settle()
    back = stick / "back"
    back.mkdir()
    write(ben, mate(ben, "Ann Other"), back)
    (home,) = read(ann, files(back))
    assert home.receipts
    assert _exposed(ann) == 0
    assert ann.round().problem is None


def test_over_a_cable_a_mate_also_carries_what_only_the_office_may_read(team: Team) -> None:
    ann, ben = _team_of_two(team, role="reader")
    secret = ann.note("said in confidence")
    value = Restriction(
        id=RecordId(new_id()), assessment=ann.meeting().assessment, about=secret.id, reason="Named people only"
    )
    ann.vault.perform(lambda uow: keep(uow, value, priority=0))
    shown, typed = _meet(ann, ben)
    assert shown.sealed > 0
    assert typed.carries
    assert ben.log[secret.id].content is None
    assert _fate(ann) == ": carried by Ben Ode, not yet at the office"
    assert not ann.standing.everything_is_there
    ben.settle()
    _meet(ben, ann)
    assert ann.standing.everything_is_there
    assert _exposed(ann) == 0


def test_parts_that_are_not_with_the_carrier_are_named(
    team: Team, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Split for a small stick: a word for one part says nothing of the other, and a copy cut in half gets none."""
    ann, ben = _team_of_two(team)
    monkeypatch.setattr("sync.bundle.giving.ENTRY_BYTES", 2**15)
    ann.note_many(200)
    given = write(ann, centre(ann), stick, limit=HEAD + 6 * PIECE)
    assert len(given.parts) > 1
    first, second, *_ = given.parts
    whole = second.read_bytes()
    second.write_bytes(whole[: len(whole) // 2 + 7])
    (cut,) = sticks.read(ben.call, ben.clock, [first, second]).accounts
    assert [one.code for one in cut.problems] == ["handover.cut_copy"]
    read(ann, files(stick, ".fieldreceipt"))
    assert "carried by Ben Ode but for part" in _fate(ann)
    second.write_bytes(whole)
    _read(ben, stick)
    read(ann, files(stick, ".fieldreceipt"))
    assert _fate(ann) == ": carried by Ben Ode, not yet at the office"
    assert ben.round().handed_on == len(given.parts)


def test_a_file_that_lies_in_several_parts_arrives_whole_whichever_part_came_first(
    team: Team, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.bundle.giving.FILE_BYTES", PIECE)
    ann, ben = _team_of_two(team)
    film = tmp_path / "film.bin"
    film.write_bytes(b"\1\2\3" * 200_000)
    with source_of(film) as source:
        taken = take_in(ann.vault.files, source, lambda done: None)
    meeting = ann.meeting()
    said = Said(assessment=meeting.assessment, visit=meeting.visit, about=RecordId(meeting.id), purpose="The ward")
    ann.vault.perform(lambda uow: attach(uow, taken, said))
    first, *rest = write(ann, centre(ann), stick, limit=HEAD + 8 * PIECE).parts
    assert len(rest) > 1
    sticks.read(ben.call, ben.clock, rest)
    ben.round()
    assert [one.exhibit for one in ann.call(lambda store: store.hand_over.files_for(""))]
    sticks.read(ben.call, ben.clock, [first])
    ben.round()
    ben.round()
    _read(ben, stick)
    read(ann, files(stick, ".fieldreceipt"))
    assert ann.call(lambda store: store.hand_over.files_for("")) == []
    assert not list(ben.folder.glob("carried/*.fieldbundle"))


def test_a_line_that_breaks_goes_on_where_the_store_has_read_to(
    team: Team, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.bundle.carrying.FIRST", 1)
    monkeypatch.setattr("sync.bundle.carrying._SOON", 0.0)
    ann, ben = _team_of_two(team)
    ann.note_many(1500)
    write(ann, centre(ann), stick)
    _read(ben, stick)
    broken = ben.engine.round(stopping=lambda: _carried(ben).next > 0).problem
    assert broken is not None
    assert broken.code == "send.stopped"
    assert _carried(ben).is_waiting
    assert ben.round().handed_on == 1
    assert not _carried(ben).is_waiting
    assert ann.round().receipts


def test_nobody_s_word_counts_but_a_known_laptop_s_of_this_office_on_a_file_of_one_s_own(
    team: Team, stick: Path
) -> None:
    ann, ben = _team_of_two(team)
    ann.note("one")
    write(ann, centre(ann), stick)
    _read(ben, stick)
    (word,) = files(stick, ".fieldreceipt")
    good = word.read_bytes()
    before = ann.call(lambda store: store.hand_over.handed())
    for bad in (good[:-1], good[:40], good[:-9] + b"x" * 9, good.replace(b"carrier receipt 1", b"carrier receipt 2")):
        word.write_bytes(bad)
        (account,) = read(ann, [word])
        assert account.problems
    assert ann.call(lambda store: store.hand_over.handed()) == before
    word.write_bytes(good)
    (theirs,) = read(ben, [word])
    assert [one.code for one in theirs.problems] == ["handover.not_for_you"]


def test_a_disk_without_room_or_a_stick_that_takes_no_answer_is_told_and_nothing_is_lost(
    team: Team, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = _team_of_two(team)
    ann.note("one")
    write(ann, centre(ann), stick)
    with monkeypatch.context() as full:
        full.setattr("sync.bundle.along.RESERVE", 2**60)
        found = _read(ben, stick)
    assert [one.problems[0].code for one in found.accounts] == ["handover.no_room"]
    assert (found.along, ben.round().handed_on) == ((), 0)
    stopper = stick / f"{files(stick)[0].stem}.with-BO-{ben.call(_device)[-4:]}.fieldreceipt.being-written"
    stopper.mkdir()
    found = _read(ben, stick)
    assert found.unanswered is not None
    assert len(found.along) == ben.round().handed_on == 1


def test_a_laptop_with_nothing_to_hand_in_asks_for_the_team_s_work(office: Office, team: Team, stick: Path) -> None:
    ann, ben = _team_of_two(team)
    ben.note("said at the other site")
    ben.settle()
    assert _waiting(ann) == 0
    given = write(ann, centre(ann), stick)
    assert given.handed.asks
    (done,) = at_office(office, stick)
    assert done.told.asks
    read(ann, files(stick, ".fieldreceipt"))
    assert "said at the other site" in ann.texts

    asked = stick / "asked"
    asked.mkdir()
    Giving(call=ann.call, clock=ann.clock, app=APP, asks=True).write(mate(ann, "Ben Ode"), asked, "ann")
    (account,) = read(ben, files(asked))
    assert account.asks
    assert account.is_whole
    with pytest.raises(Mistake, match=r"handover\.nothing"):
        Giving(call=ann.call, clock=ann.clock, app=APP, lacking=None, excluded=_all(ann)).write(
            mate(ann, "Ben Ode"), asked, "none"
        )


def _carried(laptop: Laptop) -> CarriedFile:
    (one,) = laptop.call(lambda store: store.hand_over.carrying.files())
    return one


def _device(store: SyncStore) -> str:
    return store.hand_over.me().device


def _read(laptop: Laptop, stick: Path) -> sticks.FromStick:
    return sticks.read(laptop.call, laptop.clock, files(stick))


def _handed(laptop: Laptop) -> HandedOver:
    handed = laptop.call(lambda store: store.hand_over.handed())
    return handed[0]


def _fate(laptop: Laptop) -> str:
    return fate(_handed(laptop), laptop.clock.now().date())


def _exposed(laptop: Laptop) -> int:
    return laptop.vault.questions.exposure().entries


def _waiting(laptop: Laptop) -> int:
    return laptop.call(lambda store: store.state()).unreceipted


def _all(laptop: Laptop) -> frozenset[str]:
    return frozenset(laptop.log)
