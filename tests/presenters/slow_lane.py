"""A store lane whose calls wait until they are let go, as behind a long import: what is typed meanwhile is the test."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from fieldkit.app.lanes import Lanes
from fieldkit.app.workspace import Workspace
from tests.presenters.room import Room
from ui.presenters.services import Session


class SlowLane:
    """Calls wait in their order."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, call: Callable[[], Any]) -> Future[Any]:
        future: Future[Any] = Future()
        self._waiting.append((future, call))
        return future

    def stop(self) -> None:
        """Nothing to end."""

    def go(self) -> None:
        """Do all that waits."""
        while self._waiting:
            future, call = self._waiting.pop(0)
            try:
                result = call()
            except Exception as error:
                future.set_exception(error)
            else:
                future.set_result(result)


def behind(room: Room) -> tuple[Session, SlowLane]:
    """The room's session on such a lane."""
    lane = SlowLane()
    return replace(room.session, workspace=Workspace(room.vault, Lanes(lane, lane, lambda call: call()))), lane
