"""What the office says of this laptop in sentences: who decides about what waits there, and that it be erased."""

from __future__ import annotations

import json

from fieldkit.app.laptop_word import ERASE, WAITING
from fieldkit.app.ports import UnitOfWork
from tests.presenters.room import Room
from ui.presenters.laptop_words import laptop_needs, laptop_words


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
