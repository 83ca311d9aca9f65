"""What two laptops say once they share a key: who they are, what each lacks, and the same files a stick would carry.

First one gives and the other takes, then the other way round. Each part is taken in as it arrives; where the cable
breaks, what came is kept, and the next time only what is still lacking goes. Peers never give the office's tick.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.handing_over import HandedOver, HandOverStore
from fieldkit.app.ports import SyncStore
from fieldkit.domain.hand_over_account import Account
from fieldkit.domain.key_card import KeyCard
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Refusal, Trouble
from fieldkit.kernel.ids import AssessmentId
from sync.bundle.along import Along
from sync.bundle.giving import Addressee, Giving
from sync.bundle.taking import Taker
from sync.link import Call
from sync.pairing.carrying import Line, Mutual, note_handed
from sync.pairing.channel import Channel
from sync.pairing.say import Say
from sync.wire.bundles.writing import BundleWriter
from sync.wire.requests import from_base64, to_base64

PAGE = 2_000
"""Ids in one message: some 90 kB."""

PART = 64 * 2**20
"""Bytes of a part over a cable: so much lies on the other disk until it is taken in, and no more."""


@dataclass(slots=True, kw_only=True)
class Met:
    """What came of a meeting: with whom, how much went and what came."""

    name: str
    gave: int = 0
    took: Account
    is_over: bool = False
    """Both ways came to their end."""
    sealed: int = 0
    """Records that only the office may read, which the other laptop carries there."""
    carries: bool = False
    """This laptop carries such of the other's."""


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
    _carries: bool = False
    """Both are of one office and know how to carry for each other."""
    _came: Along | None = None
    """What of the other's file came whole."""
    _given: set[str] = field(default_factory=set)
    """Ids of revisions that the other has whole, and SHA-256 of files."""
    _bare: set[str] = field(default_factory=set)
    """Ids of revisions of which it has the envelope."""
    met: Met = field(default_factory=lambda: Met(name="", took=Account(bundle="")))

    def run(self) -> Met:
        """Both ways. Raises ``Refusal('handover.key_changed' | 'handover.card')`` and ``Trouble('pair.broken')``.

        ``met`` tells what came before a broken line.
        """
        to = self._introduce()
        with tempfile.TemporaryDirectory(prefix="pair-", dir=self.folder) as place:
            folder = Path(place)
            for gives in (self.gives_first, not self.gives_first):
                if gives:
                    self._give(to)
                else:
                    self._take(folder)
            if self._carries:
                self._carry_for_each_other(to, folder)
        self.met.is_over = True
        return self.met

    def _carry_for_each_other(self, to: Addressee, folder: Path) -> None:
        """Receipts home, and what only the office may read along, each way."""
        both = self._mutual(folder)
        for gives in (self.gives_first, not self.gives_first):
            if gives:
                both.give_receipts(to.public)
                self._give_sealed()
                both.hear_word()
            else:
                both.take_receipts(self.met.took)
                along = both.take_sealed()
                both.say_word(along)
                self.met.carries = along is not None

    def _give_sealed(self) -> None:
        """What this laptop owes the office and the other one did not get, sealed to the office."""
        centre = self.call(lambda store: store.hand_over.centre())
        assert centre is not None
        giving = Giving(
            call=self.call, clock=self.clock, app=self.app, stopping=self.stopping, limit=self.limit,
            excluded=frozenset(self._given), bare=frozenset(self._bare),
        )  # fmt: skip
        office = Addressee(name=centre.office, public=centre.public)
        if giving.has_something(office):
            reached = self.call(lambda store: store.hand_over.reached())
            with BundleWriter(giving.letter(office), Line(self.channel), self.limit) as writer:
                files = giving.fill(writer, office)
            self.met.sealed = giving.revisions
            self._note(writer, office, giving.revisions, files, reached)
        self.channel.send(Say.OVER)

    def _introduce(self) -> Addressee:
        """Cards and the office's lists, both ways; who the other one is and what they may be given."""
        mine = self.call(lambda store: store.hand_over.card())
        centre = self.call(lambda store: store.hand_over.centre())
        office = centre.public.hex() if centre is not None else ""
        teams = self.call(lambda store: store.hand_over.teams())
        lists = [[to_base64(one.data), to_base64(one.signature)] for one in teams]
        self.channel.say(Say.CARD, {"card": mine, "teams": lists, "office": office})
        told = self.channel.expect(Say.CARD)
        self._carries = bool(office) and told.get("office") == office
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
            self._given |= {one for one, has_content in zip(ids, contents, strict=True) if has_content}
            self._bare |= set(ids)
        tasks = self.call(lambda store: store.hand_over.files_for(to.device))
        self.channel.say(Say.HAVE, {"files": [[task.sha256, task.size] for task in tasks]})
        had = self.channel.expect(Say.LACK).get("offsets")
        offsets = {str(k): v for k, v in had.items() if type(v) is int and v >= 0} if isinstance(had, dict) else {}
        giving = Giving(
            call=self.call, clock=self.clock, app=self.app, stopping=self.stopping, lacking=frozenset(lacking),
            offsets=offsets, progress=self.progress, limit=self.limit,
        )  # fmt: skip
        self._given |= {task.sha256 for task in tasks}
        reached = self.call(lambda store: store.hand_over.reached())
        with BundleWriter(giving.letter(to), Line(self.channel), self.limit) as writer:
            files = giving.fill(writer, to)
        self.met.gave = len(lacking)
        self.channel.say(Say.OVER, {})
        if self._carries:
            if lacking or files:
                self._note(writer, to, len(lacking), files, reached)
            self._mutual(self.folder).hear_word()

    def _note(self, writer: BundleWriter, to: Addressee, revisions: int, files: int, reached: int) -> None:
        handed = HandedOver(
            bundle=writer.bundle, at=self.clock.now(), to=to.name, is_centre=to.is_centre, revisions=revisions,
            files=files, parts=len(writer.sizes), sizes=tuple(writer.sizes), reached=reached,
        )  # fmt: skip
        self.call(partial(note_handed, handed))

    def _mutual(self, folder: Path) -> Mutual:
        return Mutual(channel=self.channel, call=self.call, clock=self.clock, folder=folder, stopping=self.stopping)

    def _offers(self, to: Addressee) -> Iterator[tuple[list[str], list[bool]]]:
        after, is_last = 0, False
        while not is_last:
            page, after, is_last = self.call(partial(_page, to.device, after))
            if page:
                yield [one.envelope.id for one in page], [one.content is not None for one in page]

    def _take(self, folder: Path) -> None:
        """Say what is lacking, and take each part in as it comes; a part that breaks off is taken as far as it goes."""
        self._answer_offers()
        number = 1
        while self._part(folder / f"part{number}"):
            number += 1
        if self._carries:
            self._mutual(folder).say_word(self._came)

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
            taker = Taker(self.call, self.progress, self.stopping)
            _add(self.met.took, taker.run([path]))
            for one in taker.read_here.values():
                if self._came is None:
                    self._came = one
                self._came.parts |= one.parts
        path.unlink()
        if broken is not None:
            raise broken
        return is_more


def _add(into: Account, accounts: list[Account]) -> None:
    for one in accounts:
        for name in ("taken", "known", "aside", "foreign", "unreadable", "spoilt", "receipts"):
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
