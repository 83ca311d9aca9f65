"""Where the person was: kept in the vault, so that unlocking leads back to the line that was being written."""

from __future__ import annotations

from fieldkit.app.ports import Questions
from fieldkit.app.workspace import Workspace
from ui.presenters.home import CAPTURE

LAST_PLACE = "place"
"""The vault setting that holds where the person was: ``log <activity>``, ``visit <visit>`` or nothing."""


def remember(workspace: Workspace, place: str) -> None:
    """Keep the place that is open; empty forgets it."""
    workspace.perform(lambda uow: uow.set_setting(LAST_PLACE, place or None), initiator="place")


def read_place(questions: Questions) -> tuple[str, str]:
    """What was open and its id, both empty where nothing was."""
    kind, _, record = (questions.setting(LAST_PLACE) or "").partition(" ")
    return (kind, record) if record else ("", "")


def begun_note(questions: Questions) -> str:
    """The activity of the oldest note that was begun and not saved, or empty."""
    drafts = (draft for draft in questions.drafts() if draft.place.startswith(CAPTURE) and draft.text.strip())
    places = [draft.place.removeprefix(CAPTURE).partition("/")[0] for draft in drafts]
    return places[0] if places else ""
