"""``vault verify`` finds and names every fault that is planted, and nothing in an honest vault."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import NamedTuple

import pytest

from fieldkit.app.entries import add_addendum, file_evidence, withdraw_entry
from fieldkit.domain.assessment import Activity
from fieldkit.domain.entry import Entry
from fieldkit.domain.receipt import Cursor, Witness
from fieldkit.kernel.ids import DeviceId
from fieldkit.kernel.signing import SigningKey
from storage import pages
from storage.engine import Database
from storage.log import Logged, insert, next_n
from storage.vault import OpenVault
from tests.storage.office import Office
from tests.storage.team import ASSESSMENT, VISIT, Teammate, a_tag, a_visit, an_id
from tests.storage.waiting import pull
from tests.support.vaults import a_meeting, do, note, tag


class Scene(NamedTuple):
    """A vault with something of everything in it."""

    vault: OpenVault
    db: Database
    activity: Activity
    first: Entry
    second: Entry
    mate: Teammate
    office: Office


@pytest.fixture
def scene(vault: OpenVault) -> Scene:
    """Notes, addenda, tags, a withdrawal, receipts, a team-mate's notes and a second device."""
    office, mate = Office(), Teammate("ann")
    office.enrol(vault)
    activity = a_meeting(vault)
    first, second = note(vault, activity, "the recovery plan", tag()), note(vault, activity, "the winter plan")
    do(vault, lambda uow: add_addendum(uow, first.id, "asked again", "said later"))
    do(vault, lambda uow: file_evidence(uow, first.id, added=[tag("safe_systems")]))
    do(vault, lambda uow: withdraw_entry(uow, second.id, "twice"))
    office.take_all(vault)
    page = [*mate.sets_out(), mate.note("one", "theirs", a_tag("1")), mate.adds("one", "more"), mate.note("two", "x")]
    cursor, seen = Cursor(assessment=ASSESSMENT, epoch="e", seq=9), Witness(epoch="e", seq=9, chain="c" * 64)
    vault.sync_store.apply_page(page, [mate.device_key], cursor, seen)
    vault.sync_store.keep_certificate(office.certificate(vault.sync_store.state().head, 1))
    vault.sync_store.start_incarnation(DeviceId(an_id("second")), SigningKey.generate())
    note(vault, activity, "by the second device", tag())
    return Scene(vault, vault._db, activity, first, second, mate, office)


def test_an_honest_vault_has_nothing_to_find_and_is_left_as_it_was(scene: Scene) -> None:
    stages: list[str] = []
    before = scene.db.rows("SELECT name, sql FROM sqlite_master UNION ALL SELECT name, sql FROM sqlite_temp_master")
    assert scene.vault.verify(lambda stage, done, total: stages.append(stage)) == []
    assert set(stages) == {"pages", "log", "receipts", "projections", "search"}
    after = scene.db.rows("SELECT name, sql FROM sqlite_master UNION ALL SELECT name, sql FROM sqlite_temp_master")
    assert after == before


def test_a_run_that_its_maker_signed_at_the_end_alone_is_no_damage_of_this_vault(scene: Scene) -> None:
    maker = scene.mate
    run = [maker.note(f"run {n}", "x", a_tag(f"run {n}")) for n in range(6)]
    page = [one if n == 4 else dataclasses.replace(one, signature=bytes(64)) for n, one in enumerate(run[:5])]
    pull(scene.vault, maker, *page)
    assert len([one for one in scene.vault.questions.revisions() if one.signature == bytes(64)]) == 4
    assert scene.vault.verify() == []
    scene.db.run("UPDATE revisions SET signature = zeroblob(64) WHERE id = ?", (run[4].envelope.id,))
    found = [(one.code, one.revision) for one in scene.vault.verify()]
    assert found == [("verify.signature", one.envelope.id) for one in run[:5]], "nothing signs for them any more"


def test_a_signature_of_this_vault_s_own_that_is_broken_is_damage_even_inside_a_run(scene: Scene) -> None:
    scene.db.run("UPDATE revisions SET signature = zeroblob(64) WHERE id = ?", (scene.first.id,))
    assert [(one.code, one.revision) for one in scene.vault.verify()] == [("verify.signature", scene.first.id)]


def test_a_rebuild_of_a_tampered_vault_makes_it_level_again(scene: Scene) -> None:
    for table in ("entries", "tags", "outbox", "records", "pointers", "later"):
        scene.db.run(f"DELETE FROM {table}")
    scene.db.run("INSERT INTO entry_words (entry_words) VALUES ('delete-all')")
    assert scene.vault.verify() != []
    scene.vault.rebuild()
    assert scene.vault.verify() == []


def _content_swapped(scene: Scene) -> None:
    scene.db.run(
        "UPDATE revisions SET content = CAST(replace(CAST(content AS TEXT), 'recovery', 'discovery') AS BLOB)"
        " WHERE record = ?",
        (scene.first.id,),
    )


def _contents_exchanged(scene: Scene) -> None:
    content = scene.db.rows("SELECT content, salt FROM revisions WHERE record = ?", (scene.second.id,))[0]
    scene.db.run("UPDATE revisions SET content = ?, salt = ? WHERE record = ?", (*content, scene.first.id))


def _salt_lost(scene: Scene) -> None:
    scene.db.run("UPDATE revisions SET salt = NULL WHERE record = ?", (scene.first.id,))


def _signature_broken(scene: Scene) -> None:
    scene.db.run("UPDATE revisions SET signature = zeroblob(64) WHERE record = ?", (scene.first.id,))


def _envelope_altered(scene: Scene) -> None:
    scene.db.run(
        "UPDATE revisions SET envelope = CAST(replace(CAST(envelope AS TEXT), '\"priority\":1', '\"priority\":2')"
        " AS BLOB), priority = 2 WHERE record = ?",
        (scene.first.id,),
    )


def _envelope_unreadable(scene: Scene) -> None:
    scene.db.run("UPDATE revisions SET envelope = CAST('{}' AS BLOB) WHERE record = ?", (scene.first.id,))


def _columns_differ(scene: Scene) -> None:
    scene.db.run("UPDATE revisions SET recorded_at = '2020-01-01T00:00:00.000Z' WHERE record = ?", (scene.first.id,))


def _revision_taken_out(scene: Scene) -> None:
    scene.db.run("DELETE FROM revisions WHERE record = ?", (scene.second.id,))


def _end_taken_off(scene: Scene) -> None:
    scene.db.run("DELETE FROM revisions WHERE n = (SELECT max(n) FROM revisions)")


def _head_moved(scene: Scene) -> None:
    scene.db.run("UPDATE own_devices SET seq = seq - 1 WHERE incarnation = 1")


def _team_key_forgotten(scene: Scene) -> None:
    scene.db.run("DELETE FROM team_devices")


def _team_author_changed(scene: Scene) -> None:
    scene.db.run("UPDATE team_devices SET author = ?", (an_id("nobody"),))


def _projection_altered(scene: Scene) -> None:
    scene.db.run("UPDATE entries SET sharing = 2 WHERE id = ?", (scene.second.id,))


def _projection_lost(scene: Scene) -> None:
    scene.db.run("DELETE FROM tags WHERE n = (SELECT n FROM entries WHERE id = ?)", (scene.first.id,))


def _outbox_emptied(scene: Scene) -> None:
    scene.db.run("DELETE FROM outbox")


def _index_altered(scene: Scene) -> None:
    scene.db.run(
        "INSERT INTO entry_words (entry_words, rowid, text, addenda)"
        " SELECT 'delete', n, text, addenda FROM entry_text WHERE n = (SELECT n FROM entries WHERE id = ?)",
        (scene.first.id,),
    )


def _index_surplus(scene: Scene) -> None:
    scene.db.run("INSERT INTO entry_words (rowid, text, addenda) VALUES (9999, 'never said', '')")


def _receipt_forged(scene: Scene) -> None:
    scene.db.run(
        "INSERT INTO receipts (revision, epoch, seq, hash, outcome, has_content, code, received_at, sheet)"
        " SELECT id, 'epoch-1', 999, hash, 'accepted', 1, '', '2026-11-12T17:00:00.000Z', 1 FROM revisions"
        " WHERE record = ?",
        (scene.second.id,),
    )


def _receipt_bettered(scene: Scene) -> None:
    scene.db.run("UPDATE receipts SET has_content = 1 WHERE has_content = 0")


def _sheet_forged(scene: Scene) -> None:
    scene.db.run("UPDATE sheets SET data = CAST(replace(CAST(data AS TEXT), 'T17:00', 'T16:00') AS BLOB)")


def _certificate_forged(scene: Scene) -> None:
    scene.db.run("UPDATE certificates SET data = CAST(replace(CAST(data AS TEXT), 'T17:30', 'T23:59') AS BLOB)")


def _receipt_of_other_bytes(scene: Scene) -> None:
    scene.db.run("UPDATE receipts SET hash = ? WHERE seq = 4", ("f" * 64,))


PLANTED: dict[Callable[[Scene], None], str] = {
    _content_swapped: "verify.digest",
    _contents_exchanged: "verify.digest",
    _salt_lost: "verify.digest",
    _signature_broken: "verify.signature",
    _envelope_altered: "verify.hash",
    _envelope_unreadable: "verify.envelope",
    _columns_differ: "verify.columns",
    _revision_taken_out: "verify.gap",
    _end_taken_off: "verify.head",
    _head_moved: "verify.head",
    _team_key_forgotten: "verify.unknown_device",
    _team_author_changed: "verify.author",
    _projection_altered: "verify.projection",
    _projection_lost: "verify.projection",
    _outbox_emptied: "verify.projection",
    _index_altered: "verify.search",
    _index_surplus: "verify.search",
    _receipt_forged: "verify.receipt_line",
    _receipt_bettered: "verify.receipt_line",
    _sheet_forged: "verify.receipt",
    _certificate_forged: "verify.certificate",
    _receipt_of_other_bytes: "verify.receipt_hash",
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__.strip("_"))
def test_each_planted_fault_is_found_and_named(scene: Scene, plant: Callable[[Scene], None]) -> None:
    plant(scene)
    found = scene.vault.verify()
    assert PLANTED[plant] in {finding.code for finding in found}
    assert all("{" not in finding.sentence for finding in found)


def test_a_swapped_content_is_named_by_its_revision(scene: Scene) -> None:
    _content_swapped(scene)
    (revision,) = scene.db.rows("SELECT id FROM revisions WHERE record = ?", (scene.first.id,))[0]
    (finding,) = [one for one in scene.vault.verify() if one.code == "verify.digest"]
    assert finding.revision == revision
    assert finding.sentence == f"The content of entry {revision} is not the content that was signed."


def test_a_revision_put_into_a_team_mates_chain_is_found(scene: Scene) -> None:
    forger = Teammate("ann")
    for _ in range(3):
        forger.note("other history", "x")
    fork = forger.note("forked", "put in", a_tag("9"))
    held = scene.db.rows("SELECT id FROM revisions WHERE device = ? AND seq = 4", (fork.envelope.device,))
    scene.db.run("DELETE FROM revisions WHERE id = ?", held[0])
    insert(scene.db, [Logged(n=next_n(scene.db), here=False, revision=fork)])
    assert "verify.chain" in {finding.code for finding in scene.vault.verify()}


def test_parents_of_another_record_are_found(scene: Scene) -> None:
    other = scene.db.rows("SELECT id FROM revisions WHERE record = ?", (ASSESSMENT,))[0][0]
    strange = scene.mate.note("three", "x", a_tag("3"))
    crossed = scene.mate.say(VISIT, a_visit("moved"), parents=(other,))
    with scene.db.transaction():
        pages.apply(scene.db, [strange, crossed], [scene.mate.device_key], "2026-11-12T10:00:00.000Z")
    found = {(finding.code, finding.revision) for finding in scene.vault.verify()}
    assert found == {("verify.parents", crossed.envelope.id)}


def test_receipts_without_an_office_are_found(scene: Scene) -> None:
    scene.db.run("DELETE FROM enrolment")
    assert "verify.no_store_key" in {finding.code for finding in scene.vault.verify()}
