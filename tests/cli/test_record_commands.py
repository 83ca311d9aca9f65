"""Records of fieldwork by command: listed by kind, shown with their history, found by their words."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from fieldkit.app.records import keep, revise
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.kernel.ids import ActivityId, RecordId, new_id
from storage.vault import open_vault
from tests.cli.conftest import PASSPHRASE, Shell


@pytest.fixture
def recorded(settled: Shell) -> Shell:
    """A case that was described twice, a consent about its meeting, and a note."""
    settled.ok("note", "add", stdin="Waits for the pathway grew #lc\n")
    (note,) = settled.json("note", "list")
    with closing(open_vault(settled.home / "vault", PASSPHRASE, settled.clock)) as vault:
        subject = vault.questions.activity(ActivityId(note["activity"]))
        case = Case(
            id=RecordId(new_id()), assessment=subject.assessment, code="C01", description="Pathway after a stroke"
        )
        consent = Consent(
            id=RecordId(new_id()), assessment=subject.assessment, about=RecordId(subject.id), agreed=Agreed.GIVEN
        )
        vault.perform(lambda uow: keep(uow, case))
        vault.perform(lambda uow: keep(uow, consent))
        vault.perform(lambda uow: revise(uow, replace(case, description="Pathway after a second stroke")))
    return settled


def test_records_are_listed_by_kind_in_words_and_for_programs(recorded: Shell) -> None:
    said = recorded.ok("record", "list")
    assert "Case C01, Pathway after a second stroke" in said.out
    assert "Consent: given" in said.out
    (case,) = recorded.json("record", "list", "--kind", "Case")
    assert (case["kind"], case["content"]["code"], case["heads"], case["status"]) == ("case", "C01", 1, "waiting")
    assert recorded.json("record", "list", "--assessment", "Northshire", "--kind", "touchpoint") == []
    refused = recorded("record", "list", "--kind", "hologram", "--json")
    assert (refused.code, refused.problem) == (2, "cli.choice")


def test_one_record_is_shown_by_the_end_of_its_id_with_every_account(recorded: Shell) -> None:
    (case,) = recorded.json("record", "list", "--kind", "case")
    said = recorded.ok("record", "show", case["id"][-8:])
    assert "description: Pathway after a second stroke" in said.out
    assert "after a stroke" not in said.out
    shown = recorded.json("record", "show", case["id"], "--history")
    assert [one["content"]["description"] for one in shown["history"]] == [
        "Pathway after a stroke", "Pathway after a second stroke",
    ]  # fmt: skip
    assert recorded("record", "show", "ffffffff", "--json").problem == "cli.not_found"


def test_a_search_finds_notes_and_records(recorded: Shell) -> None:
    found = recorded.json("search", "pathw")
    assert [one["text"] for one in found["notes"]] == ["Waits for the pathway grew"]
    assert [one["kind"] for one in found["records"]] == ["case"]
    said = recorded.ok("search", "pathway")
    assert "Waits for the pathway grew" in said.out
    assert "Case C01" in said.out
    assert recorded.ok("search", "nowhere").out == "Nothing was found.\n"


def test_held_notes_say_so(recorded: Shell) -> None:
    (consent,) = recorded.json("record", "list", "--kind", "consent")
    with closing(open_vault(recorded.home / "vault", PASSPHRASE, recorded.clock)) as vault:
        row = vault.questions.record("consent", consent["id"])
        vault.perform(lambda uow: revise(uow, replace(row.value, agreed=Agreed.WITHDRAWN)))
    (note,) = recorded.json("note", "list", "is:held")
    assert (note["barred"], note["status"]) == ("withdrawn", "stays")
    assert "Consent withdrawn, Held on this laptop" in recorded.ok("note", "list").out
    assert recorded.json("vault", "verify")["is_whole"] is True
