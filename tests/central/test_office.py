"""Making a store, looking at it, and what lies on its disk."""

from __future__ import annotations

import json
import socket
import stat
from pathlib import Path

import pytest

from central import admin
from central.core import open_core
from central.overview import members
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.kernel.ids import new_id
from tests.central.kit import Office


@pytest.fixture
def plain(tmp_path: Path) -> Settings:
    """A store on SQLite that is not made yet."""
    return Settings(folder=tmp_path / "central", port=0)


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path, database_url='postgresql://a:"\\x@h/d', host="::1", port=9)
    settings.save()
    assert Settings.load(tmp_path) == settings


@pytest.mark.parametrize("text", ["", "database_url = 1", "host = [", 'database_url = ""\nhost = ""\nport = "x"'])
def test_settings_that_do_not_read_say_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "central.toml").write_text(text)
    with pytest.raises(Trouble, match=r"central\.settings"):
        Settings.load(tmp_path)


def test_secrets_are_for_their_owner_only(plain: Settings) -> None:
    admin.init(plain, "Northmoor")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in plain.folder.iterdir()}
    assert modes.keys() >= {"central.toml", "office.token", "central.db"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(plain.folder.stat().st_mode) == 0o700


def test_the_token_reads_the_store_and_is_not_in_its_database(plain: Settings) -> None:
    made = admin.init(plain, "Northmoor")
    assert plain.token_file.read_text().strip() == made.token
    assert made.token.encode() not in (plain.folder / "central.db").read_bytes()


def test_a_store_is_made_once(settings: Settings) -> None:
    made = admin.init(settings, "Northmoor")
    with pytest.raises(Mistake, match=r"central\.exists"):
        admin.init(settings, "Southmoor")
    assert admin.show(settings).store == made.store
    assert settings.token_file.read_text().strip() == made.token


def test_a_store_needs_an_office(plain: Settings) -> None:
    with pytest.raises(Mistake, match=r"central\.no_office"):
        admin.init(plain, "  ")
    assert not plain.folder.exists()


def test_where_no_store_was_made_nothing_is_made_by_looking(plain: Settings) -> None:
    for act in (admin.show, members, start_in_thread, open_core):
        with pytest.raises(Trouble, match=r"central\.no_store"):
            act(plain)
    with pytest.raises(Trouble, match=r"central\.no_store"):
        Settings.load(plain.folder)
    assert not plain.folder.exists()


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "postgresql+pg8000://x/y"])
def test_a_database_we_do_not_use_is_refused(plain: Settings, url: str) -> None:
    with pytest.raises(Trouble, match=r"central\.database_url"):
        admin.init(Settings(folder=plain.folder, database_url=url), "Northmoor")


def test_a_database_that_does_not_answer_says_so(plain: Settings) -> None:
    silent = Settings(folder=plain.folder, database_url="postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Trouble, match=r"central\.database"):
        admin.init(silent, "Northmoor")
    with pytest.raises(Trouble, match=r"central\.database"):
        admin.show(silent)


def test_a_port_in_use_says_so(plain: Settings) -> None:
    admin.init(plain, "Northmoor")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=r"central\.port"):
            start_in_thread(Settings(folder=plain.folder, port=port))


def test_a_store_that_was_stopped_goes_on_where_it_was(plain: Settings, clock: FixedClock) -> None:
    made, place = admin.init(plain, "Northmoor", clock), new_id()
    office = Office(plain, start_in_thread(plain, clock), made, clock)
    ada = office.laptop("Ada")
    ada.write(place)
    first = ada.push()
    office.running.stop()
    office.running.stop()
    office.running = start_in_thread(plain, clock)
    try:
        assert ada.push().sheets == first.sheets
    finally:
        office.running.stop()


def test_the_overview_tells_of_people_laptops_and_assessments(office: Office) -> None:
    ada, place = office.laptop("Ada"), new_id()
    ada.push(ada.write(place))
    office.laptop("Ben", place, role="reader")
    admin.invite(office.settings, "Cleo", [place], clock=office.clock)
    overview = admin.show(office.settings)
    assert (overview.office, overview.revisions, overview.witness.seq) == ("Northmoor office", 1, 1)
    assert [(person.name, person.devices) for person in overview.people] == [("Ada", 1), ("Ben", 1), ("Cleo", 0)]
    assert overview.people[1].teams == {place: "reader"}
    assert [(laptop.person, laptop.status, laptop.high) for laptop in overview.laptops] == [
        ("Ada", "active", 1),
        ("Ben", "active", 0),
    ]
    assert [item.id for item in overview.assessments] == [place]
    assert overview.fingerprint == office.made.fingerprint
    assert members(office.settings) == overview.people


def test_the_office_sees_when_a_laptop_was_last_heard_from_to_a_quarter_of_an_hour(office: Office) -> None:
    ada = office.laptop("Ada")
    ada.hello()
    for seconds, seen in ((600, "2026-11-12T09:00:00.000Z"), (600, "2026-11-12T09:20:00.000Z")):
        office.clock.jump(seconds)
        ada.hello()
        assert [laptop.seen_at for laptop in admin.show(office.settings).laptops] == [seen]


def test_a_role_can_be_changed_and_a_stranger_cannot_be_added(office: Office) -> None:
    ada, place = office.laptop("Ada"), new_id()
    ada.push(ada.write(place))
    ben = office.laptop("Ben", place, role="reader")
    assert admin.add_member(office.settings, "Ben", place) == 0
    note = ben.write(place)
    assert ben.push(note).outcomes([note]) == ["accepted"]
    for name, where, code in (("Dan", place, "person_unknown"), ("Ben", new_id(), "assessment_unknown")):
        with pytest.raises(Mistake, match=code):
            admin.add_member(office.settings, name, where)


def test_health_tells_that_the_database_answers(office: Office) -> None:
    assert office.send("GET", "/health").json == {"ok": True, "store": office.made.store, "protocol": 1}


def test_no_answer_may_be_kept_by_a_cache_or_taken_for_another_kind(office: Office) -> None:
    for path in ("/health", "/v1/hello", "/openapi.json", "/docs"):
        reply = office.send("GET", path)
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "server" not in reply.headers
        assert json.dumps(reply.headers)
