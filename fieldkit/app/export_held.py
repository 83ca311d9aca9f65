"""What an export leaves the words out of: notes and records of fieldwork that a consent keeps out of use.

They are listed as held, and their revisions are there as envelopes without content, so the chain stays whole and
nobody's words leave that were taken back. Of a consent that was refused or withdrawn only its present accounts keep
their content: earlier ones may hold a name.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, Facet, RecordRow, Term
from fieldkit.domain.consent import Consent
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.readable import READERS
from fieldkit.domain.revision import Envelope, Revision
from fieldkit.domain.sharing import SHARED_WITH_ENTRY
from fieldkit.kernel.ids import AssessmentId

_HELD_NOTES = (Term(facet=Facet.MARK, values=("held",)),)


def records_of(questions: Questions, assessment: AssessmentId) -> list[RecordRow]:
    """Every record of fieldwork of an assessment, kind by kind."""
    return [row for kind in FIELDWORK for row in questions.records(kind, assessment=assessment)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """``places`` are what barring consents are about, ``accounts`` the revisions of such consents that stand."""

    entries: frozenset[str]
    records: frozenset[str]
    places: frozenset[str]
    consents: frozenset[str]
    accounts: frozenset[str]

    def is_sealed(self, revision: Revision) -> bool:
        """Whether a revision leaves without its content."""
        envelope = revision.envelope
        if envelope.record in self.records or envelope.record in self.entries:
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
                accounts |= {one.revision for one in heads}
                places |= {one.value.about for one in heads if one.value.bars}
    return Held(
        entries=frozenset(row.entry.id for row in every_note(questions, wanted)),
        records=frozenset(row.record for row in records if row.barred), places=frozenset(places),
        consents=frozenset(consents), accounts=frozenset(accounts),
    )  # fmt: skip


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
