"""The kinds of fieldwork record by their word in the log. A new kind is added here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from fieldkit.domain.accuracy import AccuracyAnswer, AccuracyComment, SendOut
from fieldkit.domain.asked import QuestionSet
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Consent
from fieldkit.domain.conversation import Conversation
from fieldkit.domain.day_sheet import DayItem, DaySheet
from fieldkit.domain.disclosure import Pointer
from fieldkit.domain.escalation import Contact, Escalation, Seen
from fieldkit.domain.fieldwork import FieldRecord
from fieldkit.domain.finding import Finding
from fieldkit.domain.guide import Guide
from fieldkit.domain.improvement import PlannedAction, Summit
from fieldkit.domain.interview import InterviewSession
from fieldkit.domain.judgement import Judgement, Moderation, Override
from fieldkit.domain.metric import Metric
from fieldkit.domain.quality_risk import QualityReview, QualityRisk
from fieldkit.domain.record_access import RecordAccess
from fieldkit.domain.request import InformationRequest
from fieldkit.domain.restriction import Restriction
from fieldkit.domain.section import Section
from fieldkit.domain.touchpoint import Touchpoint

_CLASSES: tuple[type[FieldRecord], ...] = (
    Consent, Guide, Case, Touchpoint, InterviewSession, QuestionSet, Conversation, Escalation, Contact, Seen,
    QualityRisk, QualityReview, Attachment, Pointer, InformationRequest, RecordAccess, Restriction,
    Judgement, Moderation, Override, DayItem, DaySheet,
    Metric,
    Finding, Section,
    SendOut, AccuracyComment, AccuracyAnswer, Summit, PlannedAction,
)  # fmt: skip

FIELDWORK: Mapping[str, type[FieldRecord]] = {one.KIND: one for one in _CLASSES}
"""Each is revisable and always shared; what it holds is said by its class."""
