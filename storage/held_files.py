"""Attachments that are held because their file is, on this laptop: ``fieldkit.domain.held_files`` over the log.

Asked only where a consent bars anything at all; every attachment of the assessments at hand is looked at then, because
any of them may name the same file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fieldkit.domain.attachment import Attachment
from fieldkit.domain.barring import is_of_everybody
from fieldkit.domain.consent import Agreed
from fieldkit.domain.held_files import held_by_file, names_of
from storage import bars
from storage.engine import Database
from storage.log import marks

_ACCOUNTS = (
    "SELECT k.record, k.assessment, k.about, r.n = k.current, json_extract(r.body, '$.sha256'),"
    " json_extract(r.body, '$.original_sha256'), json_extract(r.body, '$.derived_from'),"
    " json_extract(r.body, '$.origin')"
    " FROM records k JOIN (SELECT n, record, kind, CAST(content AS TEXT) AS body FROM revisions"
    "  WHERE content IS NOT NULL AND json_valid(CAST(content AS TEXT)) AND kind NOT IN ('entry', 'addendum', 'filing')"
    " ) r ON r.record = k.record AND r.kind = k.kind"
    " WHERE k.kind = '{kind}' AND k.assessment IN ({marks})"
)


def of_attachments(db: Database, assessments: Collection[str]) -> Mapping[str, Agreed]:
    """Every attachment of these assessments that is held, for what it belongs to or for its file, and why."""
    some = sorted(set(assessments))
    if not some or not bars.are_there(db):
        return {}
    accounts: dict[str, list[dict[str, object]]] = {}
    places: dict[str, tuple[str, str, str, str | None]] = {}
    everybody: set[str] = set()
    sql = _ACCOUNTS.format(kind=Attachment.KIND, marks=marks(len(some)))
    for record, assessment, about, is_current, sha256, original, derived, origin in db.rows(sql, some):
        account = {"sha256": sha256, "original_sha256": original, "derived_from": derived}
        accounts.setdefault(record, []).append(account)
        if is_current:
            places[record] = (Attachment.KIND, assessment, record, about)
            if is_of_everybody(Attachment.KIND, str(origin)):
                everybody.add(record)
    names = {record: names_of(place[1], accounts[record]) for record, place in places.items()}
    return held_by_file(names, bars.of_records(db, list(places.values()), everybody))
