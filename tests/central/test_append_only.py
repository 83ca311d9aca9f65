"""The log and the sheets can only be added to, whoever asks the database."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from central import admin
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import new_id
from tests.central.kit import Office


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET outcome = 'erased'",
        "UPDATE log SET content = NULL, salt = NULL",
        "UPDATE log SET envelope = salt",
        "DELETE FROM log",
        "UPDATE sheet SET data = signature",
        "DELETE FROM sheet",
    ],
)
def test_changing_what_was_kept_is_refused_by_the_database_itself(office: Office, statement: str) -> None:
    ada = office.laptop("Ada")
    ada.push(ada.write(new_id()))
    with (
        pytest.raises(sa.exc.DBAPIError, match="only ever added to"),
        office.running.core.database.write() as connection,
    ):
        connection.exec_driver_sql(statement)


def test_erasure_by_law_destroys_the_content_and_keeps_the_envelope(office: Office) -> None:
    ada, place = office.laptop("Ada"), new_id()
    note, other = ada.write(place, "a name that must go"), ada.write(place)
    first = ada.push()
    assert admin.erase(office.settings, note.envelope.id, "request of 12 November", office.clock) == 1
    ben = office.laptop("Ben", place)
    assert ben.pull({place: 0}).revisions == [note.sealed(), other]
    assert ada.push(other).sheets == first.sheets
    assert ada.push(note).outcomes([note]) == ["erased"]
    assert ada.push(note).outcomes([note]) == ["erased"]
    assert ben.pull({place: 0}).revisions == [note.sealed(), other, note.sealed()]
    assert ada.missing([note, other]) == []
    with pytest.raises(sa.exc.DBAPIError), office.running.core.database.write() as connection:
        connection.exec_driver_sql(f"UPDATE log SET salt = NULL, kind = 'x' WHERE revision = '{note.envelope.id}'")


def test_what_is_erased_before_it_comes_is_kept_without_its_content(office: Office) -> None:
    ada, place = office.laptop("Ada"), new_id()
    note = ada.write(place)
    assert admin.erase(office.settings, note.envelope.id, "request", office.clock) == 0
    assert [(line.outcome.value, line.has_content) for line in ada.push().lines.values()] == [("erased", False)]
    with office.running.core.database.read() as connection:
        assert connection.exec_driver_sql("SELECT content, salt FROM log").all() == [(None, None)]


def test_an_erasure_needs_a_reason_and_a_revision(office: Office) -> None:
    with pytest.raises(Mistake, match=r"central\.no_reason"):
        admin.erase(office.settings, new_id(), " ")
    with pytest.raises(Mistake, match=r"central\.revision"):
        admin.erase(office.settings, "note 7", "why")
