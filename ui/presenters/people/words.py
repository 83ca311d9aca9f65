"""People in words: their letters, what was merged, and small numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fieldkit.app.people import Coded
from fieldkit.domain.small_numbers import SMALL, SmallNumber
from ui.presenters.wording import ui

WHAT_THE_KEY_IS = (
    "Who is behind a code is kept in a key of its own, with its own passphrase. It is in no list, search, export, "
    "report or log, and is never sent. Without it every code still works."
)
NO_WAY_BACK = (
    "Nobody can reset this passphrase: not the office, not the recovery key, not us. Without it the names are lost."
)
_NAMED_AT_MOST = 3
_LONG_WORD = re.compile(r"(\S{28})\S+")


def cut(words: str, most: int = 60) -> str:
    """As it stands on the page: what a team-mate's laptop sends may be longer than anything that is typed here.

    No word is longer than half a line: one that does not wrap would push everything else off the screen.
    """
    told = _LONG_WORD.sub(r"\1…", words)
    return told if len(told) <= most else f"{told[:most].rstrip()}…"


def title(one: Coded) -> str:
    """``S3  Ward sister · Coast trust``."""
    organisation = f" · {cut(one.person.organisation)}" if one.person.organisation else ""
    return f"{one.person.code.upper()}  {cut(one.person.role)}{organisation}"


def status(one: Coded) -> str:
    """``12 notes · also P4``."""
    others = ", ".join(each.code.upper() for each in one.others)
    return " · ".join(part for part in (ui.count(one.notes, "note"), f"also {others}" if others else "") if part)


def filling_line(found: SmallNumber | None) -> str:
    """What to mind while somebody is put on the list; empty where their combination tells nobody apart."""
    if found is None:
        return ""
    if found.is_post:
        return (
            f"One person holds this post: {cut(found.what.words)}. It tells who they are. A broader role protects them"
        )
    return (
        f"Fewer than {SMALL} people on the list share this: {cut(found.what.words)}. It may tell who this is. A "
        "broader role, or no organisation, protects them"
    )


def small_line(found: Sequence[SmallNumber]) -> str:
    """What to mind before something leaves; empty where no combination is small."""
    if not found:
        return ""
    named = "; ".join(cut(one.what.words) for one in found[:_NAMED_AT_MOST])
    more = f" and {len(found) - _NAMED_AT_MOST} more" if len(found) > _NAMED_AT_MOST else ""
    return f"Fewer than {SMALL} people may have this role there: {named}{more}. It may tell who they are"
