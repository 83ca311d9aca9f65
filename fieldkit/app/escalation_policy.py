"""The escalation policy that holds on this laptop: the shipped one, the pack's over it, one's own numbers over both.

The numbers are kept in the vault: an office's duty line is nobody else's business.
"""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Sequence
from dataclasses import replace

import resources
from fieldkit.app.policies import office_minutes, office_numbers
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.texts import typed
from fieldkit.domain.escalation import Priority
from fieldkit.domain.escalation_policy import PhoneNumber, Policy, with_numbers
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import Mistake

NUMBERS = "escalation/numbers"
"""The vault setting with this person's numbers."""
MOST_NUMBERS = 12
"""More are not read out in an emergency."""
_LONGEST = 80


@functools.cache
def shipped() -> Policy:
    """What comes with the program; unconfirmed."""
    raw = tomllib.loads(resources.path("escalation", "policy.toml").read_text(encoding="utf-8"))
    return Policy(
        minutes={one: int(raw["minutes"][one.value]) for one in Priority},
        numbers=tuple(PhoneNumber(title=one["title"], number=one["number"]) for one in raw["numbers"]),
        is_confirmed=not raw["unconfirmed"],
    )


def policy_of(framework: Framework | None) -> Policy:
    """The pack's minutes and numbers where it has any, the shipped ones where not."""
    base = shipped()
    if framework is None or not (framework.escalation_minutes or framework.escalation_numbers):
        return base
    return Policy(
        minutes={one: framework.escalation_minutes.get(one.value, base.minutes[one]) for one in Priority},
        numbers=framework.escalation_numbers or base.numbers,
        is_confirmed=bool(framework.escalation_minutes),
    )


def policy_here(questions: Questions, framework: Framework | None) -> Policy:
    """The policy that holds: the office's over the person's numbers, these over the pack's.

    A setting that cannot be read counts as none.
    """
    policy = policy_of(framework)
    if minutes := office_minutes(questions):
        policy = replace(policy, minutes={**policy.minutes, **minutes}, is_confirmed=True)
    kept = questions.setting(NUMBERS)
    numbers = office_numbers(questions) or (_read(kept) if kept else ())
    return with_numbers(policy, numbers) if numbers else policy


def keep_numbers(uow: UnitOfWork, numbers: Sequence[PhoneNumber]) -> tuple[PhoneNumber, ...]:
    """Keep whom to ring on this laptop; empty lines are left out, and none at all brings the pack's back.

    Raises ``Mistake('escalation.numbers_office')`` where the office decides them,
    ``Mistake('escalation.number_title')`` for a number without a name, ``Mistake('escalation.number_long')``
    or ``Mistake('escalation.numbers_many')``.
    """
    if office_numbers(uow.questions):
        raise Mistake("escalation.numbers_office")
    kept = []
    for place, one in enumerate(numbers):
        title, number = typed(one.title), typed(one.number)
        if number and not title:
            raise Mistake("escalation.number_title", field=f"title_{place}")
        if len(title) > _LONGEST or len(number) > _LONGEST:
            raise Mistake("escalation.number_long", field=f"title_{place}", longest=_LONGEST)
        if title:
            kept.append(PhoneNumber(title=title, number=number))
    if len(kept) > MOST_NUMBERS:
        raise Mistake("escalation.numbers_many", field="numbers", most=MOST_NUMBERS)
    rows = [{"title": one.title, "number": one.number} for one in kept]
    uow.set_setting(NUMBERS, json.dumps(rows, ensure_ascii=False) if rows else None)
    return tuple(kept)


def _read(text: str) -> tuple[PhoneNumber, ...]:
    try:
        return tuple(PhoneNumber(title=str(one["title"]), number=str(one["number"])) for one in json.loads(text))
    except (ValueError, TypeError, KeyError):
        return ()
