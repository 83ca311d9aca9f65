"""Who did or looked at what: on record before it is shown, and provable to whoever keeps the list."""

from __future__ import annotations

import hashlib
import json
import threading

import pytest
import sqlalchemy as sa

from central import admin, audit, readers
from central.audit import Line
from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.ids import new_id
from fieldkit.kernel.signing import VerifyKey
from tests.central.kit import Office


def test_acts_of_the_office_and_what_is_read_without_a_laptop_are_on_record(office: Office) -> None:
    ada, place = office.laptop("Ada"), new_id()
    ada.push(ada.write(place))
    ben = office.laptop("Ben", place)
    key = readers.make_key(office.settings, "Ben", office.clock)
    office.read(f"/v1/assessments/{place}/entries")
    for what in ("entries", "records"):
        path = f"/v1/assessments/{place}/{what}"
        assert office.send("GET", path, headers={"Authorization": f"Bearer {key}"}).status == 200
        assert ben.ask("GET", path).status == 200
    admin.revoke(office.settings, ben.device, office.clock)
    lines = audit.listed(office.settings)
    assert [(one.act, one.about) for one in lines[-5:]] == [
        ("key.made", ben.user), ("notes.read", place), ("notes.read", place), ("records.read", place),
        ("laptop.revoked", ben.device),
    ]  # fmt: skip
    assert [one.actor for one in lines[-4:-1]] == [audit.OFFICE_TOKEN, ben.user, ben.user]
    assert [one.number for one in lines] == list(range(1, len(lines) + 1))


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit WHERE number = 2"])
def test_the_database_itself_refuses_to_change_it_and_the_hashes_show_who_did_so_all_the_same(
    office: Office, statement: str
) -> None:
    for name in ("Ada", "Ben", "Cas"):
        admin.invite(office.settings, name, [], clock=office.clock)
    database = office.running.core.database
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), database.write() as connection:
        connection.exec_driver_sql(statement)
    assert audit.checked(office.settings)[1] is None
    with database.write() as connection:  # as somebody would who may do everything with the database
        if database.is_postgresql:
            connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER USER")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_update")
            connection.exec_driver_sql("DROP TRIGGER audit_delete")
        connection.exec_driver_sql(statement)
    assert audit.checked(office.settings)[1] in {1, 2}


def test_lines_written_at_once_are_one_chain(office: Office) -> None:
    core = office.running.core
    threads = [threading.Thread(target=audit.note_alone, args=(core, "tried", str(n))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    head, wrong = audit.checked(office.settings)
    assert (head.number, wrong) == (12, None)


def test_an_export_is_proved_by_whoever_has_it_and_the_offices_key(office: Office) -> None:
    admin.invite(office.settings, "Ada", [], clock=office.clock)
    *rows, last = [json.loads(line) for line in audit.exported(office.settings, office.clock)]
    before = ""
    for row in rows:
        line = Line(**row)
        assert audit.hash_of(before, line) == line.hash
        before = line.hash
    assert before == last["head"]["hash"]
    assert rows[-1]["act"] == "audit.exported"
    key = VerifyKey(bytes.fromhex(office.made.store))
    assert key.holds(bytes.fromhex(last["signature"]), b"fieldkit/audit/v1\0" + canonical(last["head"]))
    told = {name: rows[0][name] for name in ("number", "at", "actor", "act", "about")}
    told["details"] = canonical(rows[0]["details"]).decode()
    assert hashlib.sha256(canonical(told)).hexdigest() == rows[0]["hash"]
