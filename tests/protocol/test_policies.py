"""What the office decides reaches every laptop with the next hello, under its key, and goes when it is taken back."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from central import admin
from central.policy import set_policy, show_policy
from fieldkit.app import policies
from fieldkit.app.allotted import as_seen
from fieldkit.app.escalation_policy import keep_numbers, policy_here
from fieldkit.app.replanning import change_activity
from fieldkit.domain.escalation import Priority
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.domain.office_policy import OfficePolicy
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import FieldKitError, Mistake, Refusal
from sync.engine import Engine
from sync.greeting import say_hello
from sync.http import CentralStore
from sync.wire.messages import HelloReply
from sync.wire.routes import Route
from tests.central.kit import Office
from tests.protocol.conftest import Team

DECIDED = {
    "record_audio": True, "lock_minutes": 7, "purge_days": 30, "minutes": {"p1": 20},
    "numbers": [{"title": "Duty lead", "number": "020 7946 0000"}],
}  # fmt: skip


def test_a_policy_is_obeyed_after_one_round_and_goes_with_the_next(
    office: Office, team: Team, clock: FixedClock
) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    asked = ada.vault.questions
    assert policies.office_words(asked) == ()
    ada.vault.perform(lambda uow: keep_numbers(uow, [PhoneNumber(title="My own", number="1")]))
    set_policy(office.settings, DECIDED, clock)
    ada.round()
    assert policies.may_record_audio(asked)
    assert (policies.lock_minutes(asked), policies.purge_days(asked)) == (7, 30)
    here = policy_here(asked, None)
    assert ([one.title for one in here.numbers], here.minutes[Priority.P1]) == (["Duty lead"], 20)
    assert any("policy/lock_minutes" in change.ids("setting") for change in ada.changes)
    ada.changes.clear()
    ada.round()
    assert not any(change.touches("setting") for change in ada.changes), "nothing is written where nothing is new"
    now = ada.clock.now()
    assert policies.purge_due(asked, now) is None
    due = policies.purge_due(asked, now + timedelta(days=31))
    assert due is not None
    ada.note("Something new")
    assert policies.purge_due(asked, now + timedelta(days=31)) is None, "never while anything is unreceipted"
    set_policy(office.settings, {"record_audio": None, "lock_minutes": None, "numbers": [], "minutes": {}}, clock)
    ada.round()
    assert not policies.may_record_audio(asked)
    assert policies.office_words(asked) == (("Erase this vault", "30 days after everything is confirmed"),)
    assert [one.title for one in policy_here(asked, None).numbers] == ["My own"]
    assert ada.vault.verify() == []


def test_the_role_of_an_adviser_narrows_what_their_laptop_shows(office: Office, team: Team, clock: FixedClock) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note("Nobody else hears this")
    ada.settle()
    admin.invite(office.settings, "Bob Brown", clock=clock)
    admin.set_role(office.settings, "Bob Brown", "adviser", clock=clock)
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    assert bob.texts == ["Nobody else hears this"], "what a laptop holds is decided by its teams"
    seen = as_seen(bob.vault.questions)
    assert (seen.assessments(), seen.activities(meeting.visit)) == ([], [])
    ada.vault.perform(lambda uow: change_activity(uow, meeting.id, assigned=("BB",)))
    ada.settle()
    bob.settle()
    seen = as_seen(bob.vault.questions)
    assert [row.activity.id for row in seen.activities(meeting.visit)] == [meeting.id]
    admin.set_role(office.settings, "Bob Brown", "adviser", holds=False, clock=clock)
    bob.round()
    assert as_seen(bob.vault.questions) is bob.vault.questions


@pytest.mark.parametrize(
    "wrong",
    [
        {"lock_minutes": 0}, {"lock_minutes": 4000}, {"purge_days": -1}, {"record_audio": "yes"},
        {"lock_minutes": True},
        {"numbers": [{"title": "x" * 81, "number": "1"}]}, {"numbers": [{"title": "a\nb", "number": "1"}]},
        {"minutes": {"p9": 1}}, {"numbers": [{}]},
    ],
)  # fmt: skip
def test_what_no_office_can_decide_is_refused_whole(
    office: Office, clock: FixedClock, wrong: dict[str, object]
) -> None:
    set_policy(office.settings, {"purge_days": 3}, clock)
    with pytest.raises(Mistake, match=r"central\.policy"):
        set_policy(office.settings, {"lock_minutes": 5, **wrong}, clock)
    assert show_policy(office.settings, clock) == OfficePolicy(purge_days=3)


def test_a_policy_nobody_signed_for_is_not_believed(office: Office, team: Team, clock: FixedClock) -> None:
    ada = team("Ada Lovelace")
    state = ada.call(lambda store: store.state())

    class Between(CentralStore):
        """Somebody on the way who allows recording."""

        def ask(self, *args: object, **more: object) -> dict[str, object]:
            raw = super().ask(*args, **more)  # type: ignore[arg-type]
            return {**raw, "policies": {"record_audio": True}}

    with closing(Between(office.running.url)) as between, pytest.raises(Refusal, match=r"send\.not_our_office"):
        say_hello(between, state, "0.1.0")
    assert not policies.may_record_audio(ada.vault.questions)


@pytest.mark.parametrize(
    ("takes_nonce", "code"), [(False, "send.captive_portal"), (True, "send.not_our_office")]
)  # fmt: skip
def test_what_the_office_decided_before_is_not_believed_when_somebody_repeats_it(
    office: Office, team: Team, clock: FixedClock, takes_nonce: bool, code: str
) -> None:
    heard: list[dict[str, Any]] = []

    class Between(CentralStore):
        """Somebody on the way who keeps a genuine answer and gives it again in the place of a later one."""

        def ask(self, route: Route, *args: Any, **more: Any) -> dict[str, Any]:
            raw = super().ask(route, *args, **more)
            if route.name == "hello":
                heard.append(raw)
                return {**heard[0], "nonce": raw["nonce"]} if takes_nonce else heard[0]
            return raw

    ada = team("Ada Lovelace")
    ada.settle()
    set_policy(office.settings, {"record_audio": True}, clock)
    ada.engine = Engine(ada.call, "0.1.0", Between)
    ada.round()
    assert policies.may_record_audio(ada.vault.questions)
    set_policy(office.settings, {"record_audio": False}, clock)
    with pytest.raises(FieldKitError, match=code):
        ada.round()
    assert heard[-1]["policies"]["record_audio"] is False, "the office said it, and signed it"
    ada.engine = Engine(ada.call, "0.1.0", CentralStore)
    ada.round()
    assert not policies.may_record_audio(ada.vault.questions)
    ada.engine = Engine(ada.call, "0.1.0", Between)
    with pytest.raises(FieldKitError, match=code):
        ada.round()
    assert not policies.may_record_audio(ada.vault.questions)


def test_an_older_store_decides_nothing() -> None:
    fields = HelloReply.model_fields
    assert (fields["policies"].default, fields["adviser"].default) == (None, False)
    assert policies.as_settings(OfficePolicy(), is_adviser=False) == dict.fromkeys(
        policies.as_settings(OfficePolicy(record_audio=True), is_adviser=True)
    )
