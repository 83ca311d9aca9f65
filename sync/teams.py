"""Teams in a round: what hello told is kept, leaving is told once nothing is owed, and what was left is wiped."""

from __future__ import annotations

from functools import partial

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import SyncStore
from fieldkit.app.team_store import Part
from fieldkit.domain.roles import Role
from fieldkit.kernel.errors import Refusal
from sync.link import Link, Speaker
from sync.wire.messages import HelloReply
from sync.wire.routes import LEAVE
from sync.wire.team import LeaveRequest

_LEFT_WITHOUT_LEAD = "central.team_change"


def parts_of(reply: HelloReply) -> dict[str, Part] | None:
    """The person's part in each team; ``None`` from a store that is older than this."""
    if reply.roles is None:
        return None
    return {place: Part(role=one.role, widened=one.widened) for place, one in reply.roles.items()}


def is_adviser(parts: dict[str, Part] | None) -> bool:
    """Whether the person comes to every one of their teams as a specialist adviser."""
    return bool(parts) and all(Role.of(part.role) is Role.ADVISER for part in (parts or {}).values())


def hear_of_teams(link: Link, parts: dict[str, Part] | None) -> bool:
    """Keep what hello told; whether another round is due at once, to read again."""
    if parts is None:
        return False
    kept = parts
    return bool(link.call(lambda store: store.team.keep_roles(kept)).ids("reads_again"))


def leave_teams(link: Link, speaker: Speaker) -> Refusal | None:
    """Tell the office what was left, then wipe it; the refusal of one that would be without a lead."""
    refused: Refusal | None = None
    for place in link.call(lambda store: store.team.to_tell()):
        link.go_on()
        try:
            link.far.ask(LEAVE, LeaveRequest(assessment=place), speaker.identity)
            link.call(partial(_told, place, False))
        except Refusal as refusal:
            if refusal.code != _LEFT_WITHOUT_LEAD:
                raise
            link.call(partial(_told, place, True))
            refused = Refusal("send.last_lead")
    link.call(lambda store: store.team.wipe())
    return refused


def _told(place: str, is_kept: bool, store: SyncStore) -> ChangeSet:
    return store.team.was_told(place, is_kept=is_kept)
