"""The start of the line: what kind of note it is (``?`` ``!`` ``!!`` ``~``) and who is speaking (``ch:``)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fieldkit.capture.captured import Hint, HintKind, Mark, Read
from fieldkit.capture.spans import Rest, Span
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.entry import Risk

_RUN = re.compile(r"[?!~]+")
_SIGN = re.compile(r"!!|[?!~]")
_APPROXIMATELY = re.compile(r"[\d£$€.]")
_SPEAKER = re.compile(r"(?P<code>\w[\w-]{0,11}) ?:(?![\d/\\:])")
_CODE_LIKE = re.compile(r"[^\W\d_]{2,3}-?\d{0,2}(?= ?:(?:\s|$))")

_FIRST_WORD = re.compile(r"[^\W_]+(?![^\s:,.])")

_COMMON = "nb ps re eg ie fyi ok tbc tbd etc cc ref key why how who the and but so"
_NO_PERSON = frozenset(_COMMON.split())
"""Short words that often stand before a colon in prose; they are never offered as a new person."""

READS = {"?": Read.FOLLOW_UP, "!": Read.RISK, "!!": Read.RISK, "~": Read.OWN_VIEW}


@dataclass(slots=True)
class Head:
    """What the start of the line says; ``rest`` is what follows it."""

    rest: Rest
    signs: frozenset[str] = frozenset()
    speaker: str | None = None
    marks: list[Mark] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)

    @property
    def risk(self) -> Risk:
        """``!`` is a possible risk, ``!!`` one that needs action today."""
        if "!!" in self.signs:
            return Risk.TODAY
        return Risk.POSSIBLE if "!" in self.signs else Risk.NONE


def read_head(rest: Rest, left: tuple[Span, ...], vocabulary: Vocabulary) -> Head:
    """Read signs, speaker and signs (once, before or after the speaker); words in ``left`` are left alone."""
    head = Head(rest=rest)
    _read_signs(head, left, vocabulary)
    _read_speaker(head, left, vocabulary)
    if not head.signs:
        _read_signs(head, left, vocabulary)
    return head


def _read_signs(head: Head, left: tuple[Span, ...], vocabulary: Vocabulary) -> None:
    match = _RUN.match(head.rest.text)
    if match is None or match.end() == len(head.rest.text.rstrip()) or _is_left(head, match.end(), left):
        return
    if match.group().endswith("~") and _is_case(head.rest.text[match.end() :], vocabulary):
        return  # "~C01 …" names the case the note is about
    signs = _SIGN.findall(match.group())
    following = head.rest.text[match.end()]
    if len({sign[0] for sign in signs}) < len(signs) or (signs[-1] == "~" and _APPROXIMATELY.match(following)):
        return
    head.signs = frozenset(signs)
    for found in _SIGN.finditer(match.group()):
        head.marks.append(Mark(read=READS[found.group()], span=head.rest.in_line(*found.span())))
    head.rest = head.rest.keep(match.end(), len(head.rest.text)).stripped()


def _read_speaker(head: Head, left: tuple[Span, ...], vocabulary: Vocabulary) -> None:
    match = _SPEAKER.match(head.rest.text)
    if match is None or _is_left(head, match.end(), left):
        return
    code = vocabulary.person(match["code"])
    if code is not None:
        head.speaker = code
        head.marks.append(Mark(read=Read.SPEAKER, span=head.rest.in_line(*match.span())))
        head.rest = head.rest.keep(match.end(), len(head.rest.text)).stripped()
    elif _CODE_LIKE.match(head.rest.text) and match["code"].casefold() not in _NO_PERSON:
        span = head.rest.in_line(*match.span("code"))
        head.hints.append(Hint(kind=HintKind.PERSON_UNKNOWN, word=match["code"], span=span))


def _is_case(text: str, vocabulary: Vocabulary) -> bool:
    word = _FIRST_WORD.match(text)
    return word is not None and vocabulary.case(word.group()) is not None


def _is_left(head: Head, end: int, left: tuple[Span, ...]) -> bool:
    return any(head.rest.in_line(0, end).touches(span) for span in left)
