"""What was erased is in no file of the store's database afterwards, or the store says that it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from central.database import make_engine
from central.erasing import Erased, erase_record
from central.off_disk import Disk
from fieldkit.kernel.ids import new_id
from tests.central.kit import Office

SHORT, LONG = "Zanzibarquartz was named", "Quillfeatherly wrote all of it down. "
BY = "D. Officer"


def asking(office: Office, statement: str) -> list[str]:
    engine = make_engine(office.settings.url, is_pooled=False)
    try:
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            found = connection.execute(sa.text(statement))
            return [str(row[0]) for row in found] if found.returns_rows else []
    finally:
        engine.dispose()


def files(office: Office) -> Iterator[Path]:
    """Every file of the store, and of its database's tables, as they are after a checkpoint."""
    yield from (one for one in office.settings.folder.rglob("*") if one.is_file())
    if office.settings.database_url:
        asking(office, "CHECKPOINT")
        (place,) = asking(office, "SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        (number,) = asking(office, "SELECT oid FROM pg_database WHERE datname = current_database()")
        yield from (one for one in (Path(place) / "base" / number).iterdir() if one.is_file())


def holding(office: Office, words: str) -> list[str]:
    return [one.name for one in files(office) if words.encode() in one.read_bytes()]


def erased(office: Office, revision: str, *, off_disk: bool = True) -> Erased:
    return erase_record(office.settings, revision, "request", BY, off_disk=off_disk, clock=office.clock)


def test_no_file_of_the_store_holds_the_words_of_what_was_erased(office: Office) -> None:
    """A short note, which lies in the row, and a long one, which lies in pages of its own."""
    ada, place = office.laptop("Ada"), new_id()
    notes = [ada.write(place, SHORT), ada.write(place, LONG + "".join(new_id() for _ in range(600))), ada.write(place)]
    ada.push(*notes)
    assert holding(office, SHORT)
    assert holding(office, LONG)
    whole = Disk.REWRITTEN if office.settings.database_url else Disk.OVERWRITTEN
    assert [erased(office, one.envelope.id).disk for one in notes[:2]] == [whole, whole]
    assert holding(office, SHORT) == holding(office, LONG) == []
    assert holding(office, notes[2].envelope.id)
    assert ada.push(*notes).trailer.corrupt == []


@pytest.mark.parametrize("prepared", ["postgresql"], indirect=True)
def test_who_still_reads_keeps_the_bytes_and_the_store_says_so_and_can_be_asked_again(office: Office) -> None:
    ada, place = office.laptop("Ada"), new_id()
    note = ada.write(place, SHORT)
    ada.push(note)
    engine = make_engine(office.settings.url, is_pooled=False)
    with engine.execution_options(isolation_level="REPEATABLE READ").begin() as reading:
        reading.execute(sa.text("SELECT 1 FROM store"))  # its picture of the database is from before
        assert erased(office, note.envelope.id).disk is Disk.SEEN
        assert holding(office, SHORT)
    engine.dispose()
    again = erased(office, note.envelope.id)
    assert (again.contents, again.disk) == (0, Disk.REWRITTEN)
    assert holding(office, SHORT) == []


@pytest.mark.parametrize("prepared", ["postgresql"], indirect=True)
def test_a_table_that_somebody_keeps_is_not_waited_for_without_end(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, place = office.laptop("Ada"), new_id()
    note = ada.write(place, SHORT)
    ada.push(note)
    monkeypatch.setattr("central.database._BUSY_MS", 200)
    engine = make_engine(office.settings.url, is_pooled=False)
    with engine.begin() as keeping:
        keeping.execute(sa.text("LOCK TABLE log IN ACCESS SHARE MODE"))
        found = erased(office, note.envelope.id)
    engine.dispose()
    assert (found.contents, found.disk) == (1, Disk.BUSY)
