"""Before a vault is erased for good: what stands in the way, and the facts of the certificate that outlives it.

Nothing may be lost by handing a laptop back. So everything here must have a verified receipt, with the file of every
attachment; what would never leave by itself (an untagged note, words begun and not saved) is for a person to settle
first. What a consent holds back stands in the way of nothing: it was never to leave. Nobody can look into a box
(``fieldkit.app.boxes``), so whoever has one says that what is in it was handed over.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fieldkit.app.boxes import NAMES, RESTRICTED, kept_box
from fieldkit.app.hand_in import hand_in
from fieldkit.app.laptop import erase_asked
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Identity, Questions
from fieldkit.app.rows import EntryFilter, Facet, Term
from fieldkit.app.tapes import TapeStore
from fieldkit.domain.receipt import Certificate
from fieldkit.domain.wiped import ChainEnd, Wiped
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.reports.wipe import Erased

_UNTAGGED = (
    Term(facet=Facet.MARK, values=("untagged",)), Term(facet=Facet.MARK, values=("mine",)),
    Term(facet=Facet.MARK, values=("withdrawn",), negated=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What stands in the way, as a code that has its sentence with the cure, and how much of it."""

    code: str
    count: int = 0


def obstacles(questions: Questions, tapes: TapeStore, *, with_boxes: bool = False) -> tuple[Obstacle, ...]:
    """Everything that erasing would lose, in the order in which it is settled; empty = nothing would be lost.

    ``with_boxes``: somebody said that what lies under passphrases of its own is no longer needed here.
    """
    if questions.enrolment() is None:
        return (Obstacle(code="wipe.not_enrolled"),)
    found = []
    if drafts := sum(bool(draft.text.strip()) for draft in questions.drafts()):
        found.append(Obstacle(code="wipe.drafts", count=drafts))
    if unfinished := len(tapes.left()):
        found.append(Obstacle(code="wipe.recordings", count=unfinished))
    if not with_boxes and any(kept_box(questions, name) is not None for name in (NAMES, RESTRICTED)):
        found.append(Obstacle(code="wipe.boxes"))
    if untagged := _untagged(questions):
        found.append(Obstacle(code="wipe.untagged", count=untagged))
    standing = questions.standing()
    unsent = max(standing.unreceipted, standing.contents_missing)
    if unsent:
        found.append(Obstacle(code="wipe.unsent", count=unsent))
    if standing.files_missing:
        found.append(Obstacle(code="wipe.files", count=standing.files_missing))
    if standing.quarantined:
        found.append(Obstacle(code="wipe.set_aside", count=standing.quarantined))
    if not found and not standing.everything_is_there:
        found.append(Obstacle(code="wipe.not_proved"))
    return tuple(found)


def check_wipe(questions: Questions, tapes: TapeStore, *, with_boxes: bool = False) -> None:
    """Raises ``Refusal('wipe.…')`` with the first thing that stands in the way."""
    for obstacle in obstacles(questions, tapes, with_boxes=with_boxes):
        raise Refusal(obstacle.code, count=obstacle.count)


def erased_facts(questions: Questions, words_of: Callable[[Sequence[int]], tuple[str, ...]], at: datetime) -> Erased:
    """What the certificate says; to be asked only after ``check_wipe``."""
    kinds: Counter[str] = Counter()
    digest = hashlib.sha256()
    for revision in questions.revisions():
        kinds[revision.envelope.kind] += 1
        digest.update(bytes.fromhex(revision.hash))
    heads = [Certificate.from_bytes(one.data) for one in questions.certificates()]
    return Erased(
        handed_in=hand_in(questions, words_of, at), kinds=tuple(sorted(kinds.items())), log_digest=digest.hexdigest(),
        chains=tuple((one.device, one.high, one.hash) for one in heads), files=len(questions.files()), at=at,
    )  # fmt: skip


def statement(questions: Questions, identity: Identity, facts: Erased) -> Wiped:
    """What the laptop signs: the same facts for the office's own check against its log.

    Raises ``Refusal('send.not_enrolled')``.
    """
    enrolment, asked = questions.enrolment(), erase_asked(questions)
    if enrolment is None:
        raise Refusal("send.not_enrolled")
    return Wiped(
        store=enrolment.store_key.hex(), vault=facts.handed_in.vault, device=identity.device, author=identity.author,
        name=identity.name, chains=tuple(ChainEnd(device=d, high=n, hash=h) for d, n, h in facts.chains),
        kinds=facts.kinds, files=facts.files, log_digest=facts.log_digest, at=facts.at,
        asked_at=asked.at if asked is not None else "",
    )  # fmt: skip


def check_place(certificate: Path, vault: Path) -> None:
    """Raises ``Mistake('wipe.inside')`` for a certificate that would be erased with the vault."""
    place, doomed = certificate.expanduser().resolve(), vault.resolve()
    if place == doomed or doomed in place.parents:
        raise Mistake("wipe.inside", field="certificate")


def check_saved(certificate: Path) -> None:
    """Read the certificate back. Raises ``Refusal('wipe.not_saved')`` where nothing is there."""
    try:
        is_there = bool(certificate.expanduser().read_bytes())
    except OSError:
        is_there = False
    if not is_there:
        raise Refusal("wipe.not_saved", file=certificate.name)


def _untagged(questions: Questions) -> int:
    """My own notes that stand, have no tags, and are held by no consent."""
    return sum(row.barred is None for row in every_note(questions, EntryFilter(terms=_UNTAGGED)))
