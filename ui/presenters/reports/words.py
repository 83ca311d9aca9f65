"""What is said on the page Reports."""

from __future__ import annotations

from collections.abc import Sequence

from fieldkit.app.report_catalogue import About
from fieldkit.app.report_check import Concern, ConcernKind
from ui.presenters.wording import ui

NOTHING_TO_CHOOSE = {
    About.VISIT: "There is no visit yet. Plan one first",
    About.DAY: "No visit has its dates yet. Set them on Home first",
    About.ACTIVITY: "There is no activity yet. Plan one on Visit first",
    About.CASE: "No case is followed yet. Follow one on Cases first",
    About.STATEMENT: "This framework has no statements",
    About.ESCALATION: "Nothing has been escalated yet",
}
SUBJECT = {
    About.VISIT: "Visit", About.DAY: "Day", About.ACTIVITY: "Activity", About.CASE: "Case",
    About.STATEMENT: "Statement", About.ESCALATION: "Escalation", About.ASSESSMENT: "",
}  # fmt: skip
LEAVES = "Meant for people outside the team. Read every page before you pass it on."
STAYS = "For the team. It holds what the team may read, and nothing that is held or withdrawn."
NOTHING_FOUND = (
    "Nothing found. The check looks for NHS numbers, addresses, telephone numbers, names by their look, "
    "small groups, and what is not stated, scored or rated yet"
)
_MOST_PAGES = 6


def concern(one: Concern) -> str:
    """``2 telephone numbers stand in it``."""
    match one.kind:
        case ConcernKind.NHS_NUMBER:
            found = ui.count(one.count, "NHS number")
        case ConcernKind.EMAIL:
            found = ui.count(one.count, "e-mail address", "e-mail addresses")
        case ConcernKind.PHONE:
            found = ui.count(one.count, "telephone number")
        case ConcernKind.SMALL_GROUP:
            held = "1 person" if one.count == 1 else f"{one.count} people"
            return f"‘{one.what}’ is said of {held} only: who reads it may know who that is{_pages(one)}"
        case ConcernKind.NAME:
            found = ui.count(one.count, "possible name")
        case ConcernKind.POSTCODE:
            found = ui.count(one.count, "postcode")
        case ConcernKind.BORN:
            found = ui.count(one.count, "date of birth", "dates of birth")
        case ConcernKind.UNSTATED:
            sections = ui.count(one.count, "section of Alert, Advise, Assure", "sections of Alert, Advise, Assure")
            return f"{sections} not stated yet: fill it or say None{_pages(one)}"
        case ConcernKind.UNSCORED:
            return f"Not everything is scored or rated: that stands in {ui.count(one.count, 'place')}{_pages(one)}"
        case ConcernKind.QUOTE:
            return f"Exact words are left out in {ui.count(one.count, 'place')}, as their consent asks{_pages(one)}"
    return f"{found} {'stands' if one.count == 1 else 'stand'} in it{_pages(one)}"


def _pages(one: Concern) -> str:
    """``, page 3``; ``, pages 3, 5 and 9``; the first few of many."""
    if not one.pages:
        return ""
    if len(one.pages) == 1:
        return f", page {one.pages[0]}"
    if len(one.pages) > _MOST_PAGES:
        return f", pages {', '.join(map(str, one.pages[:_MOST_PAGES]))} and {len(one.pages) - _MOST_PAGES} more"
    return f", pages {', '.join(map(str, one.pages[:-1]))} and {one.pages[-1]}"


def checked(found: Sequence[Concern]) -> str:
    """The heading of what was found."""
    if not found:
        return NOTHING_FOUND
    return f"Check before it leaves: {ui.count(len(found), 'thing')}"
