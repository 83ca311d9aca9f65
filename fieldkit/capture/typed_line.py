"""The line while it is being typed: its text and what the person decided about words in it.

A sigil counts by itself only at the tail of the line. A tag completed from the list counts wherever it
stands, and a word left as text with Esc counts nowhere. Both decisions are spans that must follow the word
through every later edit, which is what this value does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from fieldkit.capture.replacing import Edits
from fieldkit.capture.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """The text with ``accepted`` spans (tags completed from the list) and ``left`` spans (kept as words).

    A decision is anchored at its span's first character and holds for the whole word that stands there, so
    ``#lc`` accepted and then typed on to ``#lc+`` is still accepted. ``pasted`` holds what came by the clipboard, with
    its source, until the line is empty.
    """

    text: str = ""
    accepted: tuple[Span, ...] = ()
    left: tuple[Span, ...] = ()
    pasted: tuple[tuple[str, str], ...] = ()

    def pasting(self, source: str, words: str) -> TypedLine:
        """These words of it came from ``source`` by the clipboard."""
        return replace(self, pasted=(*self.pasted, (source, words))) if words.strip() else self

    def accepting(self, span: Span) -> TypedLine:
        """The tag at ``span`` was completed from the list."""
        return replace(self, accepted=_with(self.accepted, span), left=_apart(self.left, span))

    def leaving(self, span: Span) -> TypedLine:
        """The words at ``span`` are to stay words (Esc in the list)."""
        return replace(self, left=_with(self.left, span), accepted=_apart(self.accepted, span))

    def edited(self, start: int, removed: int, inserted: str) -> TypedLine:
        """The line after ``removed`` characters at ``start`` gave way to ``inserted``; decisions move along."""
        end = start + removed
        return TypedLine(
            text=self.text[:start] + inserted + self.text[end:],
            accepted=_moved(self.accepted, start, end, len(inserted)),
            left=_moved(self.left, start, end, len(inserted)),
            pasted=self.pasted if removed < len(self.text) or not self.text else (),
        )

    def became(self, text: str, caret: int | None = None) -> TypedLine:
        """The line after one edit that left ``text``, for callers that know only the result.

        ``caret`` (after the edit) settles which of two equal characters was typed or removed.
        """
        after = len(text) - caret if caret is not None else 0
        tail = _shared_tail(self.text, text)
        if caret is not None and after <= tail:
            tail = after
        head = _shared_head(self.text, text, min(len(self.text), len(text)) - tail)
        return self.edited(head, len(self.text) - head - tail, text[head : len(text) - tail])

    def replaced(self, made: Edits) -> TypedLine:
        """The line after find and replace: decisions move along, and what was pasted was pasted all the same."""
        line = self
        for edit in reversed(made):
            line = line.edited(edit.start, len(edit.removed), edit.inserted)
        return replace(line, pasted=self.pasted)

    def to_extra(self) -> str:
        """The decisions as a short string, for the draft that is kept on disk beside the text."""
        kept = {"accepted": self.accepted, "left": self.left, "pasted": self.pasted}
        return json.dumps({name: value for name, value in kept.items() if value}) if any(kept.values()) else ""

    @classmethod
    def from_extra(cls, text: str, extra: str) -> TypedLine:
        """Read ``to_extra`` back. Anything else gives the text without decisions: a draft is never refused."""
        try:
            raw = json.loads(extra) if extra else {}
            return cls(
                text=text, accepted=_spans(raw.get("accepted", [])), left=_spans(raw.get("left", [])),
                pasted=tuple((str(source), str(words)) for source, words in raw.get("pasted", [])),
            )  # fmt: skip
        except (ValueError, TypeError, AttributeError):
            return cls(text=text)


def _with(spans: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    return tuple(sorted((*_apart(spans, span), span)))


def _apart(spans: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    return tuple(one for one in spans if not one.touches(span))


def _moved(spans: tuple[Span, ...], start: int, end: int, size: int) -> tuple[Span, ...]:
    moved = (_follow(span, start, end, size) for span in spans)
    return tuple(span for span in moved if span is not None)


def _follow(span: Span, start: int, end: int, size: int) -> Span | None:
    """Where a span is after ``[start, end)`` became ``size`` characters; None once its first one is gone."""
    grown = size - (end - start)
    if end <= span.start:
        return Span(span.start + grown, span.end + grown)
    if start >= span.end:
        return span
    if start <= span.start:
        return None
    return Span(span.start, span.end + grown if end <= span.end else start)


def _shared_head(one: str, other: str, most: int) -> int:
    """How many characters both start with, at most ``most``; by halves, because slices compare in C."""
    alike = 0
    while most > alike:
        middle = (alike + most + 1) // 2
        if one[alike:middle] == other[alike:middle]:
            alike = middle
        else:
            most = middle - 1
    return alike


def _shared_tail(one: str, other: str) -> int:
    most = min(len(one), len(other))
    return _shared_head(one[::-1], other[::-1], most)


def _spans(raw: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in raw)
