"""What ``fieldkit note add|addendum|withdraw|restore|tag`` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli import faults, paper
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from datetime import datetime

    from fieldkit.app.rows import EntryRow
    from fieldkit.capture.captured import Captured
    from fieldkit.capture.vocabulary import Vocabulary
    from fieldkit.domain.assessment import Activity, AgendaItem
    from fieldkit.domain.entry import Entry
    from fieldkit.domain.framework import Framework
    from fieldkit.kernel.ids import RecordId
    from storage.vault import OpenVault


def add_notes(desk: Desk) -> int:
    """Each line is durable before the next is read; what was said of it is printed at once."""
    from ui.cli import choose, facts
    from ui.cli.accessing import record_named
    from ui.cli.words import NoteWords, frameworks_of
    from ui.presenters.laptop_words import apart_in

    with opened(desk) as vault:
        questions = vault.questions
        activity = choose.activity(questions, desk.options.activity)
        about = record_named(questions, activity, desk.options.record)
        item = choose.agenda_item(activity, desk.options.item)
        frameworks = frameworks_of(questions.assessment(activity.assessment))
        whence = paper.origin(desk)
        desk_work = _Writing(vault, activity, item, frameworks, paper.moment(desk, activity), about, whence)
        words, made = NoteWords(questions), []
        apart = apart_in(questions, activity.assessment)
        for line in _lines(desk):
            entry, remarks = desk_work.write(line, is_mark=desk.options.mark)
            row = questions.entry(entry.id)
            made.append({**facts.note(row, words.source(row)), "remarks": remarks})
            desk.terminal.say(words.line(row))
            for remark in remarks:
                desk.terminal.remark(f"  {remark}")
        if made and apart:
            desk.terminal.remark(f"{apart}.")
        desk.terminal.narrowed = ""  # what was written is no list
        desk.terminal.show(made, [])
    return faults.OK


class _Writing:
    """Reads lines against one activity's packs and people, and commits them."""

    def __init__(
        self, vault: OpenVault, activity: Activity, item: AgendaItem | None, frameworks: Sequence[Framework],
        at: datetime | None, about: RecordId | None, origin: str,
    ) -> None:  # fmt: skip
        self._vault = vault
        self._activity = activity
        self._item = item
        self._frameworks = frameworks
        self._at = at
        self._origin = origin
        self._about = about
        self._vocabulary = _vocabulary(vault, activity, frameworks)

    def write(self, line: str, *, is_mark: bool) -> tuple[Entry, list[str]]:
        """The note of one line, durable, and what to mention about it."""
        from dataclasses import replace

        from fieldkit.app.entries import record_entry
        from fieldkit.app.noting import note_from
        from fieldkit.capture.parse import parse
        from ui.presenters.log.remarks import remarks_on

        captured = parse(line, self._vocabulary)
        item = self._item.id if self._item else None
        new = note_from(
            captured, self._activity, self._frameworks, noticed_at=self._at, agenda_item=item, origin=self._origin
        )
        new = replace(new, is_mark=is_mark, noticed_by_hand=self._at is not None, about=self._about or new.about)
        entry, _ = self._vault.perform(lambda uow: record_entry(uow, self._activity, new))
        return entry, [remark.text for remark in remarks_on(entry, captured)]


def _vocabulary(vault: OpenVault, activity: Activity, frameworks: Sequence[Framework]) -> Vocabulary:
    from fieldkit.app.abouts import tracked_of
    from fieldkit.capture.vocabulary import Vocabulary

    questions = vault.questions
    return Vocabulary(
        frameworks=tuple(frameworks), people=tuple(questions.people(activity.visit)),
        cases=tracked_of(questions, activity.assessment),
    )  # fmt: skip


def _lines(desk: Desk) -> Iterator[str]:
    text = desk.options.text
    if text is not None and text != "-":
        yield text
    elif desk.options.mark and text is None:
        yield ""
    elif desk.stdin.isatty() and text is None:
        raise Mistake("cli.note_needed", field="text")
    else:
        for line in desk.stdin:
            if line.strip():
                yield line.rstrip("\r\n")


def addendum(desk: Desk) -> int:
    """More words, with the reason."""
    from fieldkit.app.entries import add_addendum
    from ui.cli import choose

    options = desk.options
    with opened(desk) as vault:
        row = choose.note(vault.questions, options.note)
        vault.perform(lambda uow: add_addendum(uow, row.entry.id, options.text, options.reason))
        _show(desk, vault, row)
    return faults.OK


def withdraw(desk: Desk) -> int:
    """Out of use, with the reason."""
    from fieldkit.app.entries import withdraw_entry
    from ui.cli import choose

    with opened(desk) as vault:
        row = choose.note(vault.questions, desk.options.note)
        vault.perform(lambda uow: withdraw_entry(uow, row.entry.id, desk.options.reason))
        _show(desk, vault, row)
    return faults.OK


def restore(desk: Desk) -> int:
    """Back in use."""
    from fieldkit.app.entries import restore_entry
    from ui.cli import choose

    with opened(desk) as vault:
        row = choose.note(vault.questions, desk.options.note)
        vault.perform(lambda uow: restore_entry(uow, row.entry.id, desk.options.reason))
        _show(desk, vault, row)
    return faults.OK


def tag(desk: Desk) -> int:
    """Tags on and off, as a filing of its own."""
    from fieldkit.app.entries import file_evidence
    from fieldkit.app.noting import evidence_from
    from fieldkit.domain.secondary import SecondaryTag
    from ui.cli import choose
    from ui.cli.words import frameworks_of

    options = desk.options
    if not any((options.tags.strip(), options.remove.strip(), options.also, options.not_also)):
        raise Mistake("cli.tags_needed", field="tags")
    with opened(desk) as vault:
        row = choose.note(vault.questions, desk.options.note)
        activity = vault.questions.activity(row.entry.activity)
        frameworks = frameworks_of(vault.questions.assessment(row.entry.assessment))
        vocabulary = _vocabulary(vault, activity, frameworks)
        added = evidence_from(_tags(options.tags, vocabulary), activity, frameworks)
        gone = {(one.pack, one.statement) for one in _tags(options.remove, vocabulary).tags}
        removed = tuple(one.id for one in row.evidence if (one.pack, one.statement) in gone)
        beside = [SecondaryTag.new(*_secondary(one, frameworks)) for one in options.also]
        off = {_secondary(one, frameworks) for one in options.not_also}
        secondary_off = tuple(one.id for one in row.secondary if one.key in off)
        vault.perform(lambda uow: file_evidence(uow, row.entry.id, added, removed, beside, secondary_off))
        _show(desk, vault, row)
    return faults.OK


def _secondary(text: str, frameworks: Sequence[Framework]) -> tuple[str, str, str]:
    """The one secondary tag that is meant; of several packs with it, the first one's.

    Raises ``Mistake('cli.also_unknown')``.
    """
    from fieldkit.app.filter_names import secondary_named

    found = secondary_named(text, frameworks)
    if not found or len({key[1:] for key in found}) > 1:
        raise Mistake("cli.also_unknown", field="also", word=text)
    return found[0]


def _tags(text: str, vocabulary: Vocabulary) -> Captured:
    """A line of tags and nothing else. Raises ``Mistake('capture.tag_unknown')`` for a word that is none."""
    from fieldkit.capture.parse import parse

    typed = " ".join(word if word[:1] in "#@" else f"#{word}" for word in text.split())
    captured = parse(f"x {typed}", vocabulary)  # sigils count at the tail, so there must be something before it
    if left := captured.text.split()[1:]:
        raise Mistake("cli.tag_unknown", field="tags", word=left[0])
    return captured


def _show(desk: Desk, vault: OpenVault, before: EntryRow) -> None:
    from ui.cli import facts
    from ui.cli.words import NoteWords

    row = vault.questions.entry(before.entry.id)
    words = NoteWords(vault.questions)
    desk.terminal.show(facts.note(row, words.source(row)), words.page(row))
