"""Which words of a text may be misspelt: words of prose only, never codes, tags, abbreviations or names.

A mark on something that is right costs more trust than a slip that is missed, so whatever is not plainly a word of
prose is passed over: anything with a figure, a sign or capitals in it, and names, which begin with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from fieldkit.capture.spans import TOKEN, Span
from fieldkit.capture.word_list import LONGEST, WordList

_SHORTEST = 3
"""Two letters are mostly a person's code or an abbreviation (``dn``, ``pt``)."""
_WORD = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*")
_NO_PROSE = re.compile(r"[\d_#@~;=/\\<>|{}\[\]*^+&%]|\w\.\w|\w:\w")
_SPEAKER = re.compile(r"\s*[\w-]{1,12}:(?=\s|\Z)")
_LATIN_ENDS = 0x24F
_ENDS_SENTENCE = re.compile(r"(?:\A|[.!?\N{HORIZONTAL ELLIPSIS}:\n]\W*|\n)\s*\W*\Z")


class Judge:
    """Whether words are spelled right: by the list, by what the packs speak of, by the person's own words."""

    def __init__(self, words: WordList, known: Collection[str] = ()) -> None:
        self.words = words
        self._known = frozenset(one.casefold() for one in known)
        self.knows = lru_cache(maxsize=4096)(self._knows)
        self._is_slip = lru_cache(maxsize=512)(words.is_one_swap_from_a_word)

    def misspelt(self, text: str, also: Collection[str] = ()) -> tuple[Span, ...]:
        """Where the words stand that are not known. ``also`` holds words that are known in this place: codes."""
        also = {one.casefold() for one in also}
        speaker = _SPEAKER.match(text)
        found: list[Span] = []
        for token in TOKEN.finditer(text, speaker.end() if speaker else 0):
            if _NO_PROSE.search(token[0]):
                continue
            found += [
                Span(token.start() + word.start(), token.start() + word.end())
                for word in _WORD.finditer(token[0])
                if word[0].casefold() not in also and self._is_wrong(word[0], text, token.start() + word.start())
            ]
        return tuple(found)

    def suggestions(self, word: str, own: Collection[str] = ()) -> tuple[str, ...]:
        """What it may have been meant to be, likeliest first."""
        return self.words.suggestions(plain(word), own)

    def _is_wrong(self, word: str, text: str, at: int) -> bool:
        if not _SHORTEST <= len(word) <= LONGEST or any(ord(char) > _LATIN_ENDS for char in word.replace("’", "'")):
            return False
        word = plain(word)
        if len(word) < _SHORTEST or any(char.isupper() for char in word[1:]) or self.knows(word):
            return False
        if not word[0].isupper():
            return True
        # A capital is a name's, but at the start of a sentence it may be any word's: there only a plain slip is marked.
        return _starts_sentence(text, at) and not self.knows(word.lower()) and self._is_slip(word)

    def _knows(self, word: str) -> bool:
        forms = {word, word.lower()} if word[:1].isupper() else {word}
        return any(self.words.knows(one) for one in forms) or word.casefold() in self._known


def plain(word: str) -> str:
    """As the list has it: straight apostrophes, no possessive."""
    return word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").removesuffix("'s")


def _starts_sentence(text: str, at: int) -> bool:
    return _ENDS_SENTENCE.search(text[max(0, at - 40) : at]) is not None if at else True


def word_at(text: str, caret: int) -> Span | None:
    """The word the caret stands in or just behind, which is being typed and is not judged yet."""
    start = end = caret
    while start > 0 and (text[start - 1].isalpha() or text[start - 1] in "'\N{RIGHT SINGLE QUOTATION MARK}"):
        start -= 1
    while end < len(text) and (text[end].isalpha() or text[end] in "'\N{RIGHT SINGLE QUOTATION MARK}"):
        end += 1
    return Span(start, end) if start < end else None
