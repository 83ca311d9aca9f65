"""Names that stand without a title: told from other words by a list of these. For what leaves the team.

While somebody types, ``fieldkit.capture.names`` looks for what is likely enough to be worth a hint. Before a report
leaves, a person looks at each finding anyway, so more is found here, and more of it is no name: a word with a capital
that no dictionary has, one that only has a capital there and says something, two of which the second is such a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldkit.capture.names import NameBook, begins_here, is_name_like, words_of
from fieldkit.capture.spans import Span
from fieldkit.capture.word_list import WordList

_SAYS = frozenset({
    "agreed", "asked", "asks", "called", "complained", "confirmed", "cried", "described", "died", "explained", "fell",
    "feels", "felt", "knew", "knows", "lives", "phoned", "rang", "remembers", "replied", "rings", "said", "say", "says",
    "tells", "thinks", "thought", "told", "waited", "wanted", "wants", "wrote",
})  # fmt: skip
"""What people do, and places, bodies and programs do not."""
_POSSESSIVE = re.compile(r"['’]s$")
_INNER = re.compile(r"(?<!Mc)(?<!Mac)(?<![-'’])(?<=.)[A-ZÀ-Þ]")
"""A capital inside a word, as programs have it (``SystmOne``), not ``McKay`` or ``O’Neill``."""


def lone_names(text: str, book: NameBook, known: WordList) -> Iterator[Span]:
    """Where names may stand, in order, none over another."""
    words = words_of(text)
    place = 0
    while place < len(words):
        last = _last_of_name(text, words, place, book, known) if is_name_like(words[place].group()) else None
        if last is not None:
            yield Span(words[place].start(), words[last].end())
        place = place + 1 if last is None else last + 1


def _last_of_name(text: str, words: list[re.Match[str]], place: int, book: NameBook, known: WordList) -> int | None:
    """The last word of the name that begins with this one; ``None`` where it is none."""
    word = words[place].group()
    begins = begins_here(text, words[place].start())
    after = _beside(text, words, place)
    is_own = _is_no_word(word, book, known)
    if is_name_like(after) and after.casefold() not in book.ordinary:
        return place + 1 if is_own or _is_no_word(after, book, known) else None
    if not is_own:
        return None
    is_strange = not begins and not known.knows(_plain(word))
    before = words[place - 1].group() if place and _beside(text, words, place - 1) == word else ""
    return place if is_strange or after in _SAYS or before == "by" else None


def _beside(text: str, words: list[re.Match[str]], place: int) -> str:
    """The next word, where nothing but a space is between."""
    if place + 1 == len(words) or text[words[place].end() : words[place + 1].start()] != " ":
        return ""
    return words[place + 1].group()


def _is_no_word(word: str, book: NameBook, known: WordList) -> bool:
    """Whether it is nothing that people say without a capital: ``Priya``, ``Dave``, ``Leeds``; not ``Carers``."""
    plain = _plain(word)
    if _INNER.search(plain) or plain.casefold() in book.ordinary:
        return False
    return not all(known.knows(part.lower()) or part.casefold() in book.ordinary for part in re.split(r"[-'’]", plain))


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word)
