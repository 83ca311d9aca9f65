"""What the office says of this laptop in sentences: who decides about what waits there, and that it be erased."""

from __future__ import annotations

import json

from fieldkit.app.laptop_word import ERASE, WAITING
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.team_store import ROLES, Part, as_setting
from tests.presenters.room import Room, type_line
from ui.presenters.exposure import ExposurePage
from ui.presenters.laptop_words import apart_words, laptop_needs, laptop_words
from ui.presenters.send import Send


def test_it_says_who_decides_about_what_waits_and_who_asks_for_the_vault_to_be_erased(room: Room) -> None:
    def heard(uow: UnitOfWork) -> None:
        uow.set_setting(WAITING, "2")
        asked = {"at": "2025-11-12T12:00:00.000Z", "by": "B. Mason", "reason": "The laptop goes back"}
        uow.set_setting(ERASE, json.dumps(asked))

    room.vault.perform(heard)
    now = room.clock.now()
    waits, erase = laptop_words(room.vault.questions, now)
    assert waits.startswith("2 records of yours")
    assert "until the team’s lead or administrator decides" in waits
    assert erase.startswith("B. Mason asks for this vault to be erased: The laptop goes back")
    assert laptop_needs(room.vault.questions, now) == (
        "B. Mason asks you to erase this vault once all is handed in: The laptop goes back",
    )


def test_who_only_reads_is_told_at_their_first_note_what_becomes_of_it_and_goes_on_writing(room: Room) -> None:
    waits = (
        "Your role on the team of Northshire is reader, which hands nothing in. What you write there is kept, here and"
        " at the office, and the team sees it once its lead or administrator lets it in"
    )
    parts = {str(room.activity.assessment): Part(role="reader")}
    room.vault.perform(lambda uow: uow.set_setting(ROLES, as_setting(parts)))
    assert apart_words(room.vault.questions) == ()  # they have written nothing
    log = room.open_log()
    said = []
    for text in ("Waits fell", "Waits rose"):
        type_line(log, text)
        log.save()
        said.append([one.text for one in log.state.remarks])
    assert said == [[waits], []]
    assert len(room.rows()) == 2
    assert laptop_words(room.vault.questions, room.clock.now()) == (waits,)
    send, page = Send(room.session), ExposurePage(room.session)
    send.load()
    page.load()
    assert send.state.apart == waits
    assert waits in page.state.explanation
    room.vault.perform(lambda uow: uow.set_setting(ROLES, as_setting({one: Part(role="lead") for one in parts})))
    assert apart_words(room.vault.questions) == ()
