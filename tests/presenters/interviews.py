"""A room with an interview in it, and a bench that remembers where a page led."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fieldkit.app.assessments import plan_activity
from fieldkit.app.guides import add_guide
from fieldkit.app.rows import EntryFilter, EntryRow, RecordRow
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.guide import ConsentScript, Guide
from fieldkit.domain.questions import Question, Target
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, RecordId, VisitId, new_id
from fieldkit.kernel.topic import Topic
from tests.presenters.room import Room
from tests.support.guides import ruled
from ui.presenters.dropin.facts import read_facts as read_drop_in
from ui.presenters.dropin.page import DropInPage
from ui.presenters.interview.facts import read_facts
from ui.presenters.interview.page import InterviewPage
from ui.presenters.log.capture_line import CaptureLine
from ui.presenters.page import Page
from ui.presenters.services import Session


@dataclass
class Bench:
    """What a page may ask of the workbench."""

    session: Session
    assessment: AssessmentId | None = None
    activity_at_hand: str = ""
    changed: Topic[Any] = field(default_factory=Topic)
    went: list[str] = field(default_factory=list)

    def play_sound(self, row: RecordRow, position: int = 0) -> None:
        self.went.append(f"sound {row.record} {position}")

    def go(self, page: Page) -> None:
        self.went.append(page.value)

    def open_page(self, page: Page, record: str = "") -> None:
        self.went.append(f"{page.value} {record}")

    def open_activity(self, activity: ActivityId) -> None:
        self.went.append(f"activity {activity}")

    def open_log(self, activity: ActivityId) -> None:
        self.went.append(f"log {activity}")

    def open_visit(self, visit: VisitId) -> None:
        self.went.append(f"visit {visit}")

    def open_note(self, entry: EntryId) -> None:
        self.went.append(f"note {entry}")

    def show_evidence(self, words: str | None = None, of: AssessmentId | None = None) -> None:
        self.went.append(f"evidence {words}")

    def back(self) -> None:
        self.went.append("back")

    def presenter(self, page: Page) -> None:
        self.went.append(f"presenter {page.value}")


def planned(room: Room, kind: ActivityKind = ActivityKind.INTERVIEW, title: str = "Interview: matron") -> Activity:
    """An activity on the room's visit."""
    visit = room.vault.questions.visit(room.activity.visit)
    return room.vault.perform(lambda uow: plan_activity(uow, visit, kind, title))[0]


def page_of(room: Room, activity: Activity) -> InterviewPage:
    """The interview page as opening it makes it."""
    return InterviewPage(Bench(room.session), read_facts(room.session, room.vault.questions, activity.id))


def drop_in_of(room: Room, activity: Activity) -> DropInPage:
    """The drop-in page as opening it makes it."""
    return DropInPage(Bench(room.session), read_drop_in(room.session, room.vault.questions, activity.id))


def a_guide(room: Room, count: int = 3) -> Guide:
    """A guide in the assessment; every question is about learning culture, the second about safe systems too."""
    lc, sp = Target(pack="ics", statement="learning-culture"), Target(pack="ics", statement="safe-systems")
    guide = Guide(
        id=RecordId(new_id()), assessment=room.activity.assessment, title="Ward staff", form_id="ward", version="1",
        consent=ConsentScript(id="standard", version="1", lines=("Who we are",)),
        questions=tuple(
            Question(
                id=f"q{number}", text=f"Question {number} about handover" if number == 2 else f"Question {number}",
                targets=(lc, sp) if number == 2 else (lc,), probes=("And then?",) if number == 1 else (),
            )
            for number in range(1, count + 1)
        ),
    )  # fmt: skip
    return room.vault.perform(lambda uow: add_guide(uow, guide.assessment, guide))[0].guide


def ruled_guide(room: Room) -> Guide:
    """The guide with rules, in the assessment."""
    guide = ruled(room.activity.assessment)
    return room.vault.perform(lambda uow: add_guide(uow, guide.assessment, guide))[0].guide


def agree(page: InterviewPage, **more: str) -> None:
    """The consent page, answered."""
    for name, value in {"agreed": "given", "quoting": "unnamed", **more}.items():
        page.form.put(name, value)
    page.form.submit()


def asking(room: Room, kind: ActivityKind = ActivityKind.INTERVIEW, count: int = 3) -> InterviewPage:
    """An interview in which the first question is up."""
    guide = a_guide(room, count)
    page = page_of(room, planned(room, kind))
    agree(page)
    page.choose_guide(guide.id)
    return page


def type_into(line: CaptureLine, text: str) -> None:
    """Key by key."""
    before = line.state.text
    for end in range(1, len(text) + 1):
        line.typed(before + text[:end], len(before) + end)


def notes_of(room: Room, activity: ActivityId) -> list[EntryRow]:
    """The notes of an activity."""
    return room.vault.questions.entries(EntryFilter(activity=activity, limit=1000))
