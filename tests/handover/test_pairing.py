"""Two laptops on a cable: words that fit, words that do not, a cable that breaks, and the same team on both."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.pairing.channel import Channel, shake
from sync.pairing.exchange import Exchange, Met
from sync.pairing.meeting import MOST_TRIES, Code, Showing, dial
from tests.handover.conftest import Team
from tests.support.laptop import APP, Laptop

CODE = Code(number=42, words=("anchor", "beach", "cobalt"))


def test_two_laptops_hold_the_same_after_one_meeting_and_no_office_was_asked(tmp_path: Path, clock: FixedClock) -> None:
    """Invariant 20 without a store: laptops of no office merge by the words alone."""
    ann, ben = Laptop(tmp_path / "a", "Ann Other", clock), Laptop(tmp_path / "b", "Ben Ode", clock)
    try:
        ann.open_meeting()
        ann.note("from Ann")
        ann.note("stays with Ann", tagged=False)
        first = _meet(ann, ben)
        assert [one.is_over for one in first] == [True, True]
        ben.note("from Ben")
        _meet(ben, ann)
        assert ann.texts == ["from Ann", "from Ben", "stays with Ann"]
        assert ben.texts == ["from Ann", "from Ben"]
        again = _meet(ann, ben)
        assert [(one.gave, one.took.taken) for one in again] == [(0, 0), (0, 0)]
        assert ann.vault.verify() == []
        assert ben.vault.verify() == []
    finally:
        ann.close()
        ben.close()


def test_a_broken_cable_loses_nothing_and_the_next_meeting_ends_it(team: Team) -> None:
    """Invariant 1: broken at many places, again and again; then whole, with nothing twice."""
    ann, ben = _two(team)
    ann.note_many(600)
    ben.note_many(30)
    waiting = ann.call(lambda store: store.state()).unreceipted
    for budget in (10, 400, 2_000, 9_000, 40_000, 150_000):
        with pytest.raises((Trouble, Refusal)):
            _meet(ann, ben, budget=budget)
    mets = _meet(ann, ben)
    assert all(one.is_over for one in mets)
    assert ann.texts == ben.texts
    assert len(ann.texts) == 631
    assert ann.call(lambda store: store.state()).unreceipted == waiting, "a peer gives no tick"


def test_other_words_are_told_and_three_tries_end_the_code() -> None:
    """A wrong code is a sentence; a guesser has three tries and learns nothing from them."""
    showing = Showing(CODE, port=0, host="127.0.0.1")
    found = list[str]()

    def wait() -> None:
        try:
            showing.wait()
        except FieldKitError as error:
            found.append(error.code)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    wrong = Code(number=42, words=("anchor", "beach", "copper"))
    for _ in range(MOST_TRIES):
        with pytest.raises(Refusal, match=r"pair\.wrong_words"):
            dial(wrong, f"127.0.0.1:{showing.port}")
    waiting.join(10)
    assert found == ["pair.too_many"]
    with pytest.raises(Trouble, match=r"pair\.not_found"):
        dial(CODE, f"127.0.0.1:{showing.port}")


def test_what_calls_without_being_a_laptop_is_hung_up_on_and_costs_no_try() -> None:
    """A port scanner of the site's network does not use up the code."""
    showing = Showing(CODE, port=0, host="127.0.0.1")
    channels = list[Channel]()
    waiting = threading.Thread(target=lambda: channels.append(showing.wait()), daemon=True)
    waiting.start()
    for _ in range(MOST_TRIES + 1):
        with socket.create_connection(("127.0.0.1", showing.port), timeout=5) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nX: " + b"y" * 60 + b"\r\n\r\n")
            with suppress(OSError):  # hung up on already
                line.shutdown(socket.SHUT_WR)
    dial(CODE, f"127.0.0.1:{showing.port}").close()
    waiting.join(10)
    channels[0].close()


@pytest.mark.parametrize("text", ["", "anchor-beach-cobalt", "42-anchor", "42-a-b-c-d", "x-anchor-beach-cobalt"])
def test_what_is_no_code_is_told_before_anything_is_tried(text: str) -> None:
    with pytest.raises(Refusal, match=r"pair\.code"):
        Code.read(text)


def test_a_code_may_be_typed_with_spaces_and_capitals() -> None:
    assert Code.read(" 42 Anchor beach COBALT ") == CODE


class _Cut:
    """A line that breaks after so many bytes were sent."""

    def __init__(self, line: socket.socket, budget: int) -> None:
        self._line, self._budget = line, budget

    def sendall(self, data: bytes) -> None:
        self._budget -= len(data)
        if self._budget < 0:
            self._line.close()
            raise OSError("broken")
        self._line.sendall(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._line, name)


def _meet(shows: Laptop, types: Laptop, budget: int | None = None) -> list[Met]:
    left, right = socket.socketpair()
    line = left if budget is None else _Cut(left, budget)
    mets: dict[str, Met] = {}
    errors: list[FieldKitError] = []

    def side(laptop: Laptop, socket_: object, shows_: bool) -> Callable[[], None]:
        def run() -> None:
            try:
                channel = shake(socket_, CODE.text, shows=shows_)  # type: ignore[arg-type]
                exchange = Exchange(
                    channel=channel, call=laptop.call, clock=laptop.clock, app=APP, gives_first=shows_,
                    folder=laptop.folder,
                )  # fmt: skip
                mets[laptop.name] = exchange.run()
            except FieldKitError as error:
                errors.append(error)
            finally:
                socket_.close()  # type: ignore[attr-defined]

        return run

    other = threading.Thread(target=side(types, right, False), daemon=True)
    other.start()
    side(shows, line, True)()
    other.join(30)
    if errors:
        raise errors[0]
    return [mets[shows.name], mets[types.name]]


def _two(team: Team) -> tuple[Laptop, Laptop]:
    ann = team("Ann Other")
    meeting = ann.open_meeting()
    ann.settle()
    ben = team("Ben Ode", meeting.assessment)
    ben.settle()
    ben.note("hello")
    ben.settle()
    ann.settle()
    return ann, ben
