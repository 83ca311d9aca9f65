"""Handing somebody else's hand-over file in to the central store: read by nobody on the way, whoever the carrier is.

The file goes in stretches, each as the store says where it has read to; a stretch that was handed in already changes
nothing there. What comes back is sealed to the laptop that wrote the file.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldkit.app.ports import Identity
from fieldkit.kernel.errors import Refusal, Trouble
from sync.bundle.along import BUNDLE, RECEIPT, put
from sync.http import CentralStore
from sync.link import Call
from sync.translate import read_message
from sync.wire.bundles.heads import Place, read_head
from sync.wire.bundles.reading import count_pieces, stretch
from sync.wire.carried import OVERLAP, STEP, BundleReply, BundleRequest
from sync.wire.requests import from_base64, to_base64
from sync.wire.routes import BUNDLES

FIRST, FEWEST, MOST = 8, 4, STEP + OVERLAP
"""Pieces of 64 KiB in a stretch: to begin with, and the bounds; the longest entry fits into the largest."""

_SOON, _LATE = 4.0, 16.0
"""Seconds for a stretch, below which the next has twice and above which it has half as many pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """``receipts`` are files to give back to whoever wrote the file; ``taken`` counts what the store has signed for."""

    receipts: tuple[Path, ...]
    taken: int
    spoilt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What the store said of one stretch: ``reached`` is the piece where the next one begins, of ``total``."""

    receipt: bytes
    taken: int
    spoilt: int
    gaps: int
    reached: int
    total: int


def carry(
    call: Call,
    path: Path,
    connect: Callable[[str], CentralStore],
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
        for one in stretches(far, state.identity, path):
            place = path.with_name(f"{path.name.removesuffix(BUNDLE)}.carried{len(receipts) + 1}{RECEIPT}")
            receipts.append(put(place, one.receipt))
            taken, spoilt = taken + one.taken, spoilt + one.spoilt
            progress(one.reached, one.total)
    finally:
        far.close()
    return Carried(receipts=tuple(receipts), taken=taken, spoilt=spoilt)


def stretches(far: CentralStore, me: Identity, path: Path, first: int = 0) -> Iterator[Stretch]:
    """Hand the pieces from ``first`` on in, stretch by stretch. Raises as ``carry`` does."""
    count = FIRST
    try:
        with path.open("rb") as source:
            if read_head(source).place is not Place.CENTRE:
                raise Refusal("handover.not_to_carry")
            total = count_pieces(source)
            while first < max(total, 1):
                began = time.monotonic()
                request = BundleRequest(first=first, data=to_base64(stretch(source, first, count)))
                reply = read_message(BundleReply, far.ask(BUNDLES, request, me))
                reached = _reached(reply, first, count, total)
                if reached == first:  # an entry is longer than this: it has to be whole in one of them
                    count = MOST if reply.next is None else min(2 * count, MOST)
                    continue
                yield Stretch(
                    receipt=from_base64(reply.receipt), taken=reply.taken, spoilt=reply.spoilt, gaps=reply.gaps,
                    reached=reached, total=total,
                )  # fmt: skip
                first, count = reached, _paced(count, time.monotonic() - began)
    except OSError as error:
        raise Trouble("handover.stick", file=path.name) from error


def _reached(reply: BundleReply, first: int, count: int, total: int) -> int:
    """Where the store has read to; ``first`` where the stretch was too short for the entry that begins there."""
    if first + count >= total:
        return total
    if reply.next is None:  # a store that is older than this: stretches overlap by the longest entry
        return first + STEP if count >= MOST else first
    if reply.next > first:
        return min(reply.next, total)
    return first + STEP if count >= MOST else first


def _paced(count: int, seconds: float) -> int:
    if seconds < _SOON:
        return min(2 * count, MOST)
    return max(count // 2, FEWEST) if seconds > _LATE else count
