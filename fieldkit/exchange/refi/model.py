"""A project of the standard as plain values. Positions are Unicode code points from 0; the end is not included.

The standard's prose says "first and last character", its own example settles it: "granola" is 62 to 69.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

PROJECT_SPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_SPACE = "urn:QDA-XML:codebook:1.0"
DOCUMENT = "project.qde"
SOURCES = "sources"
"""The specification writes both cases; readers of the market refuse the capital, so that is what is written."""

Value = str | bool | int | date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who made or coded something."""

    guid: str
    name: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code, or a folder of codes where it is not codable. ``color`` is ``#RRGGBB`` or empty."""

    guid: str
    name: str
    codable: bool = True
    color: str = ""
    description: str = ""
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """``kind`` is ``Text``, ``Boolean``, ``Integer``, ``Float``, ``Date`` or ``DateTime``."""

    guid: str
    name: str
    kind: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableValue:
    """What a source or a case has of a variable."""

    variable: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A code put on a selection by somebody."""

    guid: str
    code: str
    user: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A piece of a text from ``start`` up to ``end``, in code points."""

    guid: str
    name: str
    start: int
    end: int
    user: str = ""
    at: datetime | None = None
    description: str = ""
    codings: tuple[Coding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    """A text with its selections; a note of the standard is one too."""

    guid: str
    name: str
    text: str
    user: str = ""
    at: datetime | None = None
    description: str = ""
    selections: tuple[Selection, ...] = ()
    values: tuple[VariableValue, ...] = ()


class MediaKind(StrEnum):
    """The value is the element's name."""

    PICTURE = "PictureSource"
    PDF = "PDFSource"
    AUDIO = "AudioSource"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaSource:
    """A file as it was, with codes on all of it. ``file`` is its name in the package, ``pieces`` give its bytes."""

    guid: str
    name: str
    kind: MediaKind
    file: str
    user: str = ""
    at: datetime | None = None
    description: str = ""
    codings: tuple[Coding, ...] = ()
    values: tuple[VariableValue, ...] = ()
    pieces: Callable[[], Iterable[bytes]] = field(default=tuple, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case with what is known of it, its sources and its pieces of text."""

    guid: str
    name: str
    description: str = ""
    values: tuple[VariableValue, ...] = ()
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """From a note to a selection; ``direction`` is ``OneWay``, ``Associative`` or ``Bidirectional``."""

    guid: str
    name: str
    origin: str
    target: str
    direction: str = "OneWay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Codes, sources and notes that belong together."""

    guid: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project. ``sources`` may be made one by one while it is written: only one is held at a time."""

    name: str
    origin: str
    at: datetime | None = None
    user: str = ""
    description: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: Iterable[TextSource | MediaSource] = ()
    notes: tuple[TextSource, ...] = ()
    links: tuple[Link, ...] = ()
    sets: tuple[Set, ...] = ()

    @property
    def texts(self) -> tuple[TextSource, ...]:
        """Of a project that was read."""
        return tuple(one for one in self.sources if isinstance(one, TextSource))

    @property
    def media(self) -> tuple[MediaSource, ...]:
        """Of a project that was read."""
        return tuple(one for one in self.sources if isinstance(one, MediaSource))


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBook:
    """Codes by themselves, as a ``.qdc`` file holds them."""

    origin: str
    codes: tuple[Code, ...]
    sets: tuple[Set, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something a reader passed over or put right: a stable ``code`` and what it was about."""

    code: str
    what: str = ""


@dataclass(slots=True, kw_only=True)
class Losses:
    """What a reader says it lost, each thing once and at most ``MOST``."""

    found: list[Loss] = field(default_factory=list)

    def add(self, code: str, what: str = "") -> None:
        """Note one."""
        one = Loss(code=code, what=what[:120])
        if one not in self.found and len(self.found) < MOST_LOSSES:
            self.found.append(one)


MOST_LOSSES = 1_000


def every_code(codes: Iterable[Code]) -> Iterable[Code]:
    """Codes and folders with all below them, parents first."""
    for one in codes:
        yield one
        yield from every_code(one.codes)
