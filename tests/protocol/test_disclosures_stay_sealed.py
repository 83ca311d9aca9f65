"""A restricted disclosure, taken and handed over in the real window, is nowhere but with who took it and its holder.

Two laptops of a team, one of the guardian, a real central store on both databases. Everything that anybody else can
look at is looked at: screens, commands, answers of the store, every file, every byte on the wire.
"""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import zstandard
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication

from fieldkit.app.ports import Identity, Questions
from fieldkit.domain.disclosure import Disclosure
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.signing import VerifyKey
from storage.vault import OpenVault, create_vault, open_vault
from sync.enrol import enrol
from sync.http import CentralStore
from sync.wire.requests import request_headers
from sync.wire.routes import ROUTES
from tests.central.kit import Office
from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.tour_interview import unlock
from tests.protocol.test_privacy import everything_on_the_wire, everything_the_office_has
from tests.support import traces
from tests.support.command_walk import command, listing_commands
from tests.support.fault_proxy import FaultProxy
from tests.support.laptop import APP, Laptop, unstretched
from tests.support.widget_words import everything_in_widgets, spoken_words, texts_of
from ui.presenters.box_door import Stage as Box
from ui.presenters.disclosures.words import in_words
from ui.presenters.page import Page

BOX = "seven green bottles hang"
SAID = {
    "text": "The xylorimba manager tells nights not to report falls", "who": "Quillfeather, staff nurse",
    "contact": "ring 07700900461", "about": "Brambletooth", "organisation": "Thistlewick House",
    "wishes": "Fears fernwhistle", "told": "Told of damsonberry",
}  # fmt: skip
ADDED = "She rang again about the marzipanic keys"
BEGUN = "An oscilloquip draft"
WORDS = (
    "xylorimba", "quillfeather", "07700900461", "brambletooth", "thistlewick", "fernwhistle", "damsonberry",
    "marzipanic", "oscilloquip",
)  # fmt: skip
POINTER = "Speaking-up lead of the regulator"
_K = Qt.Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The office, its network, and where each laptop lies."""

    office: Office
    network: FaultProxy
    clock: FixedClock
    asha: Path
    ben: Path
    guardian: Path


@pytest.fixture
def scene(
    office: Office, network: FaultProxy, clock: FixedClock, tmp_path: Path, qapp: QApplication
) -> Iterator[Scene]:
    with unstretched():
        yield Scene(
            office=office, network=network, clock=clock, asha=tmp_path / "asha", ben=tmp_path / "ben",
            guardian=tmp_path / "guardian",
        )  # fmt: skip


def test_nobody_but_the_holder_learns_a_word_of_it_by_any_way_there_is(
    scene: Scene, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _people(scene)
    words = _guardian_holds_the_role(scene)
    reference, assessment = _taken_and_handed_over(scene, words)
    _ben_reads_what_the_team_has(scene, assessment, reference)
    _commands_say_nothing(scene, tmp_path, reference)
    _the_store_answers_nothing(scene, assessment, reference)
    _no_byte_anywhere(scene, tmp_path, caplog)
    read = _guardian_reads_it(scene)
    assert {name: getattr(read, name) for name in SAID} == SAID
    assert [one.text for one in read.additions] == [ADDED]
    assert (read.reference, read.taken_by) == (reference, "Asha Smith")
    _no_byte_anywhere(scene, tmp_path, caplog)


def test_the_search_finds_what_it_has_to_find() -> None:
    plain = f"… {SAID['text']} …"
    for data in (
        plain.encode(), plain.encode("utf-16-le"), plain.upper().encode("utf-16-be"), plain.encode().hex().encode(),
        json.dumps({"a": base64.b64encode(b"xx" + plain.encode()).decode()}).encode(),
        b"head" + zstandard.ZstdCompressor().compress(base64.b64encode(plain.encode())),
    ):  # fmt: skip
        assert traces.found(WORDS, data) == {"xylorimba"}


# The people ------------------------------------------------------------------------------------------------------


def _people(scene: Scene) -> None:
    worlds.own(scene.asha)
    with closing(open_vault(scene.asha / "vault", PASSPHRASE, scene.clock)) as vault:
        _join(scene, vault, "Asha Smith")
    with closing(
        create_vault(scene.guardian / "vault", PASSPHRASE, name="G. Guardian", initials="GG", clock=scene.clock)
    ) as vault:
        _join(scene, vault, "G. Guardian")
    assert command(scene.asha, "central", "role", str(scene.office.settings.folder), "G. Guardian", "speaking_up")


def _join(scene: Scene, vault: OpenVault, name: str) -> None:
    from central import admin

    code = admin.invite(scene.office.settings, name, (), "member", scene.clock).code
    identity = vault.perform(lambda uow: uow.identity)[0]
    enrol(
        scene.network.url, code, identity, lambda use: use(vault.sync_store), clock=scene.clock, app=APP,
        connect=CentralStore,
    )  # fmt: skip


def _guardian_holds_the_role(scene: Scene) -> str:
    """Set up, hold the role, tell the office: by keys. Returns the six words they will be asked for."""
    with Stage(scene.guardian, clock=scene.clock) as stage:
        unlock(stage)
        page = _to_the_box(stage)
        _set_up(stage)
        for button in ("disclosures.hold", "disclosures.publish"):
            stage.settle()
            stage.tab_to(button)
            stage.press(_K.Key_Return)
            stage.until(lambda: page.state.notice and not page.state.busy)
        assert page.state.notice == "The office knows your key", page.state.fault
        return in_words(page.state.restricted.public)


def _guardian_reads_it(scene: Scene) -> Disclosure:
    with Stage(scene.guardian, clock=scene.clock) as stage:
        unlock(stage)
        page = _to_the_box(stage)
        _open(stage)
        stage.tab_to("disclosures.collect")
        stage.press(_K.Key_Return)
        stage.until(lambda: page.state.restricted.disclosures or page.state.fault)
        one: Disclosure = page.state.restricted.disclosures[0]
        page.choose(one.reference)
        stage.settle()
        assert traces.found(WORDS, everything_in_widgets()) >= {"xylorimba", "quillfeather", "marzipanic"}
        stage.until(lambda: not _waiting_at_the_office(scene))
        return one


def _waiting_at_the_office(scene: Scene) -> int:
    engine = sa.create_engine(scene.office.settings.url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM sealed").scalar_one())


# Asha takes it ---------------------------------------------------------------------------------------------------


def _taken_and_handed_over(scene: Scene, words: str) -> tuple[str, str]:
    with Stage(scene.asha, clock=scene.clock) as stage:
        unlock(stage)
        stage.bench.send.send_now()
        stage.until(lambda: stage.bench.session.workspace.ask(lambda q: q.standing()).result().everything_is_there)
        page = _to_the_box(stage)
        _set_up(stage)
        before = _counts(stage)
        _trust(stage, words)
        _begin_and_leave(stage)
        _take(stage)
        reference = page.state.restricted.disclosures[0].reference
        _add_words(stage)
        stage.tab_to("disclosures.hand_over.0")
        stage.press(_K.Key_Return)
        stage.until(lambda: page.state.notice.startswith("Handed over") or page.state.fault)
        assert page.state.fault == ""
        assert page.state.restricted.disclosures[0].hand_overs[0].to == "G. Guardian"
        stage.press(_K.Key_F9)
        stage.settle()
        assert page.state.stage is Box.SHUT
        assert traces.found(WORDS, everything_in_widgets()) == set()
        stage.press(_K.Key_F9)
        stage.settle()
        assert _counts(stage) == before, "nothing counts it, and its box is as large as when it was empty"
        _open(stage)
        _leave_pointer(stage)
        page.shut()
        _walk(stage, reference)
        stage.bench.send.send_now()
        rounds = stage.bench.session.office.state.rounds
        stage.until(lambda: stage.bench.session.office.state.rounds > rounds)
        assessment = stage.bench.assessment
        assert assessment is not None
        return reference, str(assessment)


def _to_the_box(stage: Stage) -> Any:
    stage.chord(_K.Key_K)
    stage.type("restricted")
    stage.settle()
    stage.press(_K.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.DISCLOSURES)
    stage.settle()
    return stage.bench.presenter(Page.DISCLOSURES)


def _set_up(stage: Stage) -> None:
    stage.tab_to("disclosures.new.passphrase")
    stage.type(BOX)
    stage.press(_K.Key_Tab)
    stage.type(BOX)
    stage.press(_K.Key_Return)
    _is_open(stage)


def _open(stage: Stage) -> None:
    stage.tab_to("disclosures.passphrase")
    stage.type(BOX)
    stage.press(_K.Key_Return)
    _is_open(stage)


def _is_open(stage: Stage) -> None:
    stage.until(lambda: stage.bench.presenter(Page.DISCLOSURES).state.stage is Box.OPEN)  # type: ignore[union-attr]
    stage.settle()


def _trust(stage: Stage, words: str) -> None:
    page: Any = stage.bench.presenter(Page.DISCLOSURES)
    stage.tab_to("disclosures.look_up")
    stage.press(_K.Key_Return)
    stage.until(lambda: page.state.offered or page.state.fault)
    assert words in "\n".join(spoken_words(stage.window)), "the words that the guardian reads out"
    stage.tab_to("disclosures.trust.0")
    stage.press(_K.Key_Return)
    stage.until(lambda: page.state.restricted.holders)
    stage.settle()


def _begin_and_leave(stage: Stage) -> None:
    """A draft is on disk a second after the last key, the screen is hidden, and it comes back once the box is open."""
    page: Any = stage.bench.presenter(Page.DISCLOSURES)
    stage.tab_to("disclosures.take")
    stage.press(_K.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "disclosures.take.text")
    stage.type(BEGUN)
    stage.pass_seconds(1.2)
    questions = stage.bench.session.workspace.ask(lambda q: q.drafts()).result()
    assert questions == [], "no draft of it stands among the drafts"
    stage.press(_K.Key_F9)
    stage.settle()
    stage.press(_K.Key_F9)
    stage.settle()
    assert page.state.stage is Box.SHUT
    assert traces.found(WORDS, everything_in_widgets()) == set()
    _open(stage)
    stage.tab_to("disclosures.take")
    stage.press(_K.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "disclosures.take.text")
    assert page.state.panel.form.state.values["text"] == BEGUN
    stage.chord(_K.Key_A)
    stage.chord(_K.Key_C)
    assert "oscilloquip" in QGuiApplication.clipboard().text()
    marks = QGuiApplication.clipboard().mimeData().formats()
    assert any("ExcludeClipboardContentFromMonitorProcessing" in mark for mark in marks)
    stage.press(_K.Key_Delete)


def _take(stage: Stage) -> None:
    page: Any = stage.bench.presenter(Page.DISCLOSURES)
    stage.type(SAID["text"])
    stage.press(_K.Key_Tab)
    stage.press(_K.Key_Down)
    stage.press(_K.Key_Space)
    for name in ("who", "contact", "about", "organisation", "wishes", "told"):
        stage.tab_to(f"disclosures.take.{name}")
        stage.type(SAID[name])
    stage.chord(_K.Key_Return)
    stage.until(lambda: page.state.restricted.disclosures or page.state.panel.form.state.errors)
    stage.settle()


def _add_words(stage: Stage) -> None:
    page: Any = stage.bench.presenter(Page.DISCLOSURES)
    _to_details(stage, "disclosures.add_words")
    stage.press(_K.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "disclosures.words.text")
    stage.type(ADDED)
    stage.chord(_K.Key_Return)
    stage.until(lambda: page.state.restricted.disclosures[0].additions)
    stage.settle()
    _to_details(stage, "disclosures.hand_over.0")


def _to_details(stage: Stage, button: str) -> None:
    page: Any = stage.bench.presenter(Page.DISCLOSURES)
    page.choose(page.state.restricted.disclosures[0].reference)
    stage.desk.show_details()
    stage.settle()
    stage.tab_to(button)


def _leave_pointer(stage: Stage) -> None:
    _to_details(stage, "disclosures.pointer")
    stage.press(_K.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "disclosures.pointer.passed_to")
    stage.type(POINTER)
    stage.chord(_K.Key_Return)
    stage.until(lambda: stage.bench.session.workspace.ask(lambda q: q.records("pointer")).result())
    stage.settle()


def _counts(stage: Stage) -> object:
    """Everything that counts or measures anything on a laptop."""

    def read(questions: Questions) -> object:
        return (
            questions.exposure(), questions.standing(), questions.send_preview(), questions.visit_counts(),
            len(questions.drafts()), questions.info().entries, len(list(questions.revisions())),
            len(questions.setting("box/restricted") or ""), len(questions.setting("box/restricted/draft") or ""),
        )  # fmt: skip

    return stage.bench.session.workspace.ask(read).result()


# Looking -----------------------------------------------------------------------------------------------------------


def _walk(stage: Stage, reference: str) -> None:
    """Every screen, with what a screen reader is told, then the palette with each word."""
    for page in (
        Page.HOME, Page.VISIT, Page.EVIDENCE, Page.COVERAGE, Page.ESCALATIONS, Page.CASES, Page.SEND, Page.EXPOSURE,
        Page.SETTINGS, Page.HELP, Page.DISCLOSURES,
    ):  # fmt: skip
        stage.bench.go(page)
        stage.settle()
        assert traces.found(WORDS, "\n".join(spoken_words(stage.window)).encode()) == set(), page
        assert "disclosure" not in stage.window.windowTitle().lower()
        if page is Page.ESCALATIONS:
            assert f"reference {reference}" in "\n".join(spoken_words(stage.window)), "what everybody sees"
        if page is not Page.DISCLOSURES:
            assert "seven green" not in "\n".join(spoken_words(stage.window))
    assert traces.found(WORDS, everything_in_widgets()) == set()
    for word in WORDS:
        stage.chord(_K.Key_K)
        stage.type(word)
        stage.pass_seconds(0.15)
        stage.settle()
        rows = [one for one in stage.window.findChildren(QAbstractItemView) if one.objectName().startswith("palette")]
        found = b"\n".join(str(texts_of(one.model())).encode() for one in rows)
        assert rows
        assert traces.found(WORDS, found) == set(), "only what was searched for stands there, in the field"
        stage.press(_K.Key_Escape)
        stage.press(_K.Key_Escape)
    stage.chord(_K.Key_K)
    stage.type(reference)
    stage.until(lambda: "Concern passed on" in "\n".join(spoken_words(stage.window)))
    stage.press(_K.Key_Escape)
    stage.press(_K.Key_Escape)


def _ben_reads_what_the_team_has(scene: Scene, assessment: str, reference: str) -> None:
    laptop = Laptop(scene.ben / "vault", "Ben Brown", scene.clock)
    laptop.join(scene.office.settings, scene.network.url, assessment)
    laptop.settle()
    (pointer,) = laptop.vault.questions.records("pointer")
    assert pointer.value.title == f"Concern passed on, reference {reference}"
    assert pointer.value.passed_to == POINTER
    assert laptop.vault.verify() == []
    laptop.vault.change_passphrase(_LAPTOP, PASSPHRASE)
    laptop.close()
    with Stage(scene.ben, clock=scene.clock) as stage:
        unlock(stage)
        _walk(stage, reference)


# Commands ----------------------------------------------------------------------------------------------------------


def _commands_say_nothing(scene: Scene, tmp_path: Path, reference: str) -> None:
    for home in (scene.asha, scene.ben):
        out = tmp_path / "taken-out"
        out.mkdir(exist_ok=True)
        said = "".join(command(home, *line) for line in listing_commands())
        for word in WORDS:
            said += command(home, "search", word).replace(word, "") + command(home, "find", word).replace(word, "")
        said += command(home, "vault", "backup", str(out / f"{home.name}.fkbackup"))
        said += command(home, "export", "json", "--out", str(out / f"{home.name}.json"))
        assert traces.found(WORDS, said.encode()) == set()
        assert reference in said, "the neutral pointer is there for everybody"
        assert reference in (out / f"{home.name}.json").read_text(encoding="utf-8")


# The store -----------------------------------------------------------------------------------------------------------


def _the_store_answers_nothing(scene: Scene, assessment: str, reference: str) -> None:
    """Every route that gives anything, asked by the one who took it, a team-mate, a reader and with the token."""
    office = scene.office
    reader = office.laptop("Rita Reader", assessment, role="reader")
    identities = {"reader": (reader.device, reader.key)}
    for home in (scene.asha, scene.ben):
        with closing(open_vault(home / "vault", PASSPHRASE, scene.clock)) as vault:
            identity: Identity = vault.perform(lambda uow: uow.identity)[0]
        identities[home.name] = (identity.device, identity.key)
    (sealed,) = _column(office, "SELECT id FROM sealed")
    revisions = _column(office, "SELECT revision FROM log")
    heard = b""
    for route in ROUTES:
        if route.method not in ("GET", "HEAD", "OPTIONS"):
            continue
        for revision in revisions if "{revision}" in route.path else [""]:
            path = route.path.format(assessment=assessment, revision=revision, sealed=sealed, upload=sealed)
            for device, key in identities.values():
                reply = office.send(route.method, path, headers=request_headers(device, key, route.method, path, b""))
                heard += reply.body + str(reply.headers).encode()
            reply = office.read(path)
            heard += reply.body + str(reply.headers).encode()
    assert reference.encode() in heard, "the pointer"
    assert traces.found(WORDS, heard) == set()
    for who in ("reader", "asha", "ben"):
        device, key = identities[who]
        path = "/v1/sealed"
        reply = office.send("GET", path, headers=request_headers(device, key, "GET", path, b""))
        assert reply.code == "central.not_holder"
        path = f"/v1/sealed/{sealed}"
        reply = office.send("DELETE", path, headers=request_headers(device, key, "DELETE", path, b""))
        assert reply.code == "central.not_holder"
    _nothing_tells_who_brought_it(scene)


def _nothing_tells_who_brought_it(scene: Scene) -> None:
    engine = sa.create_engine(scene.office.settings.url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM sealed").mappings()
    with closing(open_vault(scene.asha / "vault", PASSPHRASE, scene.clock)) as vault:
        identity: Identity = vault.perform(lambda uow: uow.identity)[0]
    assert set(row) == {"id", "public", "day", "digest", "data"}
    kept = b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in row.values())
    for trace in (identity.device, identity.author, identity.key.public.hex(), "Asha"):
        assert traces.found([str(trace)], kept) == set()
    assert not VerifyKey(identity.key.public).holds(bytes(row["data"])[-64:], bytes(row["data"])[:-64])


def _column(office: Office, question: str) -> list[str]:
    engine = sa.create_engine(office.settings.url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return [str(row[0]) for row in connection.exec_driver_sql(question)]


# Bytes ---------------------------------------------------------------------------------------------------------------


def _no_byte_anywhere(scene: Scene, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert traces.in_folder(WORDS, tmp_path) == {}, "folders of laptops and store, backups, exports"
    assert traces.found(WORDS, everything_the_office_has(scene.office)) == set()
    assert traces.found(WORDS, everything_on_the_wire(scene.network)) == set()
    assert traces.found(WORDS, caplog.text.encode()) == set()
    for home in (scene.asha, scene.ben, scene.guardian):  # whoever has the vault's own passphrase, or its recovery
        if (home / "vault").exists():
            with closing(open_vault(home / "vault", PASSPHRASE, scene.clock)) as vault:
                assert traces.found(WORDS, _rows_of(vault)) == set(), home.name


def _rows_of(vault: OpenVault) -> bytes:
    """The value of each column of each table of the open vault."""
    database = vault._db
    tables = [row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = []
    for table in tables:
        for row in database.rows(f'SELECT * FROM "{table}"'):
            found += [value if isinstance(value, bytes) else str(value).encode() for value in tuple(row)]
    return b"\n".join(found)


_LAPTOP = "four words for a laptop"
