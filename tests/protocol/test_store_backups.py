"""A store that is gone, put back from yesterday's backup on other machines: laptops bring the rest by themselves."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from central import backup, tables
from central.core import open_core
from central.running_settings import RunningSettings
from central.settings import Settings
from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.kernel.ids import RecordId
from tests.central.kit import Office
from tests.central.serving import served
from tests.protocol.conftest import Team
from tests.support.fault_proxy import FaultProxy
from tests.support.laptop import Laptop
from tests.support.postgres import fresh_database


def _attach(laptop: Laptop, data: bytes) -> Attachment:
    activity = laptop.meeting()
    taken = take_bytes(laptop.vault.files, data, "letter.pdf")
    said = Said(
        assessment=activity.assessment, visit=activity.visit, about=RecordId(activity.id), purpose="Shows the waits"
    )
    return laptop.vault.perform(lambda uow: attach(uow, taken, said))[0]


@contextmanager
def _new_place(request: pytest.FixtureRequest, settings: Settings, kept: Path, folder: Path) -> Iterator[Settings]:
    """Where the store is put back: a new folder, and for a server's a new and empty database."""
    if settings.database_file is not None:
        yield replace(backup.restored_settings(kept, folder, ""), running=RunningSettings())
        return
    with fresh_database(request.getfixturevalue("postgres")) as url:
        yield replace(backup.restored_settings(kept, folder, url), running=RunningSettings(processes=2))


@pytest.mark.slow
def test_a_store_put_back_elsewhere_is_healed_by_its_laptops_words_and_files(
    request: pytest.FixtureRequest, office: Office, team: Team, network: FaultProxy, tmp_path: Path
) -> None:
    """Invariant 26: pg_dump and restore (or SQLite's online backup), with files, answered by two processes after."""
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note("Before the backup")
    before = _attach(ada, b"kept by the backup" * 1000)
    ada.settle()
    kept = tmp_path / "kept"
    told = backup.make(office.settings, kept, office.clock)
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    ada.note("After the backup")
    after = _attach(ada, b"only on a laptop since" * 1000)
    ada.settle()
    bob.settle()
    office.running.stop()
    shutil.rmtree(office.settings.folder)
    with _new_place(request, office.settings, kept, tmp_path / "again") as settings:
        assert backup.restore(kept, settings)["number"] == told["number"]
        with served(settings) as (url, _):
            network.upstream = url
            for laptop in (ada, ada):
                laptop.settle(most=6)
        core = open_core(settings)
        with core.database.read() as connection:
            log = tables.log.c
            held = set(
                connection.execute(sa.select(log.revision).where(log.assessment == meeting.assessment)).scalars()
            )
            epochs = connection.execute(sa.select(sa.func.count(tables.epoch.c.id))).scalar_one()
            assert backup.broken_chain(connection) is None
        core.close()
        wanted = {one for one, revision in ada.log.items() if revision.envelope.assessment == meeting.assessment}
        assert held >= wanted
        assert epochs == 2
        for value in (before, after):
            path = settings.folder / "files" / value.sha256[:2] / value.sha256[2:4] / value.sha256
            assert hashlib.sha256(path.read_bytes()).hexdigest() == value.sha256
    assert ada.standing.everything_is_there


def test_a_backup_that_is_not_whole_is_not_put_back(office: Office, team: Team, tmp_path: Path) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    kept = tmp_path / "kept"
    told = backup.make(office.settings, kept, office.clock)
    assert backup.check(kept) == told
    with pytest.raises(Mistake, match=r"central\.backup_exists"):
        backup.make(office.settings, kept, office.clock)
    with pytest.raises(Mistake, match=r"central\.restore_target"):
        backup.restore(kept, office.settings)
    piece = kept / told["database"]
    data = bytearray(piece.read_bytes())
    data[len(data) // 2] ^= 1
    piece.write_bytes(data)
    with pytest.raises(Trouble, match=r"central\.backup_damaged"):
        backup.restore(kept, replace(office.settings, folder=tmp_path / "again", database_url=""))
    assert not (tmp_path / "again").exists()
