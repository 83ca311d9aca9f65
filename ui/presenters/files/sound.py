"""Recording sound: every condition is asked for, and what is missing is said in one sentence.

The pinned Qt (PySide6-Essentials) comes without its sound parts; they are 60 MB more in every bundle, for something
that is off by default. Until an organisation turns it on and such a bundle is made, the last sentence is the answer.
"""

from __future__ import annotations

from fieldkit.app.ports import Questions
from fieldkit.app.recording import check_may_record
from fieldkit.kernel.errors import Trouble


def check_can_record(questions: Questions, activity: str) -> None:
    """Raises ``Refusal('audio.off')``, ``Mistake('audio.no_consent')`` or ``Trouble('audio.not_built_in')``."""
    check_may_record(questions, activity)
    raise Trouble("audio.not_built_in")
