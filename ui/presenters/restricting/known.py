"""The restrictions that stand in the open vault, kept at hand, so that every row can say to whom it is restricted."""

from __future__ import annotations

from collections.abc import Mapping

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.restrictions import people_named, standing
from fieldkit.app.rows import EntryRow
from fieldkit.app.workspace import Workspace
from fieldkit.domain.restriction import Restriction
from fieldkit.domain.roles import title
from fieldkit.kernel.topic import Topic
from ui.presenters.presenter import Listening, Presenter

NOBODY_MORE = "leads and safeguarding leads"
"""Who knows what is restricted to nobody in particular, beside its author."""


class KnownRestrictions(Presenter[Mapping[str, str]]):
    """By the id of what is restricted: ``Restricted to Moderator, B. Mason``. Read again whenever one changes."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__({})
        self._workspace = workspace
        self._listening = Listening()
        self._listening.add(workspace.changed.listen(self._changed))
        self.asked: Topic[str] = Topic()
        """Somebody wants to say who may know this note or record."""

    def ask(self, record: str) -> None:
        """Open the form about it, wherever that is shown."""
        self.asked.tell(record)

    def load(self) -> None:
        """Read them."""
        self._workspace.ask_then(_read, self._show)

    def words(self, record: str) -> str:
        """``Restricted to Moderator``, or empty."""
        return self.state.get(record, "")

    def of_note(self, row: EntryRow) -> str:
        """By the note itself, by what it is about, or by its activity, whichever is nearest."""
        entry = row.entry
        return next((said for one in (entry.id, entry.about, entry.activity) if one and (said := self.words(one))), "")

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(Restriction.KIND, "assessor"):
            self.load()


def restricted_to(questions: Questions, value: Restriction) -> str:
    """``Restricted to Moderator, B. Mason``."""
    who = [*(title(role) for role in value.roles), *people_named(questions, value)]
    return f"Restricted to {', '.join(who) or NOBODY_MORE}"


def _read(questions: Questions) -> Mapping[str, str]:
    return {row.value.about: restricted_to(questions, row.value) for row in standing(questions)}
