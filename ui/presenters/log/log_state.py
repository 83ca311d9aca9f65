"""What the live log shows beside its line and its rows, and how it begins."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.domain.assessment import AgendaItem
from fieldkit.domain.people import Person, standing_people
from ui.presenters.log.opening import LogFacts, item_now
from ui.presenters.log.remarks import Remark
from ui.presenters.services import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class LogState:
    """What the screen shows beside the line and the rows."""

    title: str
    item: int = 0
    items: tuple[AgendaItem, ...] = ()
    people: tuple[Person, ...] = ()
    pins: tuple[str, ...] = ()
    category: str = ""
    remarks: tuple[Remark, ...] = ()
    recovered: str = ""
    fault: str = ""
    on_paper: bool = False
    """What is typed now was written on paper earlier: each note is asked for its time."""
    time_asked: int = 0
    """Grows when a note waits for its time before it is saved."""

    @property
    def item_title(self) -> str:
        """``Quality report``, or empty without an agenda."""
        return self.items[self.item].title if self.items else ""


def first_state(session: Session, facts: LogFacts) -> LogState:
    """As the log opens: at the item that the clock or the person left it at."""
    activity = facts.activity
    item = item_now(activity, facts.item, session.clock.now())
    return LogState(title=activity.title, items=activity.items, item=item, people=standing_people(facts.people))
