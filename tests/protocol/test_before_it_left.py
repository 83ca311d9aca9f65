"""What was withdrawn before one byte of it left stays; what may have arrived is followed by its withdrawal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from central.settings import Settings
from fieldkit.app.entries import file_evidence, withdraw_entry
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.http import CentralStore
from sync.wire.routes import PUSH, Route
from tests.central.kit import Office
from tests.support.laptop import Laptop


class _Way(CentralStore):
    """The way to the store; a push ends with ``fault`` where one is set."""

    fault: FieldKitError | None = None

    @contextmanager
    def frames(self, route: Route, *args: Any, **kwargs: Any) -> Iterator[Any]:
        if route is PUSH and _Way.fault is not None:
            raise _Way.fault
        with super().frames(route, *args, **kwargs) as found:
            yield found


@pytest.fixture
def ada(office: Office, settings: Settings, tmp_path: Path, clock: FixedClock) -> Iterator[Laptop]:
    """A laptop whose pushes a test can stop."""
    laptop = Laptop(tmp_path / "ada", "Ada Lovelace", clock, lambda url: _Way(url, stall=10.0, connect=2.0))
    laptop.join(settings, office.running.url)
    laptop.open_meeting()
    laptop.settle()
    yield laptop
    _Way.fault = None
    laptop.close()


def _at_the_office(office: Office, laptop: Laptop) -> list[str]:
    place = laptop.meeting().assessment
    reader = office.laptop("Reader", place)
    contents = b"".join(revision.content or b"" for revision in reader.pull({place: 0}).revisions)
    return [
        words for words in ("regretted words", "untagged again", "withdrawn for a reason") if words.encode() in contents
    ]


def _regret(laptop: Laptop) -> None:
    for row in laptop.notes:
        if "regretted" in row.entry.text:
            laptop.vault.perform(partial(withdraw_entry, entry=row.entry.id, reason="withdrawn for a reason"))
        else:
            items = [item.id for item in row.evidence]
            laptop.vault.perform(partial(file_evidence, entry=row.entry.id, removed=items))


@pytest.mark.parametrize(
    "fault",
    [
        Trouble("send.not_connected"), Trouble("send.certificate", reason="expired"),
        Trouble("send.busy", status=503, retry_after=0.0), Refusal("central.device_unknown", status=403),
        Trouble("send.captive_portal", status=403, retry_after=0.0),
    ],
)  # fmt: skip
def test_a_push_that_nobody_took_has_sent_nothing(ada: Laptop, office: Office, fault: FieldKitError) -> None:
    ada.note("regretted words")
    ada.note("untagged again")
    _Way.fault = fault
    with pytest.raises(FieldKitError, match=fault.code):
        ada.round()
    _regret(ada)
    _Way.fault = None
    ada.settle()
    assert _at_the_office(office, ada) == []
    assert ada.standing.everything_is_there
    assert ada.vault.verify() == []


def test_a_push_whose_answer_never_came_may_have_arrived(ada: Laptop, office: Office) -> None:
    ada.note("regretted words")
    _Way.fault = Trouble("send.cut_off")
    with pytest.raises(Trouble, match=r"send\.cut_off"):
        ada.round()
    _regret(ada)
    _Way.fault = None
    ada.settle()
    assert _at_the_office(office, ada) == ["regretted words", "withdrawn for a reason"]


def test_what_is_withdrawn_while_the_request_is_made_does_not_leave(
    ada: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.note("regretted words")
    ada.note("untagged again")
    store = ada.vault.sync_store
    mark = store.mark_offered

    def regretted_first(leaving: Any) -> Any:
        monkeypatch.undo()
        _regret(ada)
        return mark(leaving)

    monkeypatch.setattr(type(store), "mark_offered", lambda _, leaving: regretted_first(leaving))
    ada.settle()
    assert _at_the_office(office, ada) == []
    assert ada.standing.everything_is_there
