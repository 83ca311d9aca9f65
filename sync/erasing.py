"""Erasure by law: hear what the office has ordered, obey, and give an office that was set back its orders again.

Hello tells the number of the newest order and how many there are. Where both are as this laptop knows them nothing is
asked. A backup that was put back may have lost orders without losing a note, so it shows in these two numbers and in
nothing else; then the laptop gives back all it holds, each signed by the store itself, and reads the list anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from fieldkit.app.ports import SyncStore
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.errors import Trouble
from sync.link import Link, Speaker
from sync.translate import read_message
from sync.wire.erasures import MOST_ORDERS, ErasuresReply, ErasuresRequest, OrderModel
from sync.wire.requests import from_base64, to_base64
from sync.wire.routes import ERASURES

MOST_ASKED = 50
"""Replies that one reading takes (50,000 orders); the next round goes on. A store that never ends holds up no word."""


def comply(link: Link, speaker: Speaker, told: tuple[int, int], given: set[tuple[int, int]]) -> int:
    """Hear and obey; how many orders wait for a person's word.

    ``told`` is what hello said, number and count. ``given``: at which of these everything was given back already in
    this run; a store that may not erase is not asked again and again.
    """
    if _known(link) != told and told[0]:
        _read(link, speaker, _known(link)[0])
    known = _known(link)
    if known[1] and known != told and told not in given:
        given.add(told)
        _give_back(link, speaker)
        _read(link, speaker, 0)
    if not link.call(lambda store: store.erasures.standing()).open:
        return 0
    link.call(lambda store: store.erasures.obey())
    return link.call(lambda store: store.erasures.standing()).waiting


def _known(link: Link) -> tuple[int, int]:
    standing = link.call(lambda store: store.erasures.standing())
    return standing.number, standing.count


def _read(link: Link, speaker: Speaker, after: int) -> None:
    for _ in range(MOST_ASKED):
        link.go_on()
        reply = _ask(link, speaker, ErasuresRequest(after=after))
        orders = [
            (one.number, Signed(data=from_base64(one.data), signature=from_base64(one.signature)))
            for one in reply.orders
        ]
        if any(one.number <= after for one in reply.orders):
            raise Trouble("wire.damaged")
        link.call(partial(_keep, orders))
        after = max([after, *(one.number for one in reply.orders)])
        if not (reply.more and orders):
            return


def _keep(orders: Sequence[tuple[int, Signed]], store: SyncStore) -> None:
    store.erasures.keep(orders)


def _give_back(link: Link, speaker: Speaker) -> None:
    for some in _portions(link.call(lambda store: store.erasures.known())):
        link.go_on()
        models = [OrderModel(data=to_base64(one.data), signature=to_base64(one.signature)) for one in some]
        _ask(link, speaker, ErasuresRequest(after=2**53 - 1, known=models))


def _portions(orders: list[Signed]) -> Iterator[list[Signed]]:
    for start in range(0, len(orders), MOST_ORDERS // 2):
        yield orders[start : start + MOST_ORDERS // 2]


def _ask(link: Link, speaker: Speaker, request: ErasuresRequest) -> ErasuresReply:
    return read_message(ErasuresReply, link.far.ask(ERASURES, request, speaker.identity))
