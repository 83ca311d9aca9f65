"""What a lane's call holds is let go at home: a page closed meanwhile must not be taken apart on another thread."""

from __future__ import annotations

import queue
import threading
import weakref
from collections.abc import Callable

import pytest

from fieldkit.app.lanes import ThreadLane, run


class Page:
    """Something that only one thread may take apart."""


def _ran(lane: ThreadLane, home: queue.Queue[Callable[[], None]], *, fails: bool) -> tuple[str, str]:
    """Who took apart the page that the call held, and the one that its end held."""
    gone: list[str] = []
    opened = threading.Event()

    def held() -> tuple[Callable[[], str], Callable[[object], None]]:
        asking, told = Page(), Page()
        for page in (asking, told):
            weakref.finalize(page, lambda: gone.append(threading.current_thread().name))

        def call() -> str:
            opened.wait(5)
            if fails:
                raise ValueError(asking.__class__.__name__)
            return asking.__class__.__name__

        def ended(_: object) -> None:
            assert isinstance(told, Page)

        return call, ended

    call, ended = held()
    future = run(lane, home.put, call, ended, ended)
    del call, ended  # the page is closed while its call is on the lane
    opened.set()
    future.exception(timeout=5)
    coming = home.get(timeout=5)
    del future
    lane.submit(lambda: None).result(timeout=5)  # the lane has let go of whatever it held
    assert not gone
    coming()
    del coming
    return gone[0], gone[1]


@pytest.mark.parametrize("fails", [False, True])
def test_a_page_closed_while_its_call_was_on_the_lane_goes_on_the_screens_thread(*, fails: bool) -> None:
    lane = ThreadLane("test")
    try:
        who = threading.current_thread().name
        assert _ran(lane, queue.Queue(), fails=fails) == (who, who)
    finally:
        lane.stop()
