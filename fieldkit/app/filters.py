"""The filter language: words, ``"a phrase"``, ``begin*``, keys like ``qs:lc``. Window and commands read it alike.

Everything typed has to hold; a comma is "or" inside one key (``qs:lc,li``), a leading ``-`` takes notes out. Reading
never refuses anything: what is no key stays a word. What the values mean is settled in ``fieldkit.app.filter_names``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.rows import Word
from fieldkit.app.texts import whole


class Key(StrEnum):
    """What can stand before a colon."""

    STATEMENT = "qs"
    CATEGORY = "ec"
    BEARING = "bearing"
    CAME = "came"
    ALSO = "also"
    IS = "is"
    FROM = "from"
    WHO = "who"
    BY = "by"
    ON = "on"
    VISIT = "visit"
    IN = "in"
    PLACE = "place"
    ORGANISATION = "org"
    ABOUT = "about"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """``qs:lc,li``: the note has any of the values. None of them while one is still being typed (``qs:``)."""

    key: Key
    values: tuple[str, ...]
    negated: bool = False


Part = Clause | Word
Query = tuple[Part, ...]

_KEYS = "|".join(Key)
_VALUE = r'(?:"[^"]*(?:"|$)|[^\s,"]++)'  # ``++``: given back letter by letter, thirty of them would take a minute
_PART = re.compile(
    rf"(?P<not>-)?(?:(?P<key>{_KEYS}):(?P<values>(?:{_VALUE}|,)*)"
    r'|"(?P<phrase>[^"]*)(?:"(?P<goes_on>\*)?|$)|(?P<word>\S+))',
    re.IGNORECASE,
)
_EACH = re.compile(_VALUE)
_PLAIN = re.compile(r'[^\s,"]+')


def parse(text: str) -> Query:
    """What was typed, part by part."""
    found = (_part(match) for match in _PART.finditer(whole(text)))
    return tuple(part for part in found if part is not None)


def render(query: Sequence[Part]) -> str:
    """What ``parse`` reads as this query."""
    return " ".join(("-" if part.negated else "") + _said(part) for part in query)


def unfinished(text: str) -> bool:
    """Whether the last word is still being typed, so that it counts as the beginning of one."""
    matches = list(_PART.finditer(text))
    if not matches or matches[-1].end() != len(text):
        return False
    last = matches[-1]
    return last["word"] is not None or (last["phrase"] is not None and not text.endswith(('"', '"*')))


def going_on(query: Sequence[Part]) -> Query:
    """The same with its last word as a beginning. One letter begins nearly every note: two are needed."""
    if not query:  # marks alone ("--") hold no word yet
        return ()
    *before, last = query
    if not isinstance(last, Word) or last.negated or len(last.text.strip()) < 2:
        return tuple(query)
    return (*before, Word(text=last.text, is_prefix=True))


def words_of(text: str) -> tuple[Word, ...]:
    """A person's words where only words are meant: keys and dashes are words too, the last one may go on."""
    pieces = re.findall(r'"([^"]*)("?\*?)|(\S+)', whole(text))
    found = [
        Word(text=(phrase if not word else word.rstrip("*")), is_prefix=word.endswith("*") or end.endswith("*"))
        for phrase, end, word in pieces
    ]
    words = tuple(word for word in found if word.text)
    if words and not text.endswith(('"', '"*')) and text[-1:].strip():
        return tuple(word for word in going_on(words) if isinstance(word, Word))
    return words


def with_value(query: Query, key: Key, value: str, *, is_on: bool) -> Query:
    """Put a value into the filter or take it out, as a check box does.

    A value goes into the first clause of its key that is not negated (``or``); a new clause goes before the words,
    since the last word may go on. Taking out looks at every clause of the key.
    """
    same = _same(value)
    if not is_on:
        kept = (_without(part, key, same) if isinstance(part, Clause) else part for part in query)
        return tuple(part for part in kept if part is not None)
    if value_is_on(query, key, value):
        return query
    for place, part in enumerate(query):
        if isinstance(part, Clause) and part.key is key and not part.negated:
            more = Clause(key=key, values=(*part.values, value))
            return (*query[:place], more, *query[place + 1 :])
    clauses = sum(isinstance(part, Clause) for part in query)
    parts = sorted(query, key=lambda part: not isinstance(part, Clause))
    return (*parts[:clauses], Clause(key=key, values=(value,)), *parts[clauses:])


def value_is_on(query: Sequence[Part], key: Key, value: str) -> bool:
    """Whether a check box of this value is ticked."""
    same = _same(value)
    return any(
        isinstance(part, Clause) and part.key is key and not part.negated and any(map(same, part.values))
        for part in query
    )


def _same(value: str) -> Callable[[str], bool]:
    return lambda other: other.casefold() == value.casefold()


def _without(part: Clause, key: Key, same: Callable[[str], bool]) -> Clause | None:
    if part.key is not key or part.negated or not any(map(same, part.values)):
        return part
    values = tuple(value for value in part.values if not same(value))
    return Clause(key=key, values=values) if values else None


def _part(match: re.Match[str]) -> Part | None:
    negated = bool(match["not"])
    if match["key"] is not None:
        values = (value.strip('"').strip() for value in _EACH.findall(match["values"]))
        return Clause(key=Key(match["key"].lower()), values=tuple(value for value in values if value), negated=negated)
    if match["phrase"] is not None:
        text = " ".join(match["phrase"].split())
        return Word(text=text, is_prefix=bool(match["goes_on"]), negated=negated) if text else None
    word = " ".join(match["word"].rstrip("*").replace('"', " ").split())
    return Word(text=word, is_prefix=match["word"].endswith("*"), negated=negated) if word else None


def _said(part: Part) -> str:
    if isinstance(part, Word):
        return _word(part)
    bare = (value.replace('"', "") for value in part.values)  # a name may hold quotes; they are not compared
    values = (value if _PLAIN.fullmatch(value) else f'"{value}"' for value in bare)
    return f"{part.key}:{','.join(values)}"


def _word(word: Word) -> str:
    star = "*" if word.is_prefix else ""
    text = word.text.replace('"', " ")
    match = _PART.fullmatch(text + star)
    is_plain = match is not None and match["word"] is not None and match["not"] is None and not text.endswith("*")
    return f"{text}{star}" if is_plain else f'"{text}"{star}'
