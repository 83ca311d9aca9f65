"""From a note back to a line that says the same: for editing a draft, and to show what was understood."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from fieldkit.capture.captured import Captured, CapturedTag
from fieldkit.capture.parse import parse
from fieldkit.capture.quotes import CLOSES
from fieldkit.capture.spans import Span
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import PACK_SIGN, SUFFIXES, Vocabulary
from fieldkit.domain.entry import Risk
from fieldkit.domain.evidence import Bearing

_SUFFIX_OF = {(Bearing.NEUTRAL, False): ""} | {said: suffix for suffix, said in reversed(SUFFIXES.items())}
EXACT_WAYS = tuple((opening, end) for opening, closing in CLOSES.items() for end in (closing, ""))
_RISK_SIGN = {Risk.NONE: "", Risk.POSSIBLE: "!", Risk.TODAY: "!!"}


def render(captured: Captured, vocabulary: Vocabulary) -> TypedLine:
    """A line whose reading is ``captured`` again, tags as codes at its tail.

    Prose that would itself read as a tag, a speaker or a sign (left as words with Esc) comes with that
    decision in ``left``. Holds for every ``captured`` that ``parse`` made with the same vocabulary.
    """
    lines = list(_candidates(captured, vocabulary))
    for line in lines:
        again = parse(line, vocabulary)
        if again.meaning() == captured.meaning() and _words(again) == _words(captured):
            return line
    return next((line for line in lines if parse(line, vocabulary).meaning() == captured.meaning()), lines[-1])


def _candidates(captured: Captured, vocabulary: Vocabulary) -> Iterator[TypedLine]:
    """The plainest first; then the prose marked as words; each with every way to mark exact words."""
    start = _start(captured)
    tail = "".join(f" {word}" for word in _tail(captured, vocabulary))
    ways = EXACT_WAYS if captured.exact else (("", ""),)
    for left in (False, True):
        for opening, closing in ways:
            before = start + opening
            text = before + captured.text + closing + tail
            prose = Span(len(before), len(before) + len(captured.text))
            stripped = text.lstrip()
            shift = len(text) - len(stripped)
            kept = (Span(prose.start - shift, prose.end - shift),) if left and captured.text else ()
            yield TypedLine(text=stripped, left=kept)


def _start(captured: Captured) -> str:
    signs = _RISK_SIGN[captured.risk] + "?" * captured.follow_up + "~" * captured.own_view
    speaker = f"{captured.speaker}: " if captured.speaker is not None else ""
    return (f"{signs} " if signs else "") + speaker


def _tail(captured: Captured, vocabulary: Vocabulary) -> Iterator[str]:
    for _, group in groupby(captured.tags, key=lambda tag: (tag.code, tag.category_code, tag.bearing, tag.strong)):
        tags = list(group)
        bare = _body(tags[0])
        if [_target(tag) for tag in vocabulary.tags(bare)] == [_target(tag) for tag in tags]:
            yield f"#{bare}"
        else:
            yield from (f"#{vocabulary.pack_word(tag.pack)}{PACK_SIGN}{_body(tag)}" for tag in tags)
    if captured.category is not None:
        yield f"@{captured.category.code}"
    if captured.case is not None:
        yield f"~{captured.case.code}"


def _body(tag: CapturedTag) -> str:
    category = f".{tag.category_code}" if tag.category_code else ""
    return tag.code + category + _SUFFIX_OF[tag.bearing, tag.strong]


def _target(tag: CapturedTag) -> tuple[str, str, str | None]:
    return tag.pack, tag.statement, tag.category


def _words(captured: Captured) -> list[tuple[str, str]]:
    return [(hint.kind, hint.word) for hint in captured.hints]
