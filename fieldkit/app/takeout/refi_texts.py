"""Activities and cases as texts of REFI-QDA: a line a note, and a selection over its words for each who coded it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fieldkit.app.takeout.material import Material, ToldNote
from fieldkit.app.takeout.refi_codes import Codes, category_guid, guid, secondary_guid, statement_guid, word_guid
from fieldkit.domain.assessment import Activity
from fieldkit.domain.case import Case
from fieldkit.domain.entry import Filing, Risk
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.framework import Framework
from fieldkit.domain.pathway import Step, steps
from fieldkit.domain.touchpoint import Touchpoint
from fieldkit.exchange.refi.model import Coding, Selection, TextSource, VariableValue
from fieldkit.exchange.refi.plain_text import holds_above, one_line, plain

NAME = 80
"""Characters of a note that name its selection."""
_NO_WORDS = "[Marked moment, no words]"


@dataclass(slots=True, kw_only=True)
class Texts:
    """Makes the texts of one export. ``named`` counts notes in which characters above U+FFFF were named."""

    material: Material
    codes: Codes
    exact: bool
    case_codes: dict[str, str] = field(default_factory=dict)
    """For each note the case it belongs to, where a code stands for the case."""
    named: int = 0

    def activity(self, activity: Activity, name: str, values: tuple[VariableValue, ...]) -> TextSource:
        """The text of an activity with its selections."""
        lines, found = [], list[Selection]()
        at, first = 0, None
        for note in self.material.notes(activity):
            first = first or note
            words = self._plain(note.row.entry.text) or _NO_WORDS
            lead = f"{note.at:%H:%M:%S} "
            start = at + len(lead)
            found += self._selections(note, words, start)
            lines.append(f"{lead}{words}\n")
            at = start + len(words) + 1
        return TextSource(
            guid=activity.id, name=name, text="".join(lines), user=self._user(first.row.author) if first else "",
            at=first.row.entry.noticed_at if first else None, selections=tuple(found), values=values,
        )  # fmt: skip

    def timeline(
        self, case: Case, name: str, events: Iterable[Touchpoint], values: tuple[VariableValue, ...]
    ) -> TextSource:
        """The events of a case in their order, a line each, coded with their kind and their services."""
        lines, found, at = [], list[Selection](), 0
        for step in steps(events):
            one = step.touchpoint
            lead = f"{one.when.words()}: "
            words = self._plain(event_words(one))
            start = at + len(lead)
            found.append(
                Selection(
                    guid=one.id, name=one_line(words, NAME, exact=True), start=start, end=start + len(words),
                    description=self._plain(_event_facts(step)), codings=self._event_codings(one),
                )
            )  # fmt: skip
            lines.append(f"{lead}{words}\n")
            at = start + len(words) + 1
        return TextSource(
            guid=guid("timeline", case.id), name=name, text="".join(lines), selections=tuple(found), values=values
        )

    def item_codings(self, note: ToldNote, about: str) -> tuple[Coding, ...]:
        """What a note is tagged with, put on something that shows it."""
        codes = [one for item in note.row.evidence for one in self._item_codes(item)]
        codes += [secondary_guid(*item.key) for item in note.row.secondary]
        user = self._user(note.row.author)
        return tuple(
            Coding(guid=guid("coding", about, code), code=code, user=user, at=note.row.entry.noticed_at)
            for code in self.codes.known(*codes)
        )

    def user(self, author: str) -> str:
        """Who it was, where they introduced themself."""
        return self._user(author)

    def _plain(self, text: str) -> str:
        self.named += not self.exact and holds_above(text)
        return plain(text, exact=self.exact).strip("\n")

    def _selections(self, note: ToldNote, words: str, start: int) -> Iterator[Selection]:
        """One of who wrote it, and one of each who tagged it later: readers take the coder from the selection."""
        entry, author = note.row.entry, note.row.author
        by_coder: dict[str, list[str]] = {author: []}
        late = self._late(note)
        for item in note.row.evidence:
            by_coder.setdefault(late.get(item.id, author), []).extend(self._item_codes(item))
        for beside in note.row.secondary:
            by_coder.setdefault(late.get(beside.id, author), []).append(secondary_guid(*beside.key))
        for coder, codes in by_coder.items():
            is_own = coder == author
            user, at = self._user(coder), entry.noticed_at
            if is_own:
                codes += self._note_codes(note)
            yield Selection(
                guid=entry.id if is_own else guid("selection", entry.id, coder),
                name=one_line(words, NAME, exact=True), start=start, end=start + len(words), user=user,
                at=at, description=self._plain(_note_facts(note)) if is_own else "",
                codings=tuple(
                    Coding(guid=guid("coding", entry.id, coder, code), code=code, user=user, at=at)
                    for code in self.codes.known(*codes)
                ),
            )  # fmt: skip

    def _user(self, author: str) -> str:
        """Nobody, where somebody never introduced themself: a reference that leads nowhere breaks readers."""
        return author if any(one.author == author for one in self.material.team) else ""

    def _late(self, note: ToldNote) -> dict[str, str]:
        """Who put on each tag that the note did not have from the first."""
        first = {item.id for item in note.row.entry.evidence}
        if not note.row.secondary and all(item.id in first for item in note.row.evidence):
            return {}
        rows = self.material.questions.additions_to(note.row.entry.id)
        filed = [row for row in rows if isinstance(row.value, Filing)]
        return {item.id: row.author for row in filed for item in (*row.value.added, *row.value.secondary)}

    def _item_codes(self, item: EvidenceItem) -> list[str]:
        """A note in a cell of the grid gets both codes: their meeting on one selection gives the grid back anywhere."""
        framework = self._framework(item.pack)
        cell = [] if framework is None else [
            statement_guid(framework, item.statement), category_guid(framework, item.category)
        ]  # fmt: skip
        return cell if item.bearing is Bearing.NEUTRAL else [*cell, word_guid("bearing", item.bearing.value)]

    def _note_codes(self, note: ToldNote) -> list[str]:
        entry, person = note.row.entry, note.person
        found = (
            [] if person is None else [word_guid("role", person.role), word_guid("organisation", person.organisation)]
        )
        flags = {
            "follow_up": entry.follow_up, "own_view": entry.own_view, "exact": entry.exact,
            "risk": entry.risk is not Risk.NONE, "is_mark": entry.is_mark,
        }  # fmt: skip
        found += [word_guid("mark", name) for name, is_set in flags.items() if is_set]
        return [*found, *([self.case_codes[entry.id]] if entry.id in self.case_codes else [])]

    def _event_codings(self, one: Touchpoint) -> tuple[Coding, ...]:
        wanted = [word_guid("event", one.kind.value)]
        wanted += [word_guid("organisation", each) for each in (one.organisation, one.towards) if each]
        known = self.codes.known(*wanted)
        return tuple(Coding(guid=guid("coding", one.id, code), code=code) for code in known)

    def _framework(self, pack: str) -> Framework | None:
        return next((one for one in self.material.frameworks if one.id == pack), None)


def event_words(one: Touchpoint) -> str:
    """``Referral, GP to Hospital: letter sent “never heard”``."""
    way = " to ".join(part for part in (one.organisation, one.towards) if part)
    lead = ", ".join(part for part in (one.kind.value.replace("_", " ").capitalize(), way) if part)
    quoted = f" “{one.exact_words}”" if one.exact_words else ""
    return f"{lead}: {one.happened}{quoted}".rstrip(": ")


def _event_facts(step: Step) -> str:
    one = step.touchpoint
    days = [f"{step.wait.days} days after the event before it"] if step.wait is not None and step.wait.days else []
    standard = [f"Standard: {one.standard_days} days"] if one.standard_days is not None else []
    return "\n".join([*days, *standard, *([f"Should have been: {one.should_have}"] if one.should_have else [])])


def _note_facts(note: ToldNote) -> str:
    """What stands beside the words: who said it, what was added when and why."""
    person = note.person
    about = ", ".join(part for part in (person.role, person.organisation) if part) if person is not None else ""
    said = [f"Said by {note.who}" + (f" ({about})" if about else "")] if note.who else []
    return "\n".join([*said, *(f"Added: {one.text} (reason: {one.reason})" for one in note.row.addenda)])
