"""Tags: at the tail of the line, or completed from the list anywhere in it.

Only the run of tag-like words at the very end is read, so a ``#`` in the middle of prose stays prose. A word
of the run that is no tag stays a word, and the run goes on to its left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from fieldkit.capture.captured import CapturedCase, CapturedCategory, CapturedTag, Hint, HintKind, Mark, Read
from fieldkit.capture.spans import TOKEN, Rest, Span
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import SUFFIXES, Vocabulary
from fieldkit.domain.evidence import Bearing

SIGILS = "#@~"
_CLOSING = ",;."
_DICTATED = frozenset({"#", "hash"})
_SPOKEN = {"plus": "+", "minus": "-"}
_CODE_LIKE = re.compile(r"#(?:\w+/)?(?:[^\W\d_]{2,}|[^\W\d_]\d{1,2})(?:[-.]\w+)*[+-]{0,2}|@[^\W\d_]{2,}")

_BEFORE_NUMBERS = """
    room ward bed bay floor flat block gate desk table seat line item items page paragraph section chapter annex
    appendix slide figure chart phase tier level band grade the a an our their its at in on of to is are was were am
    be by for with from than and or as rang ring ringing call called calling dial dialled number about
"""
NUMBERED = frozenset(_BEFORE_NUMBERS.split())
"""After one of these a bare number completes the sentence ("the room is #12"): it stays words, with a hint."""


@dataclass(slots=True)
class Tail:
    """What has been read so far; ``rest`` is the line without it. Tags are gathered unsorted."""

    rest: Rest
    tags: list[CapturedTag] = field(default_factory=list)
    category: CapturedCategory | None = None
    case: CapturedCase | None = None
    marks: list[Mark] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)


def read_accepted(line: TypedLine, vocabulary: Vocabulary) -> Tail:
    """Take out the tags that were completed from the list, wherever they stand."""
    tail = Tail(rest=Rest.of(line.text))
    for span in sorted(line.accepted, reverse=True):
        _read_accepted(tail, span.start, vocabulary)
    tail.rest = tail.rest.stripped()
    return tail


def read_tail(tail: Tail, left: tuple[Span, ...], vocabulary: Vocabulary) -> None:
    """Read the run of tags at the end of ``tail.rest``; words in ``left`` stay words."""
    _read_run(tail, left, vocabulary)
    tail.rest = tail.rest.stripped()
    _read_first(tail, left, vocabulary)
    tail.tags = _combined(sorted(tail.tags, key=lambda tag: tag.span))
    tail.marks.sort(key=lambda mark: mark.span)
    tail.hints.sort(key=lambda hint: hint.span)


def _read_accepted(tail: Tail, start: int, vocabulary: Vocabulary) -> None:
    """Take the whole word that stands where a tag was accepted, if it still is one.

    Accepted words are taken from right to left, so ``start`` is still its place in ``tail.rest``.
    """
    text = tail.rest.text
    match = TOKEN.match(text, start)
    if match is None or (start > 0 and not text[start - 1].isspace()):
        return
    _take(tail, Span(*match.span()), match.group(), vocabulary)


def _read_first(tail: Tail, left: tuple[Span, ...], vocabulary: Vocabulary) -> None:
    """A case may be named before the words as well: ``~C01 the letter came late``."""
    match = TOKEN.match(tail.rest.text)
    if match is None or match.group()[0] != "~" or tail.case is not None or match.end() == len(tail.rest.text):
        return
    if not any(tail.rest.in_line(*match.span()).touches(one) for one in left):
        _take(tail, Span(*match.span()), match.group(), vocabulary)
        tail.rest = tail.rest.stripped()


def _read_run(tail: Tail, left: tuple[Span, ...], vocabulary: Vocabulary) -> None:
    """From the right, word by word. The word before is looked up first: cutting leaves it where it is."""
    span = tail.rest.token_before(len(tail.rest.text))
    while span is not None:
        word = span.of(tail.rest.text)
        before = tail.rest.token_before(span.start)
        if any(tail.rest.in_line(*span).touches(one) for one in left):
            if not _is_like_a_tag(word, vocabulary):
                return
        elif _is_like_a_tag(word, vocabulary):
            _read_word(tail, span, word, before.of(tail.rest.text) if before else "", vocabulary)
        else:
            dictated = _dictated(tail.rest, span, vocabulary)
            if dictated is None:
                return
            before = tail.rest.token_before(dictated[0].start)
            _take(tail, *dictated, vocabulary)
        span = before


def _is_like_a_tag(word: str, vocabulary: Vocabulary) -> bool:
    """Whether the run goes on past this word; ``@zz"`` or ``#lc?`` is punctuated prose and ends it."""
    if len(word) < 2 or word[0] not in SIGILS:
        return False
    if word[0] == "~":  # "about ~30" and any other word of prose stays one
        return vocabulary.case(_bare(word)) is not None
    if _is_number(word) or _CODE_LIKE.fullmatch(_closed(word)):
        return True
    return bool(vocabulary.tags(_bare(word)) if word[0] == "#" else vocabulary.category(_bare(word)))


def _read_word(tail: Tail, span: Span, word: str, before: str, vocabulary: Vocabulary) -> None:
    place = tail.rest.in_line(*span)
    if _is_number(word) and (word[0] == "@" or before.casefold() in NUMBERED):
        if word[0] == "#" and vocabulary.tags(_bare(word)):
            tail.hints.append(Hint(kind=HintKind.NUMBER_KEPT, word=_closed(word), span=place))
    elif word[0] == "~" and tail.case is not None:
        tail.hints.append(Hint(kind=HintKind.CASE_TWICE, word=_closed(word), span=place))
    elif word[0] == "@" and tail.category is not None and vocabulary.category(_bare(word)) is not None:
        tail.hints.append(Hint(kind=HintKind.CATEGORY_TWICE, word=_closed(word), span=place))
    elif not _take(tail, span, word, vocabulary) and not _is_number(word):
        unused = word[0] == "#" and vocabulary.names_unused_category(_bare(word))
        kind = HintKind.CATEGORY_NOT_USED if unused else HintKind.TAG_UNKNOWN
        tail.hints.append(Hint(kind=kind, word=_closed(word), span=place))


def _dictated(rest: Rest, last: Span, vocabulary: Vocabulary) -> tuple[Span, str] | None:
    """Speech software writes ``# lc``, ``hash lc`` or ``hash lc minus``; only letter codes are read so.

    The span of the spoken tag that ends with ``last``, and the tag as it would be typed.
    """
    word = last.of(rest.text)
    suffix = _SPOKEN.get(word.casefold(), word)
    code = rest.token_before(last.start) if suffix in SUFFIXES else last
    sign = rest.token_before(code.start) if code is not None else None
    if code is None or sign is None or sign.of(rest.text).casefold() not in _DICTATED:
        return None
    spoken = _closed(code.of(rest.text))
    if not vocabulary.is_code(spoken):
        return None
    return Span(sign.start, last.end), f"#{spoken}" + (suffix if suffix in SUFFIXES else "")


def _take(tail: Tail, span: Span, word: str, vocabulary: Vocabulary) -> bool:
    """Read one tag and cut it out of the rest; False, with nothing changed, if it is none."""
    place = tail.rest.in_line(*span)
    if word.startswith("~"):
        case = vocabulary.case(_bare(word))
        if case is None or tail.case is not None:
            return False
        tail.case = replace(case, span=place)
        tail.marks.append(Mark(read=Read.CASE, span=place))
    elif word.startswith("@"):
        category = vocabulary.category(_bare(word))
        if category is None:
            return False
        if tail.category is None:
            tail.category = replace(category, span=place)
        tail.marks.append(Mark(read=Read.CATEGORY, span=place))
    else:
        tags = vocabulary.tags(_bare(word)) if word.startswith("#") else ()
        if not tags:
            return False
        tail.tags += [replace(tag, span=place) for tag in tags]
        tail.marks.append(Mark(read=Read.TAG, span=place))
    tail.rest = tail.rest.without(*span)
    return True


def _combined(tags: list[CapturedTag]) -> list[CapturedTag]:
    """One tag per statement and category; what two of them say is put together, so no judgement is lost."""
    kept: dict[tuple[str, str, str | None], CapturedTag] = {}
    for tag in tags:
        key = (tag.pack, tag.statement, tag.category)
        kept[key] = _both(kept[key], tag) if key in kept else tag
    return list(kept.values())


def _both(one: CapturedTag, other: CapturedTag) -> CapturedTag:
    if Bearing.NEUTRAL in (one.bearing, other.bearing):
        said = other if one.bearing is Bearing.NEUTRAL else one
        return replace(one, bearing=said.bearing, strong=said.strong)
    if one.bearing is other.bearing:
        return replace(one, strong=one.strong or other.strong)
    return replace(one, bearing=Bearing.MIXED, strong=False)


def _is_number(word: str) -> bool:
    return _closed(word)[1:].replace(".", "", 1).isdigit()


def _closed(word: str) -> str:
    """Without the comma or full stop that closes it."""
    return word[:-1] if word[-1:] in _CLOSING else word


def _bare(word: str) -> str:
    return _closed(word)[1:]
