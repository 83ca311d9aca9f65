"""Information requests: nothing is asked for twice, and each has a reason, a day and an end."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from fieldkit.app.ports import UnitOfWork
from fieldkit.app.requests import add_request, already_held, ask, close, receive
from fieldkit.domain.request import InformationRequest, RequestStatus
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import RecordId, new_id
from storage.vault import OpenVault
from tests.support.vaults import a_meeting, new_vault, note, quick_keys


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> OpenVault:
    with quick_keys():
        return new_vault(tmp_path / "vault", clock)


def _add(vault: OpenVault, what: str, **more: Any) -> InformationRequest:
    activity = next(iter(vault.questions.activities(vault.questions.assessments()[0].visits[0].id))).activity
    made, _ = vault.perform(
        partial(add_request, assessment=activity.assessment, what=what, **{"reason": "To test it", **more})
    )
    return made


def test_a_request_goes_from_draft_to_its_end_and_keeps_every_step(vault: OpenVault) -> None:
    a_meeting(vault)
    made = _add(vault, "Falls audit 2025", due_on=date(2099, 1, 4))
    file = RecordId(new_id())
    vault.perform(lambda uow: ask(uow, made.id))
    vault.perform(lambda uow: receive(uow, made.id, is_whole=False, files=[file]))
    vault.perform(lambda uow: receive(uow, made.id, is_whole=True, files=[file]))
    row = vault.questions.record("request", made.id)
    assert row.value.status is RequestStatus.RECEIVED
    assert row.value.received == (file,)
    states = [one.value.status for one in vault.questions.history(made.id)]
    assert states == ["draft", "asked", "part_received", "received"]
    assert vault.verify() == []


def test_what_is_held_is_found_before_it_is_asked_for_again(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    first = _add(vault, "Falls audit 2025 for Ward 4")
    note(vault, activity, "The chair showed the falls audit on paper")
    note(vault, activity, "Parking was hard")
    held = already_held(vault.questions, activity.assessment, "the latest falls audit, please")
    assert [one.kind for one in held] == ["request", "entry"]
    assert held[0].record == first.id
    assert already_held(vault.questions, activity.assessment, "the latest report, please") == ()


def test_two_laptops_never_give_the_same_reference(vault: OpenVault) -> None:
    a_meeting(vault)
    initials = vault.questions.info().initials.upper()
    assert [_add(vault, f"Thing {n}").reference for n in range(3)] == [f"R-{initials}-{n}" for n in (1, 2, 3)]


def test_what_is_lacking_is_said_at_its_field(vault: OpenVault) -> None:
    activity = a_meeting(vault)

    def refused(what: str, reason: str, **more: object) -> str:
        def use(uow: UnitOfWork) -> object:
            return add_request(uow, activity.assessment, what, reason, **more)  # type: ignore[arg-type]

        with pytest.raises(Mistake) as raised:
            vault.perform(use)
        return f"{raised.value.code} {raised.value.details['field']}"

    assert refused(" ", "x") == "request.no_what what"
    assert refused("x", "") == "request.no_reason reason"
    assert refused("x", "y", due_on=date(1899, 1, 1)) == "request.due_before due_on"
    made = _add(vault, "Thing")
    with pytest.raises(Mistake, match="no_outcome"):
        vault.perform(lambda uow: close(uow, made.id, RequestStatus.NOT_NEEDED, " "))
    with pytest.raises(Mistake, match=r"request\.status"):
        vault.perform(lambda uow: close(uow, made.id, RequestStatus.RECEIVED, "x"))


@pytest.mark.parametrize("field", ["what", "reason", "asked_of", "held"])
def test_a_page_of_words_in_one_field_is_refused_there(vault: OpenVault, field: str) -> None:
    a_meeting(vault)
    words: dict[str, object] = {"what": "Falls audit", field: "n" * 2_001}
    with pytest.raises(Mistake, match=r"request\.too_long") as caught:
        _add(vault, str(words.pop("what")), **words)
    assert caught.value.details["field"] == field


def test_what_came_of_a_request_is_no_report(vault: OpenVault) -> None:
    a_meeting(vault)
    made = _add(vault, "Falls audit")
    for end in (
        lambda uow: receive(uow, made.id, is_whole=True, outcome="n" * 2_001),
        lambda uow: close(uow, made.id, RequestStatus.REFUSED, "n" * 2_001),
    ):
        with pytest.raises(Mistake, match=r"request\.too_long"):
            vault.perform(end)
