"""Does a line name somebody? For a quiet warning while typing, with the code that could stand there instead.

Names of the open key are known for certain; everything else is told by its look and may be wrong, so that nothing is
ever blocked or changed by itself. One pass of a few patterns: 1,000 characters take well under a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.capture.personal import personal_details
from fieldkit.capture.spans import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLE = re.compile(
    r"\b(?:(?:mr|mrs|ms|mx|dr|prof|cllr|rev)\b\.?|(?:miss|professor|sir|dame|lord|lady|sister|nurse|councillor|reverend)\b)"
    r"[ ]+(?=[^\W\d_])",
    re.IGNORECASE,
)
"""A full stop after a whole word ends a sentence: ``was seen by the nurse. Source: …``."""
_CUE = re.compile(
    r"\b(?:named|called|(?:grand)?(?:daughter|son|mother|father)|mum|dad|wife|husband|brother|aunt|uncle|niece|nephew"
    r"|neighbour|patient|resident|client)\b,?[ ]+(?=[^\W\d_])",
    re.IGNORECASE,
)
"""Words that a single name often follows: ``her daughter Priya``."""
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_BORN = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\b[:\s]{0,3}"
    r"\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[A-Za-z]{3,9})[ ./-]\d{2,4}",
    re.IGNORECASE,
)
_ENDS = '.!?:;\n"“”‘(–—'
_LONGEST_NAME = 3
_WORDS_COMMON = """
a an and are at by every for from he her his i if in it last my next no nobody not of on one or our she the
their then there they this to two we what when where who you yes monday tuesday wednesday thursday friday
saturday sunday january february march april may june july august september october november december
christmas easter nhs icb icp cqc trust board council hospital hospitals ward unit room place team service
services care quality commission committee authority partnership system health social community mental primary
community centre house home homes park street road lane act england wales scotland ireland kingdom north south
east west director chief executive chair officer manager nurse doctor matron sister head lead governor trustee
healthwatch ombudsman department office plan policy report strategy programme group forum pathway safeguarding
adult adults children english british welsh polish urdu punjabi bengali teams excel word microsoft covid
"""
_COMMON = frozenset(_WORDS_COMMON.split())
"""Words that make a capitalised pair something else than a name."""


class NameKind(StrEnum):
    """What it looks like; the value is the code of its sentence."""

    KNOWN = "capture.name_known"
    NAME = "capture.name"
    POSTCODE = "capture.postcode"
    BORN = "capture.born"
    DETAIL = "capture.detail"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSighting:
    """What names somebody, and where. ``code`` is theirs, if the open key knows them."""

    kind: NameKind
    span: Span
    code: str = ""


@dataclass(frozen=True, slots=True)
class NameBook:
    """The names of an open key, ready to be looked up, and words that are no names here.

    ``whole`` has all words of a name together, ``parts`` each of three letters or more that one person alone has.
    """

    whole: Mapping[tuple[str, ...], str]
    parts: Mapping[str, str]
    ordinary: frozenset[str] = _COMMON

    @classmethod
    def of(cls, names: Mapping[str, str], not_names: Iterable[str] = ()) -> NameBook:
        """``names`` are codes with the name behind each; ``not_names`` texts whose words are places, bodies, roles."""
        whole: dict[tuple[str, ...], str] = {}
        owners: dict[str, set[str]] = {}
        for code, name in names.items():
            words = tuple(word.casefold() for word in _WORD.findall(name))
            if words:
                whole[words] = code
            for word in words:
                if len(word) >= 3 and word not in _COMMON:
                    owners.setdefault(word, set()).add(code)
        own = {word.casefold() for text in not_names for word in _WORD.findall(text)}
        parts = {word: min(codes) for word, codes in owners.items() if len(codes) == 1}
        return cls(whole, parts, _COMMON | own)


NO_NAMES = NameBook({}, {})


def name_sightings(text: str, book: NameBook = NO_NAMES) -> tuple[NameSighting, ...]:
    """All that names somebody in ``text``, in order, none over another; the surest where several meet."""
    words = words_of(text)
    found = [
        *_known(words, text, book),
        *(NameSighting(kind=NameKind.DETAIL, span=one.span) for one in personal_details(text)),
        *(NameSighting(kind=NameKind.BORN, span=Span(*match.span())) for match in _BORN.finditer(text)),
        *(NameSighting(kind=NameKind.POSTCODE, span=Span(*match.span())) for match in _POSTCODE.finditer(text)),
        *_after(_TITLE, text, words, book),
        *_after(_CUE, text, words, book, has_lead=False),
        *_pairs(text, words, book),
    ]
    kept: list[NameSighting] = []
    taken = bytearray(len(text))  # not span against span: a paste of 5 MB may name thousands
    for one in found:
        if taken.find(1, one.span.start, one.span.end) < 0:
            taken[one.span.start : one.span.end] = b"\x01" * (one.span.end - one.span.start)
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.span.start))


def words_of(text: str) -> list[re.Match[str]]:
    """Its words as names are made of them, with where each stands."""
    return list(_WORD.finditer(text))


def put_code(text: str, sighting: NameSighting, code: str) -> str:
    """``text`` with ``code`` in place of the sighting; every other character stays."""
    return text[: sighting.span.start] + code + text[sighting.span.end :]


def _known(words: list[re.Match[str]], text: str, book: NameBook) -> list[NameSighting]:
    found: list[NameSighting] = []
    if not book.whole:
        return found
    longest = max(len(one) for one in book.whole)
    at = 0
    while at < len(words):
        step = 1
        for length in range(min(longest, len(words) - at), 0, -1):
            run = tuple(word.group().casefold() for word in words[at : at + length])
            code = book.whole.get(run) or (
                book.parts.get(run[0]) if length == 1 and words[at].group()[0].isupper() else None
            )
            if code is not None:
                start = _with_title(text, words[at].start())
                span = Span(start, words[at + length - 1].end())
                found.append(NameSighting(kind=NameKind.KNOWN, span=span, code=code))
                step = length
                break
        at += step
    return found


def _with_title(text: str, start: int) -> int:
    """Where a title before the name begins; the name itself where none stands there."""
    before = text[max(start - 12, 0) : start]
    title = next(
        (match for match in _TITLE.finditer(before + text[start : start + 1]) if match.end() == len(before)), None
    )
    return start - len(before) + title.start() if title is not None else start


def _after(
    lead: re.Pattern[str], text: str, words: list[re.Match[str]], book: NameBook, *, has_lead: bool = True
) -> list[NameSighting]:
    """Names right after what leads to one; a title is part of it (``has_lead``), the word for a relative is not."""
    starts = {word.start(): place for place, word in enumerate(words)}
    found = []
    for match in lead.finditer(text):
        place = starts.get(match.end())
        if place is None or not is_name_like(words[place].group()) or words[place].group().casefold() in book.ordinary:
            continue
        last = place
        while last + 1 < len(words) and last + 1 - place < _LONGEST_NAME and _goes_on(text, words, last, book):
            last += 1
        start = match.start() if has_lead else words[place].start()
        found.append(NameSighting(kind=NameKind.NAME, span=Span(start, words[last].end())))
    return found


def _pairs(text: str, words: list[re.Match[str]], book: NameBook) -> list[NameSighting]:
    found, place = [], 0
    while place < len(words):
        if not is_name_like(words[place].group()) or begins_here(text, words[place].start()):
            place += 1
            continue
        last = place
        while last + 1 < len(words) and _is_beside(text, words, last) and is_name_like(words[last + 1].group()):
            last += 1
        run = [word.group().casefold() for word in words[place : last + 1]]
        if 2 <= len(run) <= _LONGEST_NAME and not any(word in book.ordinary for word in run):
            found.append(NameSighting(kind=NameKind.NAME, span=Span(words[place].start(), words[last].end())))
        place = last + 1
    return found


def _goes_on(text: str, words: list[re.Match[str]], last: int, book: NameBook) -> bool:
    after = words[last + 1].group()
    return _is_beside(text, words, last) and is_name_like(after) and after.casefold() not in book.ordinary


def _is_beside(text: str, words: list[re.Match[str]], last: int) -> bool:
    return text[words[last].end() : words[last + 1].start()] == " "


def is_name_like(word: str) -> bool:
    """``Okafor``, ``O’Neill``, ``Smith-Jones``; neither ``NHS`` nor ``the``."""
    return len(word) > 1 and word[0].isupper() and any(letter.islower() for letter in word)


def begins_here(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or the line begins here: any word has a capital there."""
    before = text[:start].rstrip(" ")
    return not before or before[-1] in _ENDS
