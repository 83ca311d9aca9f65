"""Handing over for screens; what it is made of is imported when somebody first hands something over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit import __version__
from fieldkit.app.handing_over import HandedOver
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Refusal, Trouble
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.hand_over_service import Addressee, Card, Met, Shown, Standing, Stopping, TakenIn, UrgentCode

if TYPE_CHECKING:
    from sync.bundle.giving import Addressee as To
    from sync.link import Call
    from sync.pairing.channel import Channel
    from sync.pairing.meeting import Showing

CENTRE = "centre"
SUFFIXES = (".fieldbundle", ".fieldreceipt")


class LateHandOver:
    """Implements ``ui.presenters.hand_over_service.HandOver``; ``call`` runs a transaction on the store lane."""

    def __init__(self, call: Call, clock: Clock, folder: Path, nudge: Callable[[], None] = lambda: None) -> None:
        self._call, self._clock, self._folder, self._nudge = call, clock, folder, nudge
        self._showing: Showing | None = None

    def look(self) -> Standing:
        """Who can be handed something, and what was."""
        centre = self._call(lambda store: store.hand_over.centre())
        laptops = self._call(lambda store: store.hand_over.laptops())
        names = [one.name for one in laptops]
        to = [Addressee(key=CENTRE, name=f"Central store of {centre.office}")] if centre is not None else []
        for one in laptops:
            which = f", laptop {one.device[-8:]}" if names.count(one.name) > 1 else ""
            to.append(Addressee(key=one.device, name=f"{one.name}{which}"))
        handed = self._call(lambda store: store.hand_over.handed())
        carried = self._call(lambda store: store.hand_over.carrying.files())
        return Standing(to=tuple(to), handed=tuple(handed), carried=tuple(carried))

    def write(self, to: str, folder: Path, stopping: Stopping, *, asks: bool = False) -> HandedOver:
        """A file for somebody; with one for a team-mate go the store's receipts that are kept for them."""
        from sync.bundle.giving import Giving
        from sync.bundle.naming import stem
        from sync.bundle.stick import give_back

        me = self._call(lambda store: store.hand_over.me())
        giving = Giving(call=self._call, clock=self._clock, app=__version__, stopping=stopping, asks=asks)
        try:
            name = stem(folder, me.initials, self._clock.now())
        except OSError as error:
            raise Trouble("handover.stick") from error
        whom = self._to(to)
        given = giving.write(whom, folder, name).handed
        if whom.device:
            give_back(self._call, folder, whom.public)
        return given

    def give_back(self, folder: Path) -> int:
        """The store's receipts for what was carried, onto a stick."""
        from sync.bundle.stick import give_back

        return len(give_back(self._call, folder))

    def read(self, places: Sequence[Path], stopping: Stopping) -> TakenIn:
        """Take in what is for this laptop and take along what is for its office; what is for others is left alone."""
        from sync.bundle.stick import read

        paths: list[Path] = []
        for place in places:
            with suppress(OSError):
                inside = sorted(place.iterdir()) if place.is_dir() else [place]
                paths += [one for one in inside if one.is_file() and one.suffix in SUFFIXES]
        found = read(self._call, self._clock, paths, stopping)
        if found.along:
            self._nudge()
        mine = [one for one in found.accounts if [p.code for p in one.problems] != ["handover.not_for_you"]]
        going = sum(not one.is_over for one in found.along)
        return TakenIn(accounts=mine, along=going, over=len(found.along) - going, unanswered=found.unanswered)

    def show(self) -> Shown:
        """Begin to wait under a new code."""
        from sync.pairing.meeting import Code, Showing
        from ui.presenters.passphrases import word_list

        if self._showing is not None:
            self._showing.close()
        self._showing = Showing(Code.make(word_list()))
        return Shown(code=self._showing.code.text, addresses=self._showing.addresses)

    def wait(self, stopping: Stopping) -> Met:
        """Wait for whoever has the code."""
        if self._showing is None:
            raise Refusal("pair.code")
        return self._exchange(self._showing.wait(stopping), stopping, gives_first=True)

    def join(self, code: str, address: str, stopping: Stopping) -> Met:
        """Connect to the laptop that shows a code."""
        from sync.pairing.meeting import Code, dial

        return self._exchange(dial(Code.read(code), address), stopping, gives_first=False)

    def urgent(self, record: str) -> UrgentCode:
        """An escalation as a code, and its check phrase."""
        from sync.bundle.urgent import urgent

        made = urgent(self._call, record)
        centre = self._call(lambda store: store.hand_over.centre())
        return UrgentCode(text=made.text, words=_in_words(made.phrase), office=centre.office if centre else "")

    def card(self) -> Card:
        """This laptop's own card."""
        return self.read_card(self._call(lambda store: store.hand_over.card()))

    def read_card(self, text: str) -> Card:
        """Whose card it is, and the words to compare."""
        from fieldkit.domain.key_card import KeyCard
        from fieldkit.kernel.signing import fingerprint

        found = KeyCard.from_text(text)
        return Card(text="".join(text.split()), name=found.name, words=_in_words(fingerprint(found.public)))

    def keep_card(self, text: str, assessments: Sequence[str]) -> str:
        """Know the laptop of a card whose words were compared."""
        from fieldkit.domain.key_card import KeyCard

        found = KeyCard.from_text(text)
        places = frozenset(AssessmentId(one) for one in assessments)
        self._call(lambda store: store.hand_over.keep_card(found, places))
        return found.name

    def _exchange(self, channel: Channel, stopping: Stopping, *, gives_first: bool) -> Met:
        from sync.pairing.exchange import Exchange

        try:
            exchange = Exchange(
                channel=channel, call=self._call, clock=self._clock, app=__version__, gives_first=gives_first,
                folder=self._folder, stopping=stopping,
            )  # fmt: skip
            met = exchange.run()
        finally:
            channel.close()
        if met.carries:
            self._nudge()
        return Met(name=met.name, gave=met.gave, took=met.took, sealed=met.sealed, carries=met.carries)

    def _to(self, key: str) -> To:
        from sync.bundle.giving import Addressee as To

        if key == CENTRE:
            centre = self._call(lambda store: store.hand_over.centre())
            if centre is None:
                raise Refusal("send.not_enrolled")
            return To(name=centre.office, public=centre.public)
        found = next((one for one in self._call(lambda store: store.hand_over.laptops()) if one.device == key), None)
        if found is None:
            raise Refusal("handover.card")
        return To(name=found.name, public=found.public, device=found.device)


def _in_words(numbers: Sequence[int]) -> tuple[str, ...]:
    from ui.presenters.passphrases import word_list

    words = word_list()
    return tuple(words[number] for number in numbers)
