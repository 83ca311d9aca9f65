"""From the typed line to its meaning: signs and speaker off the head, tags off the tail, the rest is prose."""

from __future__ import annotations

from fieldkit.capture.captured import Captured, Mark, Read
from fieldkit.capture.head import Head, read_head
from fieldkit.capture.quotes import exact_words, quotations
from fieldkit.capture.spans import Rest, Span
from fieldkit.capture.tail import Tail, read_accepted, read_tail
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary


def parse(line: TypedLine | str, vocabulary: Vocabulary) -> Captured:
    """Read a line as it stands. Never refuses: what is not understood stays in ``text`` as words."""
    typed = TypedLine(text=line) if isinstance(line, str) else line
    head, tail = _ends(typed, vocabulary)
    rest, exact_marks = _exact(tail.rest, typed.left)
    inner = quotations(rest.text)
    marks = [
        *head.marks,
        *(Mark(read=Read.EXACT, span=span) for span in exact_marks),
        *(Mark(read=Read.QUOTE, span=rest.in_line(span.start - 1, span.end + 1)) for span in inner),
        *tail.marks,
    ]
    return Captured(
        text=rest.text,
        speaker=head.speaker,
        exact=bool(exact_marks),
        follow_up="?" in head.signs,
        risk=head.risk,
        own_view="~" in head.signs,
        tags=tuple(tail.tags),
        category=tail.category,
        case=tail.case,
        quotes=(Span(0, len(rest.text)),) if exact_marks else inner,
        marks=tuple(sorted(marks, key=lambda mark: mark.span)),
        hints=(*head.hints, *tail.hints),
    )


def _ends(line: TypedLine, vocabulary: Vocabulary) -> tuple[Head, Tail]:
    """Head first, so that ``ch:#lc`` needs no space; a sign with neither words nor speaker behind it is words."""
    tail = read_accepted(line, vocabulary)
    head = read_head(tail.rest, line.left, vocabulary)
    tail.rest = head.rest
    read_tail(tail, line.left, vocabulary)
    if head.signs and head.speaker is None and not tail.rest.text:
        tail = read_accepted(line, vocabulary)
        head = Head(rest=tail.rest)
        read_tail(tail, line.left, vocabulary)
    return head, tail


def _exact(rest: Rest, left: tuple[Span, ...]) -> tuple[Rest, tuple[Span, ...]]:
    inner, marks = exact_words(rest)
    if any(mark.touches(span) for mark in marks for span in left):
        return rest, ()
    return inner, marks
