"""A vault that an older FieldKit wrote opens, loses nothing, and answers what only the new shape can.

``vault-0001`` was made by the version before 0002 through its own use cases: two visits, notes of every mark, a tag put
on and one taken off later, words added, a note withdrawn, everything but the last note sent and receipted.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldkit.app.filter_names import Known, understand
from fieldkit.app.rows import EntryFilter, Facet, Term
from fieldkit.domain.consent import Agreed
from fieldkit.domain.evidence import Acquisition, Bearing
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from storage import schema, sieve_fill
from storage.engine import Database
from storage.vault import OpenVault, open_vault
from tests.storage.team import ASSESSMENT, Teammate, a_secondary, a_tag
from tests.storage.waiting import pull
from tests.support.vaults import PASSPHRASE, new_vault

_KEPT = Path(__file__).with_name("vault-0001")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the old vault: the one that is kept stays as it is."""
    copy = tmp_path / "vault"
    shutil.copytree(_KEPT, copy)
    (copy / "vault.key").chmod(0o600)
    return copy


@pytest.fixture
def opened(folder: Path, clock: FixedClock) -> Iterator[OpenVault]:
    """The old vault as this version opens it."""
    vault = open_vault(folder, PASSPHRASE, clock)
    yield vault
    vault.close()


def test_it_is_backed_up_first_and_proved_afterwards(folder: Path, opened: OpenVault) -> None:
    assert schema.version_of(opened._db) == schema.EXPECTED_REVISION
    assert opened.verify() == []
    assert len(list((folder / "backups").glob(f"*-before-{schema.EXPECTED_REVISION}.db"))) == 1


def test_the_second_opening_has_nothing_to_do(folder: Path, clock: FixedClock) -> None:
    for _ in range(2):
        vault = open_vault(folder, PASSPHRASE, clock)
        assert vault.verify() == []
        vault.close()
    assert len(list((folder / "backups").glob("*-before-*.db"))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 6), ("is:withdrawn", 1), ("is:untagged", 2), ("is:risk", 1), ("is:quote who:ch", 1), ("is:mark", 1),
        ("qs:lc", 2), ("qs:lc ec:ob", 1), ("qs:gm", 1), ("bearing:neutral", 4), ("came:collected", 4), ("came:held", 0),
        ("from:interview", 3), ('visit:"Visit 1"', 3),
        ("on:12nov", 3), ("on:18nov2026", 3), ("status:waiting", 1), ("status:sent", 3), ("status:stays", 2),
        ("by:AO", 6), ("cover", 1), ("days", 1), ("-qs:lc -is:untagged", 2),
    ],
)  # fmt: skip
def test_its_notes_are_found_by_everything_that_was_added_since(opened: OpenVault, text: str, expected: int) -> None:
    questions = opened.questions
    assessment = questions.assessments()[0].assessment
    visits = tuple(questions.visits(assessment.id))
    known = Known(
        today=date(2026, 11, 20), frameworks=(Library().load("ics", "2023.1"),), visits=visits,
        activities=tuple(row.activity for visit in visits for row in questions.activities(visit.id)),
        people=tuple(person for visit in visits for person in questions.people(visit.id)),
        authors=tuple(questions.assessors(assessment.id)),
    )  # fmt: skip
    found = understand(text, known)
    assert found.problems == ()
    wanted = EntryFilter(assessment=assessment.id, words=found.words, terms=found.terms)
    assert len(questions.entries(wanted)) == expected


def test_an_upgrade_that_is_cut_off_leaves_the_vault_as_it_was(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_: Database) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(sieve_fill, "fill", cut)
        with pytest.raises(OSError, match="power cut"):
            open_vault(folder, PASSPHRASE, clock)
    vault = open_vault(folder, PASSPHRASE, clock)
    assert vault.verify() == []
    vault.close()


def test_what_a_later_version_sent_to_an_older_one_is_read_once_that_is_brought_up_to_date(
    tmp_path: Path, clock: FixedClock
) -> None:
    """``vault-0002`` was made by the version before records of fieldwork; a team-mate's later one sent it a consent."""
    folder = tmp_path / "vault"
    shutil.copytree(_KEPT.with_name("vault-0002"), folder)
    (folder / "vault.key").chmod(0o600)
    vault = open_vault(folder, PASSPHRASE, clock)
    try:
        assert schema.version_of(vault._db) == schema.EXPECTED_REVISION
        assert vault.verify() == []
        assert [row.made_later for row in vault.questions.assessments()] == [0, 0]
        (consent,) = vault.questions.records("consent", assessment=ASSESSMENT)
        assert consent.value.agreed is Agreed.WITHDRAWN
        notes = vault.questions.entries(EntryFilter(assessment=ASSESSMENT))
        assert {row.barred for row in notes} == {Agreed.WITHDRAWN}
        assert vault.questions.exposure().entries == 2, "our own notes are as they were"
    finally:
        vault.close()


def test_what_tags_say_is_read_from_the_log_by_the_step_that_tells_it(tmp_path: Path, clock: FixedClock) -> None:
    """The table of tags as the version before 0008 left it: neither bearing nor how evidence came."""
    vault, mate = new_vault(tmp_path / "vault", clock), Teammate("Bea")
    tag = replace(a_tag("t1", "a"), bearing=Bearing.SHORTFALL, acquisition=Acquisition.REQUESTED)
    pull(vault, mate, *mate.sets_out(), mate.note("n1", "The rota had gaps", tag), mate.note("n2", "No tag"))
    folder, db = vault.folder, vault._db
    with db.transaction():
        db.run("CREATE TABLE old AS SELECT statement, n, item, pack, category FROM tags")
        db.run("DROP TABLE tags")
        db.run("ALTER TABLE old RENAME TO tags")
        db.run("DROP TABLE secondary")
        db.run("UPDATE alembic_version SET version_num = '0007'")
    vault.close()
    again = open_vault(folder, PASSPHRASE, clock)
    try:
        assert again.verify() == []
        terms = (Term(facet=Facet.BEARING, values=("shortfall",)), Term(facet=Facet.CAME, values=("requested",)))
        found = again.questions.entries(EntryFilter(assessment=ASSESSMENT, terms=terms))
        assert [row.entry.text for row in found] == ["The rota had gaps"]
    finally:
        again.close()


def test_secondary_tags_that_a_later_laptop_sent_are_found_once_this_one_is_brought_up_to_date(
    tmp_path: Path, clock: FixedClock
) -> None:
    """The versions before 0009 kept such a filing byte for byte and read its other tags."""
    vault, mate = new_vault(tmp_path / "vault", clock), Teammate("Bea")
    notes = (mate.note("n1", "The rota had gaps", a_tag("t1", "a")), mate.note("n2", "No more said", a_tag("t2", "a")))
    filed = (
        mate.files("n1", secondary=[a_secondary("p1"), a_secondary("p2", "social-economic")]),
        mate.files("n1", secondary_removed=[a_secondary("p2").id]),
    )
    pull(vault, mate, *mate.sets_out(), *notes, *filed)
    folder, db = vault.folder, vault._db
    with db.transaction():
        db.run("DROP TABLE secondary")
        db.run("UPDATE alembic_version SET version_num = '0008'")
    vault.close()
    again = open_vault(folder, PASSPHRASE, clock)
    try:
        assert again.verify() == []
        assert [_found(again, f"ics/purposes/{one}") for one in ("productivity", "social-economic")] == [
            ["The rota had gaps"], [],
        ]  # fmt: skip
    finally:
        again.close()


def _found(vault: OpenVault, tag: str) -> list[str]:
    terms = (Term(facet=Facet.SECONDARY, values=(tag,)),)
    return [row.entry.text for row in vault.questions.entries(EntryFilter(assessment=ASSESSMENT, terms=terms))]
