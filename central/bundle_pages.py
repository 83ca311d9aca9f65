"""The team's work for a laptop that asks on a stick: the reply to its pull, cut after whole pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from central.core import Core, standing
from central.judge import KnownDevice
from central.members import assessments_of
from central.pull import pull
from sync.wire.bundles.entries import Kind
from sync.wire.bundles.pages import Pages
from sync.wire.frames import FrameReader, FrameWriter, compress, frame, read_frames
from sync.wire.frames import Kind as Frame
from sync.wire.messages import PageEnd, PullRequest

_BYTES = 2**20


def pages_for(core: Core, device: KnownDevice, asked: dict[str, Any]) -> Iterator[tuple[Kind, bytes]]:
    """Sheets let in since, and pages from where the laptop said it had read to.

    One that names another epoch, or none, gets everything: what it has already changes nothing there.
    """
    with core.database.read() as connection:
        epoch, places = standing(connection).epoch, assessments_of(connection, device.user)
    cursors = _cursors(asked, epoch, places)
    own = asked.get("own_after", 0)
    request = PullRequest(epoch=epoch, cursors=cursors, own_after=own if _is_count(own) else 0)
    reader, writer, body, size = FrameReader(), FrameWriter(), list[bytes](), 0
    after = dict(cursors)
    for kind, payload in read_frames(pull(core, device, request)):
        if kind is Frame.SHEET:
            yield Kind.SHEET, payload
        elif kind is Frame.REVISION:
            body.append(writer.revision(*reader.revision(payload)))
            size += len(body[-1])
        elif kind is Frame.PAGE_END:
            body.append(frame(Frame.PAGE_END, payload))
            end = PageEnd.model_validate_json(payload)
            if size > _BYTES or not end.more:
                if size:
                    yield Kind.PAGES, _packed(end.assessment, epoch, after[end.assessment], body)
                body, size, writer, after[end.assessment] = [], 0, FrameWriter(), end.cursor


def _packed(assessment: str, epoch: str, after: int, body: list[bytes]) -> bytes:
    return Pages(assessment=assessment, epoch=epoch, after=after, body=b"".join(compress(body))).to_bytes()


def _cursors(asked: dict[str, Any], epoch: str, places: list[str]) -> dict[str, int]:
    told = asked.get("cursors") if asked.get("epoch") == epoch else {}
    told = told if isinstance(told, dict) else {}
    return {place: told[place] if _is_count(told.get(place)) else 0 for place in places}


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**53
