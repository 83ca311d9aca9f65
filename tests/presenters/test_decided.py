"""What the office decides is shown as such and holds over one's own choice, until it is taken back."""

from __future__ import annotations

import pytest

from fieldkit.app.escalation_policy import keep_numbers
from fieldkit.app.policies import as_settings
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.domain.office_policy import OfficePolicy
from fieldkit.kernel.errors import Mistake
from tests.presenters.room import Room
from ui.presenters.decided import Decided


def _decide(room: Room, policy: OfficePolicy, *, is_adviser: bool = False) -> None:
    room.session.workspace.sync_call(lambda store: store.keep_policy(policy, is_adviser=is_adviser))


def test_what_is_heard_from_the_office_is_shown_at_once_and_goes_with_it(room: Room) -> None:
    decided = Decided(room.session)
    decided.load()
    assert (decided.state.lines, decided.state.lock_words) == ((), "")
    _decide(room, OfficePolicy(lock_minutes=5, record_audio=False), is_adviser=True)
    assert decided.state.lock_words == "Set by your office: 5 minutes, also in a live log"
    assert dict(decided.state.lines)["Sound recording"] == "Not allowed"
    assert (decided.state.is_adviser, decided.state.adviser_by_office) == (True, True)
    _decide(room, OfficePolicy())
    assert (decided.state.lines, decided.state.is_adviser) == ((), False)
    decided.call_myself_adviser(is_one=True)
    assert (decided.state.is_adviser, decided.state.adviser_by_office) == (True, False)
    decided.close()


def test_numbers_the_office_decides_cannot_be_changed_here(room: Room) -> None:
    _decide(room, OfficePolicy(numbers=(PhoneNumber(title="Duty lead", number="1"),)))
    with pytest.raises(Mistake, match=r"escalation\.numbers_office"):
        room.vault.perform(lambda uow: keep_numbers(uow, [PhoneNumber(title="Mine", number="2")]))


@pytest.mark.parametrize("broken", ["", "soon", "[1]", '{"p1": "x"}', '[{"title": 1}]', "99999"])
def test_a_setting_that_cannot_be_read_counts_as_not_decided(room: Room, broken: str) -> None:
    def spoil(uow) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        for name in as_settings(OfficePolicy(), is_adviser=False):
            uow.set_setting(name, broken)

    room.session.workspace.perform(spoil)
    decided = Decided(room.session)
    decided.load()
    assert decided.state.lock_minutes is None
    assert not decided.state.adviser_by_office
    decided.close()
