"""Opening the log of an activity: everything it needs in one read on the store lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fieldkit.app.abouts import tracked_of
from fieldkit.app.drafts import capture_place
from fieldkit.app.noting import Pin
from fieldkit.app.ports import Questions
from fieldkit.app.rows import Draft, EntryFilter, EntryRow
from fieldkit.app.sources import read_sources
from fieldkit.capture.vocabulary import Tracked
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import Person
from fieldkit.domain.sources import Source
from fieldkit.kernel.ids import ActivityId, VisitId
from ui.presenters.laptop_words import apart_in
from ui.presenters.log.log_rows import FIRST
from ui.presenters.services import Failed, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFacts:
    """What a log starts from."""

    assessment: Assessment
    visit: Visit
    activity: Activity
    frameworks: tuple[Framework, ...]
    people: tuple[Person, ...]
    drafts: tuple[Draft, ...]
    pins: tuple[Pin, ...]
    item: str | None
    sources: Mapping[ActivityId, Source] = field(default_factory=dict)
    cases: tuple[Tracked, ...] = ()
    """Cases and files of the assessment, for ``~C01`` and ``~AL7K-3``."""
    apart: str = ""
    """What becomes of notes made here, where this person's role hands nothing in."""
    notes: tuple[EntryRow, ...] | None = None
    """The first screenful (``log_rows.FIRST``), so that the log is there whole; None where it was not read."""


def open_log(session: Session, activity: ActivityId, done: Callable[[LogFacts], None], failed: Failed) -> None:
    """Read the facts of an activity's log and remember that it is the open one."""
    session.workspace.ask_then(lambda q: read_facts(session, q, activity), done, failed)


def read_facts(session: Session, questions: Questions, activity_id: ActivityId) -> LogFacts:
    """Called on the store lane. The packs come from the shelf's memory once they were read."""
    activity = questions.activity(activity_id)
    assessment = questions.assessment(activity.assessment)
    place = capture_place(activity_id)
    return LogFacts(
        assessment=assessment,
        visit=questions.visit(activity.visit),
        activity=activity,
        frameworks=tuple(session.packs.framework(pin) for pin in assessment.packs),
        people=tuple(questions.people(activity.visit)),
        drafts=tuple(sorted((d for d in questions.drafts() if d.place.startswith(place)), key=lambda d: d.kept_at)),
        pins=read_pins(questions.setting(pins_key(activity.visit)) or ""),
        item=questions.setting(item_key(activity_id)),
        sources=read_sources(questions, activity.assessment, [activity]),
        cases=tracked_of(questions, activity.assessment),
        apart=apart_in(questions, activity.assessment),
        notes=tuple(questions.entries(EntryFilter(activity=activity_id, limit=FIRST))),
    )


def pins_key(visit: VisitId) -> str:
    """The vault setting that holds a visit's pinned tags."""
    return f"pins/{visit}"


def item_key(activity: ActivityId) -> str:
    """The vault setting that holds the agenda item an activity is at."""
    return f"item/{activity}"


def read_pins(text: str) -> tuple[Pin, ...]:
    """``pack statement`` per line; what does not read so is left out."""
    pairs = (line.split(" ", 1) for line in text.splitlines())
    return tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)


def write_pins(pins: tuple[Pin, ...]) -> str:
    """What ``read_pins`` reads."""
    return "\n".join(f"{pack} {statement}" for pack, statement in pins)


def item_now(activity: Activity, kept: str | None, now: datetime) -> int:
    """Where on the agenda to start: the kept item, else the last one whose time has come, else the first."""
    for place, item in enumerate(activity.items):
        if item.id == kept:
            return place
    time = now.astimezone().strftime("%H:%M")
    is_today = activity.on is None or activity.on == now.astimezone().date()
    begun = [place for place, item in enumerate(activity.items) if item.starts and item.starts <= time]
    return begun[-1] if begun and is_today else 0
