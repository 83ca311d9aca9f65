"""Urgent items by a phone: the code and the check phrase on the laptop, taking in and checking at the office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.office import settings_of
from ui.cli.sending import calling
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from central.urgent import Item, Told


def show(desk: Desk) -> int:
    """The code and the phrase of an escalation."""
    from fieldkit.app.escalation_rows import escalations
    from fieldkit.reports.qr import encode, in_terminal
    from sync.bundle.urgent import urgent
    from ui.cli import choose
    from ui.cli.key_words import in_words

    with opened(desk, is_whole=True) as vault:
        rows = escalations(vault.questions)
        wanted = desk.options.escalation
        one = choose.pick("escalation", rows, wanted, lambda row: row.value.what, lambda row: row.value.id)
        made = urgent(calling(vault), one.value.id)
    words = in_words(made.phrase)
    lines = [
        *in_terminal(encode(made.text)), made.text, "",
        "Have any phone scan it, and send its text to the office by any way. Only the office can read it.",
        f"Or ring, read out what it says, and these words: {words}",
        "It is sent by itself too, as soon as there is a network; the office finds both together.",
    ]  # fmt: skip
    desk.terminal.show({"record": one.value.id, "text": made.text, "phrase": words}, lines)
    return faults.OK


def take(desk: Desk) -> int:
    """At the office: the text of a code."""
    from central.urgent import take as take_in

    given = desk.options.text
    text = desk.stdin.read() if given == "-" else Path(given).read_text("utf-8") if Path(given).is_file() else given
    items = take_in(settings_of(desk), text, desk.clock)
    desk.terminal.show([_item(one) for one in items], [line for one in items for line in _lines(one)])
    return faults.OK


def check(desk: Desk) -> int:
    """At the office: is the item with these words here? What was told is written down."""
    from central.urgent import check as look

    numbers = _numbers(desk.options.words)
    told = desk.options.told or ""
    items = look(settings_of(desk), numbers, told, desk.options.by or "", desk.clock)
    lines = [line for one in items for line in _lines(one)]
    if not items:
        lines.append("Not here yet. When it comes it stands beside these words: central urgent list.")
    if told:
        lines.append("Written down.")
    facts = {"here": bool(items), "items": [_item(one) for one in items], "written_down": bool(told)}
    desk.terminal.show(facts, lines)
    return faults.OK if items else faults.FOUND


def list_calls(desk: Desk) -> int:
    """At the office: calls that were written down, each with its item once that is here."""
    from central.urgent import calls
    from ui.cli.key_words import in_words

    found = calls(settings_of(desk), desk.clock)
    lines = []
    for one in found:
        by = f", {one.by}" if one.by else ""
        lines.append(f"{one.at[:16].replace('T', ' ')}{by}: {one.told} ({in_words(one.phrase)})")
        lines += [f"  {line}" for line in (_lines(one.item) if one.item else ["Not here yet."])]
    desk.terminal.show([_call(one) for one in found], lines or "No call was written down.")
    return faults.OK


def _numbers(words: Sequence[str]) -> tuple[int, ...]:
    """Raises ``Mistake('urgent.words')``."""
    from fieldkit.domain.urgent_phrase import WORDS
    from ui.presenters.passphrases import word_list

    known = {word: number for number, word in enumerate(word_list())}
    said = " ".join(words).casefold().split()
    if len(said) != WORDS or any(word not in known for word in said):
        raise Mistake("urgent.words", field="words", count=WORDS)
    return tuple(known[word] for word in said)


def _lines(one: Item) -> list[str]:
    from ui.cli.key_words import in_words

    at = one.received_at[:16].replace("T", " ")
    if not one.title:
        return [f"It is here since {at}, for those alone who may know it. Words: {in_words(one.phrase)}"]
    return [f"It is here since {at}: {one.title}", f"Words: {in_words(one.phrase)}"]


def _item(one: Item) -> dict[str, Any]:
    from ui.cli.key_words import in_words

    return {
        "record": one.record, "revision": one.revision, "received_at": one.received_at, "outcome": one.outcome,
        "title": one.title, "phrase": in_words(one.phrase),
    }  # fmt: skip


def _call(one: Told) -> dict[str, Any]:
    from ui.cli.key_words import in_words

    return {
        "at": one.at, "by": one.by, "told": one.told, "phrase": in_words(one.phrase),
        "item": _item(one.item) if one.item else None,
    }  # fmt: skip
