"""The log of rounds with the central store: every one with its outcome, kept in the vault over restarts.

It is what an assessor shows to IT a week later. Nothing of a note stands in it. Rounds that did the same again and
carried nothing (a laptop that is connected looks for news every minute) are one line with a count.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.errors import FieldKitError

HEAD = "send_log"
"""The vault setting with the number of the page that is written to; page 7 lies in ``send_log.7``."""

PAGE = 64
"""Rounds on a page. Only the last page is written again with each round: some 8 kB."""

PAGES = 16
"""Pages kept: 1,024 lines, which is months of usual work."""

LEAST_CLOCK = 120.0
"""Seconds between two clocks that are worth a word; network and rounding make a few."""

_SKIPPED = frozenset(
    {"send.set_aside", "send.damaged_on_the_way", "send.unreadable", "send.not_proved", "send.device_revoked"}
)
_NOT_REACHED = frozenset({"send.not_connected", "send.no_answer", "send.cut_off", "send.captive_portal"})


class RoundOutcome(StrEnum):
    """How a round ended."""

    DONE = "done"
    SKIPPED = "skipped"
    """It went through, and something was left aside on the way."""
    STOPPED = "stopped"
    NOT_REACHED = "not_reached"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round, or ``times`` rounds alike from ``first`` to ``at``.

    ``confirmed`` of ``total`` revisions got a verified receipt, ``received`` came from the team. ``code`` and
    ``details`` are of what stood in the way.
    """

    first: datetime
    at: datetime
    outcome: RoundOutcome
    code: str = ""
    details: dict[str, str] = field(default_factory=dict)
    confirmed: int = 0
    total: int = 0
    received: int = 0
    retry_at: datetime | None = None
    clock_behind: int = 0
    """Seconds by which the laptop's clock was behind the store's, from two minutes on; negative when ahead."""
    times: int = 1

    @property
    def is_fault(self) -> bool:
        """Whether the central store was not reached, or something stood in the way."""
        return self.outcome in (RoundOutcome.NOT_REACHED, RoundOutcome.FAULT)


def round_of(
    at: datetime, problem: Exception | None, *, confirmed: int = 0, total: int = 0, received: int = 0,
    retry_at: datetime | None = None, clock_behind: float = 0.0,
) -> Round:  # fmt: skip
    """A round that ended ``at``; ``problem`` is what it ended in or met."""
    code = problem.code if isinstance(problem, FieldKitError) else "send.bug" if problem is not None else ""
    details = problem.details if isinstance(problem, FieldKitError) else {"kind": type(problem).__name__}
    return Round(
        first=at, at=at, outcome=_outcome(code), code=code,
        details={key: str(value) for key, value in details.items()} if code else {},
        confirmed=confirmed, total=total, received=received, retry_at=retry_at,
        clock_behind=round(clock_behind) if abs(clock_behind) >= LEAST_CLOCK else 0,
    )  # fmt: skip


def keep_round(uow: UnitOfWork, done: Round) -> None:
    """Write one round to the end of the log; the oldest page goes when a new one is begun."""
    number = _head(uow.questions)
    page = _read(uow.questions.setting(_key(number)))
    if page and _is_alike(page[-1], done):
        page[-1] = replace(page[-1], at=done.at, retry_at=done.retry_at, times=page[-1].times + done.times)
    elif len(page) < PAGE:
        page.append(done)
    else:
        number += 1
        page = [done]
        uow.set_setting(HEAD, str(number))
        uow.set_setting(_key(number - PAGES), None)
    uow.set_setting(_key(number), _written(page))


def rounds(questions: Questions, limit: int = 200) -> list[Round]:
    """The latest rounds, newest first."""
    found: list[Round] = []
    head = _head(questions)
    for number in range(head, max(head - PAGES, -1), -1):
        found += reversed(_read(questions.setting(_key(number))))
        if len(found) >= limit:
            break
    return found[:limit]


def _outcome(code: str) -> RoundOutcome:
    if not code:
        return RoundOutcome.DONE
    if code == "send.stopped":
        return RoundOutcome.STOPPED
    if code in _SKIPPED:
        return RoundOutcome.SKIPPED
    return RoundOutcome.NOT_REACHED if code in _NOT_REACHED else RoundOutcome.FAULT


def _is_alike(last: Round, done: Round) -> bool:
    nothing = not (last.confirmed or last.received or done.confirmed or done.received)
    return nothing and _kind(last) == _kind(done)


def _kind(one: Round) -> tuple[object, ...]:
    return one.outcome, one.code, one.details, bool(one.clock_behind)


def _head(questions: Questions) -> int:
    text = questions.setting(HEAD) or ""
    return int(text) if text.isdecimal() else 0


def _key(number: int) -> str:
    return f"{HEAD}.{number}"


def _written(page: Sequence[Round]) -> str:
    return "\n".join(json.dumps(_plain(one), separators=(",", ":"), ensure_ascii=False) for one in page)


def _plain(one: Round) -> dict[str, Any]:
    plain: dict[str, Any] = {"at": to_stamp(one.at), "outcome": one.outcome.value}
    if one.first != one.at:
        plain["first"] = to_stamp(one.first)
    if one.retry_at is not None:
        plain["retry_at"] = to_stamp(one.retry_at)
    kept = ("code", "details", "confirmed", "total", "received", "clock_behind")
    plain |= {name: value for name in kept if (value := getattr(one, name))}
    return plain if one.times == 1 else {**plain, "times": one.times}


def _read(text: str | None) -> list[Round]:
    """The rounds of a page. A line that does not read (written by a later version) is passed over, never an error."""
    found = []
    for line in (text or "").split("\n"):  # a reason from elsewhere may hold other ends of lines
        try:
            raw = json.loads(line)
            at = from_stamp(raw["at"])
            found.append(
                Round(
                    first=from_stamp(raw.get("first", raw["at"])), at=at, outcome=RoundOutcome(raw["outcome"]),
                    code=str(raw.get("code", "")),
                    details={str(key): str(value) for key, value in raw.get("details", {}).items()},
                    confirmed=int(raw.get("confirmed", 0)), total=int(raw.get("total", 0)),
                    received=int(raw.get("received", 0)), times=int(raw.get("times", 1)),
                    clock_behind=int(raw.get("clock_behind", 0)),
                    retry_at=from_stamp(raw["retry_at"]) if "retry_at" in raw else None,
                )
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found
