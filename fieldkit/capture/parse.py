"""From the typed line to its meaning: tags off the tail, signs and speaker off the head, the rest is prose."""

from __future__ import annotations

from fieldkit.capture.captured import Captured, Mark, Read
from fieldkit.capture.head import read_head
from fieldkit.capture.quotes import exact_words, quotations
from fieldkit.capture.spans import Rest, Span
from fieldkit.capture.tail import read_tags
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary


def parse(line: TypedLine | str, vocabulary: Vocabulary) -> Captured:
    """Read a line as it stands. Never refuses: what is not understood stays in ``text`` as words."""
    typed = TypedLine(text=line) if isinstance(line, str) else line
    tail = read_tags(typed, vocabulary)
    head = read_head(tail.rest, typed.left, vocabulary)
    rest, exact_marks = _exact(head.rest, typed.left)
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
        quotes=(Span(0, len(rest.text)),) if exact_marks else inner,
        marks=tuple(sorted(marks, key=lambda mark: mark.span)),
        hints=(*head.hints, *tail.hints),
    )


def _exact(rest: Rest, left: tuple[Span, ...]) -> tuple[Rest, tuple[Span, ...]]:
    inner, marks = exact_words(rest)
    if any(mark.touches(span) for mark in marks for span in left):
        return rest, ()
    return inner, marks
