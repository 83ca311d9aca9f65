"""What an export leaves the words out of: notes and records of fieldwork that a consent keeps out of use.

They are listed as held, and their revisions are there as envelopes without content, so the chain stays whole and
nobody's words leave that were taken back. Of a consent that was refused or withdrawn only its present accounts keep
their content: earlier ones may hold a name.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.export_files import unattributable
from fieldkit.app.export_outgrown import outgrown
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, Facet, RecordRow, Term
from fieldkit.app.sources import read_sources
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.consent import Consent
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.readable import READERS
from fieldkit.domain.revision import Envelope, Revision
from fieldkit.domain.sharing import SHARED_WITH_ENTRY
from fieldkit.kernel.ids import AssessmentId, RecordId

_HELD_NOTES = (Term(facet=Facet.MARK, values=("held",)),)


def records_of(questions: Questions, assessment: AssessmentId) -> list[RecordRow]:
    """Every record of fieldwork of an assessment, kind by kind."""
    return [row for kind in FIELDWORK for row in questions.records(kind, assessment=assessment)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """``places`` are what barring consents are about, ``accounts`` the revisions of such consents that stand.

    ``outgrown`` are accounts that may name somebody who is not attributable (any more): see ``export_outgrown``.
    ``unnamed`` are the notes whose speaker's code tells what a consent no longer allows, ``giverless`` the attachments
    that would tell it by whom they are from.
    """

    entries: frozenset[str]
    records: frozenset[str]
    places: frozenset[str]
    consents: frozenset[str]
    accounts: frozenset[str]
    outgrown: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    giverless: frozenset[str] = frozenset()

    def is_sealed(self, revision: Revision) -> bool:
        """Whether a revision leaves without its content."""
        envelope = revision.envelope
        if envelope.id in self.outgrown:
            return True
        if any(envelope.record in some for some in (self.records, self.entries, self.unnamed, self.giverless)):
            return True
        if envelope.record in self.consents:
            return envelope.id not in self.accounts
        if revision.content is None or not self.places:
            return False
        if envelope.kind in SHARED_WITH_ENTRY and envelope.kind != "entry":
            return _named(revision, "entry") in self.entries
        return _is_of_a_later_version(envelope) and bool(self.places & _texts(revision))


def held_in(questions: Questions, assessment: AssessmentId, records: list[RecordRow]) -> Held:
    """What is held of an assessment now."""
    wanted = EntryFilter(assessment=assessment, terms=_HELD_NOTES)
    places, consents, accounts = set[str](), set[str](), set[str]()
    for row in records:
        if row.kind == Consent.KIND:
            standing = set(questions.heads(row.record))
            heads = [one for one in questions.history(row.record) if one.revision in standing or one == row]
            if any(one.value.bars for one in heads):
                consents.add(row.record)
                accounts |= {one.revision for one in heads if one.value.told() == one.value}
                places |= {one.value.about for one in heads if one.value.bars}
    return Held(
        entries=frozenset(row.entry.id for row in every_note(questions, wanted)),
        records=frozenset(row.record for row in records if row.barred), places=frozenset(places),
        consents=frozenset(consents), accounts=frozenset(accounts), outgrown=outgrown(questions, assessment),
        unnamed=_unnamed(questions, assessment), giverless=_giverless(questions, assessment, records),
    )  # fmt: skip


def _unnamed(questions: Questions, assessment: AssessmentId) -> frozenset[str]:
    """The notes of interviews with somebody's code, noted while it could be told, and which may not be told now.

    A number only tells one of a group from the others. No such note can be made after the consent
    (``fieldkit.app.consents.check_may_note``).
    """
    activities = [row.activity for visit in questions.visits(assessment) for row in questions.activities(visit.id)]
    found: set[str] = set()
    for activity, source in read_sources(questions, assessment, activities).items():
        if not source.shows_speaker:
            notes = every_note(questions, EntryFilter(assessment=assessment, activity=activity))
            found |= {str(row.entry.id) for row in notes if row.entry.speaker and not row.entry.speaker.isdecimal()}
    return frozenset(found)


def _giverless(questions: Questions, assessment: AssessmentId, records: list[RecordRow]) -> frozenset[str]:
    """The attachments of somebody who is not attributable that say, in any account, by a code whom they are from."""
    found = [row.value for row in records if row.kind == Attachment.KIND]
    return frozenset(
        one
        for one in unattributable(questions, assessment, found)
        if any(row.value.from_whom for row in questions.history(RecordId(one)))
    )


def _is_of_a_later_version(envelope: Envelope) -> bool:
    reader = READERS.get(envelope.kind)
    return reader is None or envelope.shape > reader.shape


def _named(revision: Revision, field: str) -> object:
    try:
        return revision.body().get(field)
    except ValueError:  # not JSON: it is shown nowhere
        return None


def _texts(revision: Revision) -> set[str]:
    try:
        return {value for value in revision.body().values() if isinstance(value, str)}
    except ValueError:
        return set()
