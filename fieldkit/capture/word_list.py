"""Which words there are, and which a misspelt one may have been meant to be: one file looked up where it lies.

The list is one ``bytes`` object, sorted, and is searched by bisection: 0.8 MB for 89,000 words, where a spelling
library took 41 MB (docs/decisions/0130-spelling.md). Nothing here is quick enough for every
key; it belongs off that thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

LONGEST = 40
"""A longer run of letters is no word that a list could help with."""

_UNSAID = b"!"
_LETTERS = "abcdefghijklmnopqrstuvwxyz'"
_MOST = 6


class WordList:
    """``data`` is one word a line in the order of its bytes, ``!`` after those that are never suggested."""

    def __init__(self, data: bytes, more: Iterable[str] = ()) -> None:
        self._data = data
        self._more = frozenset(more)

    def knows(self, word: str) -> bool:
        """Whether it is a word, spelled so; a word with a capital in the list needs it."""
        if word in self._more:
            return True
        key = word.encode()
        return self._has(key) or self._has(key + _UNSAID)

    def suggestions(self, word: str, own: Iterable[str] = ()) -> tuple[str, ...]:
        """What ``word`` may have been meant to be, likeliest first; at most six."""
        if len(word) > LONGEST:
            return ()
        lower = word.lower()
        found = [one for one in _one_slip(lower) if self._is_said(one)]
        found += [one for one in (lower.capitalize(), lower.upper()) if self._is_said(one)]
        found += [one for one in own if one != word and _distance(lower, one.lower(), 2) < 3]
        if len(found) < _MOST:
            found += self._two_slips(lower)
        found += [two for two in _in_two(lower) if all(len(part) > 1 and self._is_said(part) for part in two.split())]
        ranked = sorted(dict.fromkeys(found), key=lambda one: _cost(lower, one))
        shown = (one.capitalize() if word[:1].isupper() and one.islower() else one for one in ranked)
        return tuple(dict.fromkeys(shown))[:_MOST]

    def is_one_swap_from_a_word(self, word: str) -> bool:
        """Whether two letters changed places, one was left out or one was typed twice: a slip, and hardly a name."""
        return any(self._is_said(one) for one in _swapped_or_doubled(word.lower()))

    def _is_said(self, word: str) -> bool:
        return word in self._more or self._has(word.encode())

    def _has(self, key: bytes) -> bool:
        at = self._place(key)
        return self._data[at : at + len(key) + 1] == key + b"\n"

    def _place(self, key: bytes) -> int:
        """Where the first line stands that is not before ``key``."""
        data, low, high = self._data, 0, len(self._data)
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start)
            if data[start:end] < key:
                low = end + 1
            else:
                high = start
        return low

    def _two_slips(self, word: str) -> Iterator[str]:
        """Words two slips away that begin with the same letter, or with the second: few people miss both."""
        letters = set(word)
        for first in dict.fromkeys(word[:2]):
            for raw in self._data[self._place(first.encode()) : self._place((first + "\x7f").encode())].split(b"\n"):
                if abs(len(raw) - len(word)) > 2 or not raw or raw.endswith(_UNSAID):
                    continue
                one = raw.decode()
                if len(letters ^ set(one)) < 5 and _distance(word, one, 2) < 3:
                    yield one


def _one_slip(word: str) -> Iterator[str]:
    yield from _swapped_or_doubled(word)
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        for letter in _LETTERS:
            yield word[:at] + letter + word[at + 1 :]
    for at in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:at] + letter + word[at:]


def _swapped_or_doubled(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if word[at] == word[at + 1]:
            yield word[:at] + word[at + 1 :]
    for at in range(1, len(word)):
        yield word[:at] + word[at - 1] + word[at:]


def _in_two(word: str) -> Iterator[str]:
    return (f"{word[:at]} {word[at:]}" for at in range(2, len(word) - 1))


def _cost(typed: str, word: str) -> tuple[float, int, str]:
    """Letters that changed places or were doubled are the commonest slips, a wrong first letter the rarest."""
    cost = 1.6 if " " in word else float(_distance(typed, word.lower(), 3))
    if sorted(typed) == sorted(word.lower()):
        cost -= 0.5
    elif set(typed) == set(word.lower()):
        cost -= 0.3
    return cost + 0.4 * (typed[:1] != word[:1].lower()), abs(len(typed) - len(word)), word


def _distance(one: str, other: str, most: int) -> int:
    """Slips between two words, two letters that changed places being one; ``most`` + 1 where there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, beside in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != beside))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == beside:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]
