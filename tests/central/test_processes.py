"""Several server processes on one PostgreSQL database: one log, one numbering, one set of locks and counts."""

from __future__ import annotations

import io
import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from central import admin, tables, webhooks
from central.core import Core, find_device, open_core
from central.endpoint import refuse
from central.file_folder import FOLDER
from central.items import read_item
from central.keep import keep_within
from central.limits import Limits
from central.locks import alone
from central.log_lines import stop_writing, write_json
from central.running_settings import RunningSettings
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.domain.receipt import next_chain
from fieldkit.domain.revision import Revision, digest_of
from fieldkit.kernel.clock import SystemClock
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import new_id
from sync.wire import files as tus
from sync.wire.requests import request_headers
from sync.wire.routes import HELLO, PULL
from tests.central.kit import Laptop, Office, wire
from tests.central.serving import free_port, served
from tests.central.test_file_streams import Slowly, stream_head
from tests.central.test_files import DATA, attach
from tests.support.postgres import fresh_database

NAMES = ("Ada Lovelace", "Ben Brown")
WORDS = "Mrs Quillfeather was not safe"


@dataclass
class Place:
    """Where a store runs that this process did not start."""

    url: str


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, postgres: str) -> Iterator[tuple[Office, Settings, list[str]]]:
    """A store answered by two processes, with figures and a log, its office and (at the end) its log."""
    folder = tmp_path_factory.mktemp("together")
    with fresh_database(postgres) as url:
        running = RunningSettings(processes=2, metrics_port=free_port(), logs="json")
        settings = Settings(folder=folder, database_url=url, running=running)
        made = admin.init(settings, "Northmoor office")
        with served(settings) as (address, log):
            office = Office(settings, Place(address), made, SystemClock())  # type: ignore[arg-type]
            yield office, settings, log


@pytest.mark.slow
def test_pushes_to_two_processes_are_numbered_without_gaps_and_no_puller_misses_one(
    two: tuple[Office, Settings, list[str]],
) -> None:
    """Invariant 5, with two real processes and pullers beside them."""
    office, settings, _ = two
    place = new_id()
    first = office.laptop(NAMES[0])
    first.push(first.write(place, WORDS))
    writers = [office.laptop(f"Writer {n}", place) for n in range(3)]
    reader, done, seen = office.laptop("Reader", place), threading.Event(), list[Revision]()

    def write(laptop: Laptop) -> None:
        for _ in range(12):
            laptop.push(laptop.write(place))

    def read() -> None:
        cursor, last = 0, False
        while not last:
            last = done.is_set()
            page = reader.pull({place: cursor})
            seen.extend(page.revisions)
            assert page.cursors[place] >= cursor
            cursor = page.cursors[place]

    threads = [threading.Thread(target=write, args=(laptop,)) for laptop in writers]
    puller = threading.Thread(target=read)
    for thread in (puller, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    puller.join()
    wanted = {one.envelope.id for laptop in (first, *writers) for one in laptop.held}
    assert len(seen) == 37
    assert {one.envelope.id for one in seen} == wanted
    _assert_one_chain(settings)


def _assert_one_chain(settings: Settings) -> None:
    core = open_core(settings)
    log = tables.log.c
    with core.database.read() as connection:
        rows = connection.execute(sa.select(log.seq, log.revision, log.hash, log.chain, log.part).order_by(log.seq))
        chain = ""
        for number, row in enumerate(rows, 1):
            chain = next_chain(chain, row.revision, row.hash.hex(), row.part == "c")
            assert (row.seq, row.chain.hex()) == (number, chain)
    core.close()


@pytest.mark.slow
def test_a_slow_commit_in_one_process_is_never_overtaken_in_another(two: tuple[Office, Settings, list[str]]) -> None:
    """Invariant 5: the mutant ``seq_at_insert`` (a number taken before the commit) loses a note here."""
    office, settings, _ = two
    place, slow = new_id(), office.laptop("Slow")
    slow.push(slow.write(place))
    quick, reader = office.laptop("Quick", place), office.laptop("Onlooker", place)
    one, other = slow.write(place, "first"), quick.write(place, "second")
    core = open_core(settings)
    with core.database.write() as connection:
        device = find_device(connection, slow.device)
        assert device is not None
        keep_within(core, connection, device, [_item(one)])
        pushed = threading.Thread(target=quick.push, args=(other,))
        pushed.start()
        time.sleep(0.3)  # the other process has the note and waits for this transaction
        before = reader.pull({place: 0})
        assert pushed.is_alive()
    pushed.join()
    after = reader.pull(before.cursors)
    core.close()
    assert len(before.ids) == 1
    assert after.ids == [one.envelope.id, other.envelope.id]


def _item(revision: Revision) -> Any:
    return read_item(wire(revision), revision.hash, digest_of(revision.salt or b"", revision.content or b""))


@pytest.mark.slow
def test_of_two_who_bring_the_same_part_to_two_processes_one_is_written(
    two: tuple[Office, Settings, list[str]],
) -> None:
    """Both streams are open at once; one is answered 204, the other 409, and no byte of the other lies on the disk."""
    office, settings, _ = two
    ada = office.laptop("Ada Files")
    revision = attach(ada, new_id())
    other = start_in_thread(replace(settings, port=0, running=replace(settings.running, processes=1, metrics_port=0)))
    try:
        headers = {tus.LENGTH: str(len(DATA)), tus.METADATA: tus.revision_metadata(revision.envelope.id)}
        signed = request_headers(ada.device, ada.key, "POST", "/v1/files", b"")
        begun = office.send("POST", "/v1/files", b"", {**tus.TUS, **signed, **headers})
        place = {name.lower(): value for name, value in begun.headers.items()}["location"]
        parts = (DATA[:200_000], bytes(200_000))
        head = stream_head(ada, place, 0)
        streams = [
            Slowly(url, place, head, len(part))
            for url, part in zip((office.running.url, other.url), parts, strict=True)
        ]
        for stream, part in zip(streams, parts, strict=True):
            stream.line.send(part[:100_000])
        time.sleep(0.2)  # both have begun
        for stream, part in zip(streams, parts, strict=True):
            stream.line.send(part[100_000:])
        answers = [stream.status() for stream in streams]
        for stream in streams:
            stream.line.close()
        assert sorted(answers) == [204, 409]
        lies = (settings.folder / FOLDER / "coming" / place.rpartition("/")[2]).read_bytes()
        assert lies == parts[answers.index(204)]
    finally:
        other.stop()


def test_figures_are_those_of_all_processes_and_tell_of_nobody(two: tuple[Office, Settings, list[str]]) -> None:
    office, settings, _ = two
    laptop = office.laptop("Counted")
    for _ in range(20):
        laptop.hello()
    told = _figures(settings)
    assert _value(told, 'fieldkit_requests_total{route="hello",status="200"}') >= 20
    assert _value(told, "fieldkit_database_up") == 1
    assert _value(told, "fieldkit_epochs") == 1
    assert _value(told, "fieldkit_log_number") >= 1
    for private in (*NAMES, "Counted", laptop.device, laptop.user, WORDS.split()[1], office.made.token):
        assert private not in told


@pytest.mark.slow
def test_the_log_of_a_whole_journey_names_nobody(tmp_path: Path, postgres: str) -> None:
    with fresh_database(postgres) as url:
        settings = Settings(folder=tmp_path, database_url=url, running=RunningSettings(logs="json"))
        made = admin.init(settings, "Northmoor office")
        webhooks.add(settings, "Duty desk", f"http://127.0.0.1:{free_port()}/nobody")
        with served(settings) as (address, log):
            office = Office(settings, Place(address), made, SystemClock())  # type: ignore[arg-type]
            private = _journey(office)
            time.sleep(2.5)  # the webhook is tried, and nobody answers
    assert len(log) > 12
    lines = [json.loads(line) for line in log]
    routes = {line.get("route") for line in lines}
    assert {"enrol", "push", "pull", "hello", "entries", "other"} <= routes
    assert any(line["event"] == "a webhook was not answered" for line in lines)
    assert all(set(line) <= {"at", "level", "event", "request", "route", "status", "ms", "sent", "attempt", "process",
                             "fault", "count"} for line in lines)  # fmt: skip
    for word in private:
        assert not any(word in line for line in log), word


def _journey(office: Office) -> list[str]:
    """What a laptop does in a day, some of it wrong; every word of it that is about somebody."""
    ada, place = office.laptop(NAMES[0]), new_id()
    code = admin.invite(office.settings, NAMES[1], [], "member").code
    ada.push(ada.write(place, WORDS), ada.write(place, WORDS, kind="escalation", priority=0))
    ben = office.laptop(NAMES[1], place)
    ben.pull({place: 0})
    assert office.read(f"/v1/assessments/{place}/entries").status == 200
    assert office.send("GET", f"/{NAMES[0].split()[0]}/{place}").status == 404
    assert office.send("POST", "/v1/enrol", json.dumps({"code": code, "name": NAMES[0]}).encode()).status == 400
    forged = office.send("GET", "/v1/assessments", headers={"Authorization": f"Bearer {WORDS.replace(' ', '')}"})
    assert forged.status == 401
    return [
        *NAMES, "Ada", "Lovelace", "Brown", "Quillfeather", place, ada.device, ben.device, ada.user, code,
        office.made.token, "127.0.0.1", ada.key.public.hex(),
    ]  # fmt: skip


def _figures(settings: Settings) -> str:
    address = f"http://127.0.0.1:{settings.running.metrics_port}/metrics"
    with urllib.request.urlopen(address, timeout=10) as reply:
        return str(reply.read().decode())


def _value(told: str, name: str) -> float:
    return next(float(line.rpartition(" ")[2]) for line in told.splitlines() if line.startswith(name + " "))


def test_a_lock_is_held_by_one_of_all_processes_and_let_go_by_one_that_dies(postgres: str) -> None:
    from central.database import Database

    with fresh_database(postgres) as url:
        one, other = Database(url), Database(url)
        inside: list[str] = []
        with alone(one, "upload/1"):
            held = threading.Thread(target=lambda: _enter(other, "upload/1", inside))
            free = threading.Thread(target=lambda: _enter(other, "upload/2", inside))
            held.start()
            free.start()
            free.join()
            assert inside == ["upload/2"]
            with one.apart() as connection:  # as where the process that holds it is killed
                connection.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                    " AND pid <> pg_backend_pid()"
                )
            inside.append("died")
        held.join()
        assert inside == ["upload/2", "died", "upload/1"]
        one.close()
        other.close()


def _enter(database: Any, name: str, inside: list[str]) -> None:
    with alone(database, name):
        inside.append(name)


def test_a_busy_laptop_is_counted_by_all_processes_together(postgres: str, tmp_path: Path) -> None:
    """What is handed in has a count of its own, so reading never keeps an urgent note waiting."""
    with fresh_database(postgres) as url:
        settings = Settings(folder=tmp_path, database_url=url)
        admin.init(settings, "Northmoor")
        core = open_core(settings)
        running = RunningSettings(laptop_a_minute=50, hand_in_a_minute=60)
        processes = [Limits(running, b"key"), Limits(running, b"key")]
        answers = [_asked(processes[n % 2], core) for n in range(100)]
        assert 50 <= answers.count(0) <= 60
        assert 0 < answers[-1] <= 66
        processes[0].allow_laptop(HELLO, "laptop")
        processes[0].allow_laptop(PULL, "another laptop")
        core.close()


def _asked(limits: Limits, core: Core) -> int:
    """0 where the laptop may ask once more, else in how many seconds."""
    try:
        limits.allow_laptop(PULL, "laptop")
    except Refusal as refusal:
        return int(str(refusal.details["retry_after"]))
    limits.level(core.database)
    return 0


def test_a_fault_is_logged_by_its_kind_and_place_and_never_by_its_words() -> None:
    stream = io.StringIO()
    handler = write_json(stream)
    try:
        raise ValueError(WORDS) from KeyError(NAMES[0])
    except ValueError as error:
        refuse(error)
    finally:
        stop_writing(handler)
    line = json.loads(stream.getvalue())
    assert [one["kind"] for one in line["fault"]] == ["ValueError", "KeyError"]
    assert line["fault"][0]["at"][0].startswith("tests/central/test_processes.py:")
    assert "Quillfeather" not in stream.getvalue()
    assert NAMES[0] not in stream.getvalue()


def test_who_asks_too_much_is_told_when_to_come_back(postgres: str, tmp_path: Path) -> None:
    from central.serve import start_in_thread

    settings = Settings(folder=tmp_path, port=0, running=RunningSettings(address_a_minute=5))
    made = admin.init(settings, "Northmoor")
    running = start_in_thread(settings)
    office = Office(settings, running, made, SystemClock())  # type: ignore[arg-type]
    replies = [office.send("GET", "/health") for _ in range(12)]
    running.stop()
    last = replies[-1]
    assert (last.status, last.code) == (429, "central.too_many")
    assert 0 < int(last.headers["retry-after"]) <= 66


def test_several_processes_need_a_database_made_for_them(tmp_path: Path) -> None:
    from central.serve import serve

    settings = Settings(folder=tmp_path)
    admin.init(settings, "Northmoor")
    with pytest.raises(Mistake, match=r"central\.one_process"):
        serve(replace(settings, running=RunningSettings(processes=2)))
