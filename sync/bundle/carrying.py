"""Carrying somebody else's hand-over file to the central store: read by nobody on the way, whoever the carrier is.

Nothing is remembered of it here: a stretch that was handed in already changes nothing there, so a line that breaks is
gone on with by carrying the file once more. What comes back is sealed to the laptop that wrote the file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldkit.kernel.errors import Refusal, Trouble
from sync.http import CentralStore
from sync.link import Call
from sync.translate import read_message
from sync.wire.bundles.heads import Place, read_head
from sync.wire.bundles.reading import count_pieces, stretch
from sync.wire.carried import OVERLAP, STEP, BundleReply, BundleRequest
from sync.wire.requests import from_base64, to_base64
from sync.wire.routes import BUNDLES

SUFFIX = ".fieldreceipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """``receipts`` are files to give back to whoever wrote the file; ``taken`` counts what the store has signed for."""

    receipts: tuple[Path, ...]
    taken: int
    spoilt: int


def carry(
    call: Call,
    path: Path,
    connect: Callable[[str], CentralStore] = CentralStore,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Carried:
    """Hand a file in for its writer; receipt files go beside it.

    Raises ``Refusal('handover.not_to_carry' | 'handover.not_ours' | 'central.bundle' | 'send.not_enrolled')`` and
    ``Trouble`` for the way there.
    """
    state = call(lambda store: store.state())
    far = connect(state.enrolment.url)
    receipts, taken, spoilt = list[Path](), 0, 0
    try:
        with path.open("rb") as source:
            if read_head(source).place is not Place.CENTRE:
                raise Refusal("handover.not_to_carry")
            total = count_pieces(source)
            for first in range(0, max(total, 1), STEP):
                request = BundleRequest(first=first, data=to_base64(stretch(source, first, STEP + OVERLAP)))
                reply = read_message(BundleReply, far.ask(BUNDLES, request, state.identity))
                receipts.append(_write(path, first // STEP + 1, from_base64(reply.receipt)))
                taken, spoilt = taken + reply.taken, spoilt + reply.spoilt
                progress(min(first + STEP, total), total)
    except OSError as error:
        raise Trouble("handover.stick") from error
    finally:
        far.close()
    return Carried(receipts=tuple(receipts), taken=taken, spoilt=spoilt)


def _write(path: Path, number: int, data: bytes) -> Path:
    place = path.with_name(f"{path.name.removesuffix('.fieldbundle')}.carried{number}{SUFFIX}")
    working = place.with_name(place.name + ".being-written")
    with working.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(working, place)
    return place
