"""The list under the line: what the word being typed may become, and the line once one is taken.

It opens after a sign and one character, while the caret stands at the end of that word; after ``#`` alone for what
was used last; and for people at the very start of the line. It never changes the line by itself: Enter, Tab or a
space take a choice, Esc leaves the word as text (``TypedLine.leaving``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fieldkit.capture.choices import Choice, Choices, Offer, text_choice
from fieldkit.capture.matching import Fit, fold
from fieldkit.capture.short_texts import SIGN, ShortText, texts_of
from fieldkit.capture.spans import NOWHERE, Span
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import PACK_SIGN, Vocabulary

MOST = 8
"""More rows than this would cover the log on a 1280×640 screen."""

_WORD_BEFORE = re.compile(r"(?<!\S)(?:[#@~;]\S+|#)\Z")
_FIRST_WORD = re.compile(r"\s*(?:[?!~]+\s*)?(?P<word>\w[\w-]{0,11})\Z")
_SUFFIX = re.compile(r"[+\-\N{MINUS SIGN}\N{EN DASH}]{0,2}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What was used so far: ``counts`` by code in this session, ``recent`` codes before it, newest first."""

    counts: Mapping[str, int] = field(default_factory=dict)
    recent: Sequence[str] = ()

    def rank(self, code: str) -> tuple[int, int]:
        """Smaller = offered earlier: by use in this session, then by how recent."""
        recent = self.recent.index(code) if code in self.recent else len(self.recent)
        return -self.counts.get(code, 0), recent


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A choice that fits. ``exact`` = what was typed is its whole code, number, position or alias."""

    choice: Choice
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The list for the word at ``span``; empty = no list. ``prefix`` and ``suffix`` frame what is taken."""

    span: Span = NOWHERE
    prefix: str = ""
    suffix: str = ""
    candidates: tuple[Candidate, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.candidates)

    @property
    def is_bare(self) -> bool:
        """Whether nothing but the sign was typed: then a row is taken only by whoever asks for it."""
        return self.prefix == "#" and self.span.end - self.span.start == 1

    @property
    def sole_exact(self) -> Candidate | None:
        """The one candidate that was typed in full, which a space may take."""
        exact = [candidate for candidate in self.candidates if candidate.exact]
        return exact[0] if len(exact) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """The line after a choice was taken, and where the caret goes."""

    line: TypedLine
    caret: int


class Completer:
    """Suggestions for one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, own: Sequence[ShortText] = ()) -> None:
        self._choices = Choices.of(vocabulary)
        self._texts = tuple(text_choice(one) for one in texts_of(vocabulary.frameworks, own))
        self._vocabulary = vocabulary

    def suggest(self, line: TypedLine, caret: int, usage: Usage | None = None) -> Suggestions:
        """What the word that ends at ``caret`` may become; empty where there is no such word."""
        before = line.text[:caret]
        if caret < len(line.text) and not line.text[caret].isspace():
            return Suggestions()
        word = _WORD_BEFORE.search(before)
        if word is not None:
            span = Span(*word.span())
            return Suggestions() if any(span.touches(one) for one in line.left) else self._tags(span, word[0], usage)
        first = _FIRST_WORD.match(before)
        if first is None or line.text[caret:].strip():
            return Suggestions()
        people = [one for one in _ranked(self._choices.people, first["word"], usage) if _is_meant(one, first["word"])]
        return Suggestions(span=Span(*first.span("word")), suffix=": ", candidates=tuple(people[:MOST]))

    def _tags(self, span: Span, word: str, usage: Usage | None) -> Suggestions:
        suffix = _SUFFIX.search(word, 2)
        said = suffix.group() if suffix else ""
        body = word[: len(word) - len(said)]
        prefix, choices = body[:1], self._choices.statements
        word_of_pack, separator, rest = body[1:].partition(PACK_SIGN)
        pack = self._vocabulary.pack(word_of_pack) if separator and body[0] == "#" else None
        if pack is not None:
            choices = self._choices.of_pack[pack]
            prefix, body = f"#{word_of_pack}{PACK_SIGN}", f"#{rest}"
        statement, point, fragment = body[1:].rpartition(".")
        if body[0] == SIGN:
            choices, fragment, prefix, said = self._texts, word[1:], "", ""
        elif body[0] == "~":
            choices, fragment = self._choices.cases, body[1:]
        elif body[0] == "@":
            choices, fragment = self._choices.categories, body[1:]
        elif point:
            choices, prefix = self._choices.categories, f"{prefix}{statement}."
        found = _ranked(choices, fragment, usage)
        if word == "#":
            found = _used(found, usage)
        return Suggestions(span=span, prefix=prefix, suffix=said, candidates=tuple(found[:MOST]))


def take(line: TypedLine, suggestions: Suggestions, candidate: Candidate, after: str = "") -> Completion:
    """Put a candidate in the place of the word being typed; a tag so taken counts wherever it stands.

    ``after`` is what follows it (a space, when a space took it).
    """
    span, choice = suggestions.span, candidate.choice
    word = suggestions.prefix + choice.typed + suggestions.suffix
    edited = line.edited(span.start, span.end - span.start, word + after)
    caret = span.start + len(word + after)
    if choice.offer in (Offer.PERSON, Offer.TEXT):
        return Completion(line=edited, caret=caret)
    return Completion(line=edited.accepting(Span(span.start, span.start + len(word))), caret=caret)


def _ranked(choices: tuple[Choice, ...], fragment: str, usage: Usage | None) -> list[Candidate]:
    """What was typed in full first, then codes that start so, then words. Among equals: use, recency, the pack's order.

    A match inside a word comes after all that start with the fragment, however often it was used.
    """
    used = usage or Usage()
    folded = fold(fragment)
    fits = [(choice.names.fit(folded) if folded else Fit.START, choice) for choice in choices]
    found = [
        (fit, used.rank(choice.code), place, choice) for place, (fit, choice) in enumerate(fits) if fit is not None
    ]
    found.sort(key=lambda one: one[:3])
    return [Candidate(choice=choice, exact=fit is Fit.EXACT) for fit, _, _, choice in found]


def _used(found: list[Candidate], usage: Usage | None) -> list[Candidate]:
    """Those that were used at all: a sign alone asks for nothing else."""
    known = {*usage.counts, *usage.recent} if usage else set()
    return [candidate for candidate in found if candidate.choice.code in known]


def _is_meant(candidate: Candidate, word: str) -> bool:
    """A first word is mostly prose: people are offered for their code's start, or three letters of their role."""
    code_starts = fold(candidate.choice.code).startswith(fold(word))
    return code_starts or len(word) >= 3
