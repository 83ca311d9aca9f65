"""What two laptops say once they share a key: who they are, what each lacks, and the same files a stick would carry.

First one gives and the other takes, then the other way round. Each part is taken in as it arrives; where the cable
breaks, what came is kept, and the next time only what is still lacking goes. Peers never give the office's tick.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import IO, Any

from fieldkit.app.handing_over import HandOverStore
from fieldkit.app.ports import SyncStore
from fieldkit.domain.hand_over_account import Account
from fieldkit.domain.key_card import KeyCard
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Refusal, Trouble
from fieldkit.kernel.ids import AssessmentId
from sync.bundle.giving import Addressee, Giving
from sync.bundle.taking import Taker
from sync.link import Call
from sync.pairing.channel import Channel
from sync.wire.bundles.writing import BundleWriter
from sync.wire.requests import from_base64, to_base64

PAGE = 2_000
"""Ids in one message: some 90 kB."""

PIECE = 256 * 1024
PART = 64 * 2**20
"""Bytes of a part over a cable: so much lies on the other disk until it is taken in, and no more."""


class Say(IntEnum):
    """Kinds of message."""

    CARD = 1
    HAVE = 2
    LACK = 3
    BYTES = 4
    PART = 5
    OVER = 6


@dataclass(slots=True, kw_only=True)
class Met:
    """What came of a meeting: with whom, how much went and what came."""

    name: str
    gave: int = 0
    took: Account
    is_over: bool = False
    """Both ways came to their end."""


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One meeting over one channel. ``gives_first``: the side that shows the code."""

    channel: Channel
    call: Call
    clock: Clock
    app: str
    gives_first: bool
    folder: Path
    """Where parts lie, sealed, until they are taken in."""
    stopping: Callable[[], bool] = lambda: False
    progress: Callable[[int], None] = lambda count: None
    limit: int = PART
    met: Met = field(default_factory=lambda: Met(name="", took=Account(bundle="")))

    def run(self) -> Met:
        """Both ways. Raises ``Refusal('handover.key_changed' | 'handover.card')`` and ``Trouble('pair.broken')``.

        ``met`` tells what came before a broken line.
        """
        to = self._introduce()
        for gives in (self.gives_first, not self.gives_first):
            if gives:
                self._give(to)
            else:
                self._take()
        self.met.is_over = True
        return self.met

    def _introduce(self) -> Addressee:
        """Cards and the office's lists, both ways; who the other one is and what they may be given."""
        mine = self.call(lambda store: store.hand_over.card())
        teams = self.call(lambda store: store.hand_over.teams())
        lists = [[to_base64(one.data), to_base64(one.signature)] for one in teams]
        self.channel.say(Say.CARD, {"card": mine, "teams": lists})
        told = self.channel.expect(Say.CARD)
        card = KeyCard.from_text(str(told.get("card")))
        self._learn(told.get("teams"))
        self.call(lambda store: _know(store.hand_over, card))
        self.met.name = self.met.took.by = card.name
        known = self.call(lambda store: store.hand_over.laptops())
        one = next((one for one in known if one.device == card.device), None)
        if one is None:
            raise Refusal("pair.myself")
        return Addressee(name=one.name, public=one.public, device=one.device)

    def _learn(self, lists: object) -> None:
        for pair in lists if isinstance(lists, list) else ():
            try:
                signed = Signed(data=from_base64(pair[0]), signature=from_base64(pair[1]))
                self.call(partial(_keep_team, signed))
            except (Refusal, Trouble, TypeError, IndexError, AttributeError):
                continue  # of another office, or of none

    def _give(self, to: Addressee) -> None:
        """Offer what there is, hear what is lacking, and give that."""
        lacking = set[str]()
        for ids, contents in self._offers(to):
            self.channel.say(Say.HAVE, {"ids": ids, "contents": contents})
            wanted = self.channel.expect(Say.LACK).get("places")
            places = wanted if isinstance(wanted, list) else []
            lacking |= {ids[place] for place in places if type(place) is int and 0 <= place < len(ids)}
        tasks = self.call(lambda store: store.hand_over.files_for(to.device))
        self.channel.say(Say.HAVE, {"files": [[task.sha256, task.size] for task in tasks]})
        had = self.channel.expect(Say.LACK).get("offsets")
        offsets = {str(k): v for k, v in had.items() if type(v) is int and v >= 0} if isinstance(had, dict) else {}
        giving = Giving(
            call=self.call, clock=self.clock, app=self.app, stopping=self.stopping, lacking=frozenset(lacking),
            offsets=offsets, progress=self.progress, limit=self.limit,
        )  # fmt: skip
        with BundleWriter(giving.letter(to), _Line(self.channel), self.limit) as writer:
            giving.fill(writer, to)
        self.met.gave = len(lacking)
        self.channel.say(Say.OVER, {})

    def _offers(self, to: Addressee) -> Iterator[tuple[list[str], list[bool]]]:
        after, is_last = 0, False
        while not is_last:
            page, after, is_last = self.call(partial(_page, to.device, after))
            if page:
                yield [one.envelope.id for one in page], [one.content is not None for one in page]

    def _take(self) -> None:
        """Say what is lacking, and take each part in as it comes; a part that breaks off is taken as far as it goes."""
        self._answer_offers()
        with tempfile.TemporaryDirectory(prefix="pair-", dir=self.folder) as place:
            while self._part(Path(place) / "part"):
                pass

    def _answer_offers(self) -> None:
        while True:
            offer = self.channel.expect(Say.HAVE)
            if "files" in offer:
                self.channel.say(Say.LACK, {"offsets": self._offsets(offer["files"])})
                return
            ids, contents = offer.get("ids"), offer.get("contents")
            if not (isinstance(ids, list) and isinstance(contents, list) and len(ids) == len(contents) <= PAGE):
                raise Trouble("pair.broken")
            self.channel.say(Say.LACK, {"places": self.call(partial(_lacking, list(map(str, ids)), contents))})

    def _offsets(self, files: object) -> dict[str, int]:
        store = self.call(lambda vault: vault.files)
        named = files if isinstance(files, list) else []
        return {one[0]: one[1] for one in named if len(one) == 2 and isinstance(one[0], str) and store.has(one[0])}

    def _part(self, path: Path) -> bool:
        """One part; whether another may follow."""
        is_more, broken = True, None
        with path.open("wb") as file:
            try:
                while True:
                    if self.stopping():
                        raise Trouble("send.stopped")
                    kind, data = self.channel.hear()
                    if kind == Say.BYTES:
                        file.write(data)
                    elif kind in {Say.PART, Say.OVER}:
                        is_more = kind == Say.PART
                        break
            except Trouble as error:
                broken = error
        if path.stat().st_size:
            _add(self.met.took, Taker(self.call, self.progress, self.stopping).run([path]))
        if broken is not None:
            raise broken
        return is_more


class _Line:
    """Takes the parts of a file over the line in the place of a stick (``sync.wire.bundles.writing.Folder``)."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    @property
    def written(self) -> tuple[Path, ...]:
        return ()

    def open(self, number: int) -> IO[bytes]:
        return _Bytes(self._channel)  # type: ignore[return-value]

    def settle(self, number: int, file: IO[bytes], *, is_only: bool) -> None:
        self._channel.send(Say.PART)

    def give_up(self, number: int) -> None:
        """The other side keeps what is whole of it."""


class _Bytes:
    """A file that is a line."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def write(self, data: bytes) -> int:
        for start in range(0, len(data), PIECE):
            self._channel.send(Say.BYTES, data[start : start + PIECE])
        return len(data)

    def close(self) -> None:
        """The line stays."""


def _add(into: Account, accounts: list[Account]) -> None:
    for one in accounts:
        for name in ("taken", "known", "aside", "foreign", "unreadable", "spoilt"):
            setattr(into, name, getattr(into, name) + getattr(one, name))
        into.files |= one.files
        into.files_open = {**into.files_open, **one.files_open}
        for exhibit in one.files:
            into.files_open.pop(exhibit, None)
        for problem in one.problems:
            into.add(problem)


def _know(store: HandOverStore, card: KeyCard) -> None:
    """The words that both typed prove whose card this is; on laptops of no office it may be given everything here."""
    places = frozenset[AssessmentId]()
    if store.centre() is None:
        places = store.all_assessments()
    store.keep_card(card, places)


def _keep_team(signed: Signed, store: SyncStore) -> bool:
    return store.hand_over.keep_team(signed)


def _page(device: str, after: int, store: SyncStore) -> Any:
    return store.hand_over.revisions_for(device, after, PAGE)


def _lacking(ids: list[str], contents: list[bool], store: SyncStore) -> list[int]:
    return store.hand_over.lacking(ids, [bool(one) for one in contents])
