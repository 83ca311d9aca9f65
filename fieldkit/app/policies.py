"""What the organisation allows on this laptop. Each policy is one question here, so that no screen decides for itself.

A policy is a vault setting ``policy/<name>``; without one the careful answer holds.
"""

from __future__ import annotations

from fieldkit.app.ports import Questions

RECORD_AUDIO = "policy/record_audio"
ON = "yes"


def may_record_audio(questions: Questions) -> bool:
    """Whether sound may be recorded at all; off unless the organisation turned it on."""
    return questions.setting(RECORD_AUDIO) == ON
