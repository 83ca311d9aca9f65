"""What the organisation allows on this laptop. Each policy is one question here, so that no screen decides for itself.

A policy is a vault setting ``policy/<name>``; without one the careful answer, or the person's own choice, holds. What
the office sends (``fieldkit.domain.office_policy``) is written there whole, so that a policy it took back is gone.
"""

from __future__ import annotations

from fieldkit.app.ports import Questions, UnitOfWork

RECORD_AUDIO = "policy/record_audio"
ADVISER = "policy/adviser"
"""The office says that this person is a specialist adviser."""
OWN_ADVISER = "adviser"
"""The person says so."""
ON = "yes"


def may_record_audio(questions: Questions) -> bool:
    """Whether sound may be recorded at all; off unless the organisation turned it on."""
    return questions.setting(RECORD_AUDIO) == ON


def is_adviser(questions: Questions) -> bool:
    """Whether only allotted activities are shown: a specialist adviser, by the office's word or their own."""
    return ON in (questions.setting(ADVISER), questions.setting(OWN_ADVISER))


def call_myself_adviser(uow: UnitOfWork, *, is_one: bool) -> None:
    """Keep the person's own word; the office's stands beside it."""
    uow.set_setting(OWN_ADVISER, ON if is_one else None)
