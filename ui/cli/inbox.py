"""What ``fieldkit central intake …`` does."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.office import settings_of

if TYPE_CHECKING:
    from central.intake import Decided, Waiting

WHY = {
    "device_revoked": "laptop stopped",
    "certificate_expired": "certificate over",
    "not_member": "not on the team",
    "case_closed": "assessment closed",
    "device_unknown": "laptop not enrolled",
    "author_foreign": "name is not the laptop’s",
}
"""A few words for each reason; a reason of a later version shows as its code."""

CURE = {
    "device_unknown": "its laptop is not enrolled, so nobody can check its signature; enrol it, or set this aside",
    "author_foreign": "it names somebody who does not use that laptop, and no team-mate’s laptop would take it",
    "not_waiting": "it is not in the inbox",
}


def list_inbox(desk: Desk) -> int:
    """What waits for a decision."""
    from central.intake import listing
    from ui.cli.words import columns
    from ui.presenters.wording import ui

    found = listing(settings_of(desk), also_set_aside=desk.options.all, clock=desk.clock)
    rows = [
        (str(one.seq), WHY.get(one.code, one.code), one.person, one.kind.replace("_", " "),
         one.received_at[:16].replace("T", " "), _standing(one))
        for one in found
    ]  # fmt: skip
    lines = columns(("Number", "Why", "From", "What", "Came", "Standing"), rows)
    waiting = sum(not one.decision for one in found)
    lines.append(f"{ui.count(waiting, 'record')} {'waits' if waiting == 1 else 'wait'} for a decision.")
    empty = "Nothing waits for a decision."
    desk.terminal.show([asdict(one) for one in found], lines if rows else empty)
    return faults.OK


def _standing(one: Waiting) -> str:
    if one.decision:
        return f"set aside by {one.by}: {one.reason}"
    return "waits" if one.size else "waits, proof only"


def show(desk: Desk) -> int:
    """One of them, byte for byte."""
    from central.intake import show as look

    found = look(settings_of(desk), desk.options.number, desk.clock)
    content = found.content.decode("utf-8", "replace") if found.content is not None else None
    facts = {
        **asdict(found.row), "hash": found.hash, "envelope": found.envelope.decode("utf-8", "replace"),
        "content": content,
    }  # fmt: skip
    words = [
        f"Number {found.row.seq}: {found.row.kind.replace('_', ' ')} of {found.row.person}, "
        f"{WHY.get(found.row.code, found.row.code)}",
        f"Envelope: {facts['envelope']}",
        f"Content:  {content}" if content is not None else "Content:  only the proof came",
        *([f"Set aside by {found.row.by}: {found.row.reason}"] if found.row.decision else []),
    ]
    desk.terminal.show(facts, words)
    return faults.OK


def accept(desk: Desk) -> int:
    """Let in."""
    from central.intake import accept as let_in

    numbers = _numbers(desk)
    options = desk.options
    return _told(
        desk, let_in(settings_of(desk), numbers, by=options.by, reason=options.reason, clock=desk.clock), "accepted"
    )


def set_aside(desk: Desk) -> int:
    """Keep from the team, with a reason."""
    from central.intake import set_aside as keep_out

    numbers = _numbers(desk)
    options = desk.options
    return _told(
        desk, keep_out(settings_of(desk), numbers, by=options.by, reason=options.reason, clock=desk.clock), "set aside"
    )


def _numbers(desk: Desk) -> list[int]:
    """Those that are named, or all of one laptop, person or reason. Raises ``Mistake('cli.intake_which')``."""
    from central.intake import listing

    options = desk.options
    if options.numbers:
        return list(options.numbers)
    if not (options.all or options.device or options.name or options.why):
        raise Mistake("cli.intake_which", field="number")
    device, name = (options.device or "").casefold(), (options.name or "").strip()
    return [
        one.seq
        for one in listing(settings_of(desk), clock=desk.clock)
        if one.device.endswith(device) and name in ("", one.person) and options.why in (None, one.code)
    ]


def _told(desk: Desk, done: Decided, word: str) -> int:
    from ui.presenters.wording import ui

    words = [f"{ui.count(len(done.done), 'record')} {word}."]
    for seq, code in done.left:
        words.append(f"Number {seq} stays: {CURE.get(code, WHY.get(code, code))}.")
    if done.done:
        words.append("Whoever sent it reads of it when their laptop next connects.")
    facts = {"done": list(done.done), "left": [{"number": seq, "code": code} for seq, code in done.left]}
    desk.terminal.show(facts, words)
    return faults.FOUND if done.left else faults.OK
