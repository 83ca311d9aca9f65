"""What the office says of this laptop: kept from each hello, and asked for where somebody decided about its work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fieldkit.app.changes import ChangeSet
from fieldkit.app.laptop_word import Decision, EraseAsked, LaptopWord
from fieldkit.app.ports import Identity, SyncStore
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.errors import Refusal, Trouble
from sync.http import CentralStore
from sync.link import Link, Speaker
from sync.reading_in import ReadingIn
from sync.translate import read_message, signed_certificate, witness
from sync.wire.devices import IntakeReply, IntakeRequest, WipedReply, WipedRequest
from sync.wire.frames import Kind, read_sheet_payload
from sync.wire.messages import HelloReply, MissingReply, MissingRequest, PullRequest
from sync.wire.requests import to_base64
from sync.wire.routes import INTAKE, MISSING, WIPED

MOST_ASKED = 20
"""Replies of a thousand decisions that one round reads."""


def word_of(reply: HelloReply) -> LaptopWord:
    """The part of a verified hello that is about this laptop."""
    certificate = None
    if reply.device_certificate:
        certificate = signed_certificate(reply.device_certificate, reply.device_signature)
    ask = reply.erase
    erase = EraseAsked(at=ask.at, by=ask.by, reason=ask.reason) if ask is not None else None
    return LaptopWord(
        status=reply.status, certificate=certificate, waiting=reply.waiting, decided=reply.decided, erase=erase
    )


def hear_of_laptop(link: Link, speaker: Speaker, word: LaptopWord) -> int:
    """Keep the word, and read the decisions that are new; how many there were."""
    link.call(lambda store: store.laptop.keep_word(word))
    known, heard = link.call(lambda store: store.laptop.decided()), 0
    for _ in range(MOST_ASKED):
        if word.decided <= known:
            break
        link.go_on()
        reply, sheets = _ask(link, speaker, known)
        if sheets:
            link.call(partial(_keep_receipts, tuple(sheets)))
        link.call(partial(_keep, reply))
        heard += len(reply.decisions)
        if not reply.more or reply.upto <= known:
            break
        known = reply.upto
    return heard


def tell_wiped(url: str, signed: Signed, identity: Identity, connect: Callable[[str], CentralStore]) -> None:
    """Give the office the statement of an erased vault.

    Raises ``Refusal('central.wiped')`` where it does not hold there, ``Trouble`` for the way.
    """
    far = connect(url)
    try:
        request = WipedRequest(statement=to_base64(signed.data), signature=to_base64(signed.signature))
        read_message(WipedReply, far.ask(WIPED, request, identity))
    finally:
        far.close()


def purge_due(link: Link, speaker: Speaker, epoch: str, *, may_ask: bool) -> None:
    """Remove what the office has, where its policy says so and its certificate agrees.

    The store is asked about team-mates' notes that are due, a fourth turn in the rare round that has any: what it
    lacks, or may not be told of to this person, stays.
    """
    asked = link.call(lambda store: store.laptop.purge_asks()) if may_ask else []
    held = _held_there(link, speaker, epoch, asked) if asked else frozenset[str]()
    link.call(lambda store: store.laptop.purge(held))


def _held_there(link: Link, speaker: Speaker, epoch: str, ids: list[str]) -> frozenset[str]:
    """Those that the store of this epoch holds with their content."""
    request = MissingRequest(ids=ids, contents=[True] * len(ids))
    reply = read_message(MissingReply, link.far.ask(MISSING, request, speaker.identity))
    if any(not 0 <= position < len(ids) for position in reply.positions):
        raise Trouble("wire.damaged")
    seen = witness(reply.witness)
    if seen.epoch != epoch:
        raise Refusal("central.epoch")  # put back a moment ago: the next hello meets the new epoch
    link.call(lambda store: store.keep_witness(seen))  # a store put back behind this answer is found out
    lacking = {ids[position] for position in reply.positions}
    return frozenset(one for one in ids if one not in lacking)


def read_back(link: Link, speaker: Speaker, epoch: str) -> None:
    """Read again, from their beginning and own work too, the assessments of which what was removed is wanted."""
    places = link.call(lambda store: store.laptop.again())
    if not places:
        return
    request = PullRequest(epoch=epoch, cursors=dict.fromkeys(places, 0), own_after=0, receipts_after=None)
    if not ReadingIn(link, speaker).run(request).more:
        link.call(lambda store: store.laptop.came_again(places))


def _ask(link: Link, speaker: Speaker, after: int) -> tuple[IntakeReply, list[Signed]]:
    body = IntakeRequest(after=after).model_dump_json().encode()
    sheets: list[Signed] = []
    reply: IntakeReply | None = None
    with link.far.frames(INTAKE, body, "application/json", speaker.identity) as frames:
        for kind, payload in frames:
            if kind is Kind.SHEET:
                data, signature = read_sheet_payload(payload)
                sheets.append(Signed(data=data, signature=signature))
            elif kind is Kind.MESSAGE:
                reply = read_message(IntakeReply, payload)
    if reply is None:
        raise Trouble("wire.damaged")
    return reply, sheets


def _keep_receipts(sheets: tuple[Signed, ...], store: SyncStore) -> ChangeSet:
    return store.keep_receipts(sheets)


def _keep(reply: IntakeReply, store: SyncStore) -> ChangeSet:
    decisions = [
        Decision(revision=one.revision, decision=one.decision, reason=one.reason, by=one.by, at=one.at)
        for one in reply.decisions
    ]
    return store.laptop.keep_decisions(decisions, reply.upto)
