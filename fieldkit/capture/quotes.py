"""Exact words: quotation marks, straight or typographic, within a note or around all of it."""

from __future__ import annotations

import re

from fieldkit.capture.spans import Rest, Span

CLOSES = {'"': '"', "“": "”", "„": "“", "«": "»"}
QUOTE_MARKS = frozenset("".join(CLOSES) + "".join(CLOSES.values()))
_OPENING = re.compile(f"[{''.join(CLOSES)}]")
_BEFORE_OPENING = frozenset("([{-–—/:'‘’")


def opens_at(text: str, at: int) -> bool:
    """Whether a quotation opens at ``at``: after white space or a bracket, with a word right behind it.

    Thus the inch mark in ``6" pipe`` opens nothing.
    """
    if text[at] not in CLOSES or at + 1 >= len(text):
        return False
    before, after = text[at - 1] if at else " ", text[at + 1]
    return (before.isspace() or before in _BEFORE_OPENING) and not after.isspace() and after not in QUOTE_MARKS


def close_of(text: str, opening: int) -> int | None:
    """Where the quotation that opens at ``opening`` closes, or None if it never does."""
    mark = CLOSES[text[opening]]
    at = text.find(mark, opening + 2)
    while at != -1 and mark == '"' and not _closes_straight(text, at):
        at = text.find(mark, at + 1)
    return None if at == -1 else at


def _closes_straight(text: str, at: int) -> bool:
    after = text[at + 1] if at + 1 < len(text) else " "
    return not text[at - 1].isspace() and not after.isalnum()


def quotations(text: str) -> tuple[Span, ...]:
    """The words between each pair of quotation marks, the marks left out."""
    found: list[Span] = []
    unclosed: set[str] = set()
    for mark in _OPENING.finditer(text):
        at, sign = mark.start(), mark.group()
        if (found and at <= found[-1].end) or sign in unclosed or not opens_at(text, at):
            continue
        close = close_of(text, at)
        if close is None:
            unclosed.add(sign)  # nothing further right closes it either: without this, 3,000 of them took 1.4 s
        else:
            found.append(Span(at + 1, close))
    return tuple(found)


def exact_words(rest: Rest) -> tuple[Rest, tuple[Span, ...]]:
    """Take off the marks of a note that is wholly exact words; the second value is where they stood.

    That is a note that starts with a quotation which closes at its very end or nowhere.
    """
    text = rest.text
    if not text or not opens_at(text, 0):
        return rest, ()
    close = close_of(text, 0)
    if close is None:
        return rest.keep(1, len(text)), (rest.in_line(0, 1),)
    if close == len(text) - 1:
        ends = (rest.in_line(0, 1), rest.in_line(close, close + 1))
        return rest.keep(1, close).stripped(), ends
    return rest, ()
