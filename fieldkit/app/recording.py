"""Whether sound may be recorded in an activity: the organisation allows it, and everybody who is asked agreed."""

from __future__ import annotations

from fieldkit.app.policies import may_record_audio
from fieldkit.app.ports import Questions
from fieldkit.domain.consent import Consent
from fieldkit.kernel.errors import Mistake, Refusal


def check_may_record(questions: Questions, activity: str) -> None:
    """Raises ``Refusal('audio.off')`` without the policy, ``Mistake('audio.no_consent')`` where not all agreed."""
    if not may_record_audio(questions):
        raise Refusal("audio.off")
    consents = [row.value for row in questions.records(Consent.KIND, about=activity)]
    if not consents or not all(consent.allows for consent in consents):
        raise Mistake("audio.no_consent")
