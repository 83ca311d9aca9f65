"""The sample board meeting as one assessor logs it: its agenda, who is heard, and the lines as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from fieldkit.app.sample_data import SampleActivity, SamplePerson, SamplePoint, SampleVisit
from fieldkit.app.sample_reader import read_sample
from fieldkit.capture.captured import Captured
from fieldkit.domain.framework import Framework
from fieldkit.frameworks.library import Library

_BOARD = "board"
_WORD = re.compile(r"[A-Za-z]{5,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A line of the meeting, the agenda item it belongs to and what it means."""

    item: str
    line: str
    meaning: Captured

    @property
    def is_tagged(self) -> bool:
        """Whether it is to leave the laptop."""
        return bool(self.meaning.tags)

    @property
    def evidence(self) -> set[tuple[str, str, bool]]:
        """What its tags say: statement, bearing, strong."""
        return {(tag.statement, tag.bearing.value, tag.strong) for tag in self.meaning.tags}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """``logged`` is what comes before the kill, ``unfinished`` the tagged line that it interrupts."""

    sample: SampleVisit
    board: SampleActivity
    people: tuple[SamplePerson, ...]
    logged: tuple[Point, ...]
    unfinished: Point

    @property
    def agenda(self) -> tuple[str, ...]:
        """As it is pasted: a time and a title a line."""
        return tuple(f"{item.starts} {item.title}" for item in self.board.items)

    @property
    def tagged(self) -> tuple[Point, ...]:
        """What is to be at the office in the end, in order."""
        return (*(point for point in self.logged if point.is_tagged), self.unfinished)

    @property
    def untagged(self) -> tuple[Point, ...]:
        """What is to stay."""
        return tuple(point for point in self.logged if not point.is_tagged)

    @property
    def halves(self) -> tuple[str, str]:
        """The unfinished line before and after the power goes: in the middle of its last long word of prose."""
        line, words = self.unfinished.line, self.unfinished.meaning.text
        last = list(_WORD.finditer(line, 0, line.index(words) + len(words)))[-1]
        cut = (last.start() + last.end()) // 2
        return line[:cut], line[cut:]

    def private_words(self) -> set[str]:
        """Words that stand in untagged notes and in nothing that leaves."""
        people = (words for one in self.sample.people for words in (one.role, one.organisation))
        shared = (point.line for point in self.tagged)
        return _words(point.line for point in self.untagged) - _words((*shared, *self.agenda, *people))


def read_meeting(tagged: int) -> Meeting:
    """The first ``tagged`` tagged lines of the board meeting, all untagged ones between them, and one more."""
    framework = _framework()
    sample = read_sample(framework)
    points = list(_points(sample, framework))
    places = [place for place, point in enumerate(points) if point.is_tagged]
    end = next(islice(places, tagged, None))
    logged = tuple(points[:end])
    heard = {point.meaning.speaker for point in (*logged, points[end])}
    return Meeting(
        sample=sample, board=sample.activity(_BOARD), people=tuple(one for one in sample.people if one.code in heard),
        logged=logged, unfinished=points[end],
    )  # fmt: skip


def _points(sample: SampleVisit, framework: Framework) -> Iterator[Point]:
    titles = {item.id: item.title for item in sample.activity(_BOARD).items}
    read: Iterable[tuple[SamplePoint, Captured]] = sample.read_points(framework)
    for point, meaning in read:
        if point.activity == _BOARD:
            yield Point(item=titles[point.item], line=point.line, meaning=meaning)


def _framework() -> Framework:
    library = Library()
    ref = next(one for one in library.available() if one.id == "ics")
    return library.load(ref.id, ref.version, ref.digest)


def _words(lines: Iterable[str]) -> set[str]:
    return {word for line in lines for word in _WORD.findall(line)}
