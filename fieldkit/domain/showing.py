"""Which account of a record is shown where two laptops wrote one each at once: one rule, here and at the office.

Mostly the one that was worked on more is: a change made over the account that is shown stays in sight, because it has
gone over one revision more than any other. Among equals any will do, as long as it is the same everywhere, and that of
the larger hash is. Where the accounts do
opposite things about somebody's protection, the more careful one stands until a person decides: consent taken back
before consent given, an escalation that is open before one that is closed, a risk that is watched more closely before
one that is watched less, two codes that were found to be one person before the same code by itself. Where one took a
record out of use and the other went on with it, the work is shown.

Which account is shown decides nothing: the question stays open until a person answers it (``fieldkit.app.deciding``).
"""

from __future__ import annotations

from fieldkit.domain.assessment import Activity
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.consent import Consent
from fieldkit.domain.conversation import Conversation
from fieldkit.domain.escalation import Escalation, Priority
from fieldkit.domain.guide import Guide
from fieldkit.domain.merge_rules import rule_of
from fieldkit.domain.people import Person
from fieldkit.domain.quality_risk import Level, QualityRisk
from fieldkit.domain.sources import protection_of
from fieldkit.domain.touchpoint import Touchpoint

Weight = tuple[tuple[int, ...], int, str]
"""Compared with that of another account of the same record: the greater is shown."""

_LEVELS = tuple(Level)
_PRIORITIES = tuple(Priority)


def weight(value: object, over: int, digest: str) -> Weight:
    """What decides for the account that says ``value``.

    ``over`` is how many revisions it has gone over (``revision.gone_over``), ``digest`` its revision's hash in
    hexadecimal.
    """
    return _caution(value), over, digest


def _caution(value: object) -> tuple[int, ...]:
    match value:
        case Consent():
            return protection_of(value)
        case Escalation():
            return (not value.is_closed, -_PRIORITIES.index(value.priority))
        case QualityRisk():
            return (_LEVELS.index(value.level),)
        case Person():
            return (value.merged_into is not None,)
        case Activity() | Attachment() | Conversation() | Guide() | Touchpoint():
            return (not getattr(value, rule_of(value.KIND).deleted),)
        case _:
            return ()
