"""What the office says of this laptop: kept from each hello, and asked for where somebody decided about its work."""

from __future__ import annotations

from functools import partial

from fieldkit.app.changes import ChangeSet
from fieldkit.app.laptop_word import Decision, EraseAsked, LaptopWord
from fieldkit.app.ports import SyncStore
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.errors import Trouble
from sync.link import Link, Speaker
from sync.translate import read_message, signed_certificate
from sync.wire.devices import IntakeReply, IntakeRequest
from sync.wire.frames import Kind, read_sheet_payload
from sync.wire.messages import HelloReply
from sync.wire.routes import INTAKE

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
