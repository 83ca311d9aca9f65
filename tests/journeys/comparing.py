"""Three copies of one day, item by item: the laptop's, the central store's, a team-mate's. Bytes and meanings."""

from __future__ import annotations

import hashlib
import json
import urllib.request
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from central.file_folder import FOLDER
from fieldkit.app.rows import EntryRow
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.sharing import ALWAYS_SHARED, NEVER_SHARED
from storage.vault import OpenVault
from tests.journeys import vault as vaults
from tests.journeys.office import Kept, Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What everybody must see alike of a note: of one that is held, that it is."""

    text: str
    author: str
    activity: str
    noticed_at: str
    tags: frozenset[tuple[str, str, str, str, bool]]
    addenda: tuple[str, ...]
    withdrawn: bool
    barred: str | None


def read(office: Office, assessment: str, what: str) -> list[dict[str, Any]]:
    """The store's own answer to whoever holds the office's token."""
    token = office.settings.token_file.read_text(encoding="utf-8").strip()
    asked = urllib.request.Request(
        f"{office.url}/v1/assessments/{assessment}/{what}", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(asked) as reply:
        found: list[dict[str, Any]] = json.load(reply)[what]
    return found


def notes_here(vault: OpenVault, ids: Iterable[str]) -> dict[str, Note]:
    """Those of the ids that the vault has, as its screens show them."""
    wanted = set(ids)
    return {str(row.entry.id): _note(row) for row in vaults.notes(vault) if str(row.entry.id) in wanted}


def notes_there(office: Office, assessment: str) -> dict[str, Note]:
    """As the central store tells them."""
    return {
        one["id"]: Note(
            text=one["text"], author=one["author"], activity=one["activity"], noticed_at=one["noticed_at"],
            tags=frozenset(
                (tag["pack"], tag["statement"], tag["category"], tag["bearing"], tag["strong"]) for tag in one["tags"]
            ),
            addenda=tuple(each["text"] for each in one["addenda"]), withdrawn=one["withdrawn"] is not None,
            barred=one["barred"],
        )
        for one in read(office, assessment, "entries")
    }  # fmt: skip


def records_here(vault: OpenVault) -> dict[str, tuple[object, ...]]:
    """Every record of every kind: kind, content, heads, author, why it is held."""
    rows = [row for kind in FIELDWORK for row in vault.questions.records(kind)]
    return {
        row.record: (row.kind, {} if row.barred else _plain(row.content), row.heads, row.author, row.barred)
        for row in rows
    }  # fmt: skip


def records_there(office: Office, assessment: str) -> dict[str, tuple[object, ...]]:
    """As the central store tells them."""
    found = read(office, assessment, "records")
    return {one["id"]: (one["kind"], one["content"], one["heads"], one["author"], one["barred"]) for one in found}


def bytes_are_equal(mine: OpenVault, office: Office, theirs: OpenVault, shared: set[str]) -> Counter[str]:
    """Every revision is at the office and with the team-mate, byte for byte; words only of what is shared.

    ``shared`` are the ids of the notes whose words left. Returns how many revisions of each kind there are.
    """
    kept = {row.revision: row for row in office.log()}
    pulled = {str(one.envelope.id): one for one in theirs.questions.revisions()}
    counts: Counter[str] = Counter()
    for one in mine.questions.revisions():
        kind, identifier = one.envelope.kind, str(one.envelope.id)
        at_office: Kept = kept[identifier]
        assert at_office.envelope == one.envelope_bytes, kind
        leaves = kind in ALWAYS_SHARED or (kind not in NEVER_SHARED and _entry_of(kind, one) in shared)
        assert at_office.content == (one.content if leaves else None), (kind, identifier)
        if kind in NEVER_SHARED:  # what happened to a vault: the office has its envelope, team-mates nothing
            assert identifier not in pulled
            continue
        there = pulled[identifier]
        assert (there.envelope_bytes, there.content) == (one.envelope_bytes, at_office.content), (kind, identifier)
        counts[kind] += 1
    assert not [row for row in kept.values() if row.kind not in counts and row.kind not in ("assessor", "custody")]
    return counts


def files_are_equal(mine: OpenVault, office: Office, theirs: OpenVault, files: Iterable[Path]) -> int:
    """Each file that was attached is everywhere what it was on the stick; how many there are."""
    originals = {hashlib.sha256(data := file.read_bytes()).hexdigest(): data for file in files}
    names = {row.value.sha256 for row in mine.questions.records("attachment")}
    assert names == set(originals)
    for sha256, data in originals.items():
        assert (office.settings.folder / FOLDER / sha256[:2] / sha256[2:4] / sha256).read_bytes() == data
        for vault in (mine, theirs):
            assert b"".join(vault.files.pieces(sha256)) == data
    return len(originals)


def _entry_of(kind: str, one: Any) -> str:
    content = json.loads(one.content)
    return str(one.envelope.id) if kind == "entry" else str(content.get("entry", ""))


def _note(row: EntryRow) -> Note:
    tags = frozenset((tag.pack, tag.statement, tag.category, tag.bearing.value, tag.strong) for tag in row.evidence)
    held = row.barred is not None
    return Note(
        text="" if held else row.entry.text, author=str(row.author), activity=str(row.entry.activity),
        noticed_at=_stamp(row), tags=frozenset() if held else tags,
        addenda=() if held else tuple(one.text for one in row.addenda), withdrawn=row.withdrawal is not None,
        barred=row.barred.value if row.barred else None,
    )  # fmt: skip


def _stamp(row: EntryRow) -> str:
    from fieldkit.kernel.clock import to_stamp

    return to_stamp(row.entry.noticed_at)


def _plain(content: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(content)))
    return plain
