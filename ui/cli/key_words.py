"""Keys as words of the shipped list, for two people to read to each other."""

from __future__ import annotations

from collections.abc import Sequence


def words_of(numbers: Sequence[int]) -> tuple[str, ...]:
    """A word for each of a fingerprint's numbers (below 4,096; the list has 7,776 words)."""
    from ui.presenters.passphrases import word_list

    words = word_list()
    return tuple(words[number] for number in numbers)


def in_words(numbers: Sequence[int]) -> str:
    """The words in one line."""
    return " ".join(words_of(numbers))
