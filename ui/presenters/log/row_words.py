"""What a row of the log says, column by column and as one sentence for screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fieldkit.app.rows import EntryRow
from fieldkit.capture.vocabulary import pack_words
from fieldkit.domain.entry import Entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.framework import Framework, Statement
from fieldkit.domain.secondary import by_set
from fieldkit.domain.sources import Source
from fieldkit.kernel.ids import ActivityId, EntryId, RecordId
from fieldkit.kernel.topic import Topic
from ui.presenters.services import Asked, Restrictions, Session
from ui.presenters.wording import ui

MARKED = "Marked moment"


@dataclass(frozen=True, slots=True, kw_only=True)
class TagWords:
    """A tag as rows show it: ``Q2``, its code, title, bearing in a sign and in words, category short and whole."""

    position: str
    code: str
    title: str
    sign: str
    bearing: str
    category: str
    category_title: str
    theme: str
    pack: str = ""
    """The word that names its framework on the capture line (``la``), where it is not the main one."""
    beside: str = ""
    """What is read aloud of that: the framework's short title, and that a crosswalk carried it over."""

    @property
    def chip(self) -> str:
        """``Q2 lc−``: what stands in a narrow column; ``S2 la/sg−`` under another framework than the main one."""
        return f"{self.position} {self.pack}{'/' if self.pack else ''}{self.code}{self.sign}".strip()

    @property
    def words(self) -> str:
        """``Learning culture, shortfall``: what is read aloud."""
        return ", ".join(part for part in (self.title, self.beside, self.bearing) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """One note in words."""

    time: str
    day: str = ""
    """``12 Nov`` where it is not today's, in a log."""
    speaker: str
    text: str
    kind: str
    tags: tuple[TagWords, ...]
    category: str
    secondary: tuple[str, ...] = ()
    """``Insight source: Staff survey, Complaints and compliments``, a line for each set."""
    status: str
    later: str
    added: tuple[str, ...]
    withdrawn: str
    author: str
    held: str = ""
    """``Consent withdrawn``: it is kept and used in nothing that leaves."""
    restricted: str = ""
    """``Restricted to Moderator``."""
    asked: str = ""
    """``Open question: You and Ben Mate each changed this``."""
    sentence: str
    remark: str = ""
    """What was mentioned about it after saving: ``Tag not recognised: #lx``."""


class RowReader:
    """Puts notes into words with the packs they are tagged by and the people of the visit."""

    def __init__(self, frameworks: Mapping[str, Framework], roles: Mapping[str, str]) -> None:
        self._frameworks = dict(frameworks)
        self._main = next(iter(self._frameworks), "")
        self._words = pack_words(tuple(self._frameworks.values()))
        self._roles = dict(roles)
        self.is_alone = False
        """Whether this laptop is not enrolled with an office."""
        self.remarks: dict[EntryId, str] = {}
        """What was mentioned about notes since the log was opened."""
        self.sources: Mapping[ActivityId, Source] = {}
        """Who the notes of interviews are shown as coming from: never more than was agreed to (ux S6-A3)."""
        self.shown: Mapping[str, str] = {}
        """For codes that were merged the code that is shown: a note keeps the one it was made with."""
        self.cases: Mapping[RecordId, str] = {}
        """The references of the cases that notes are about."""
        self.restrictions: Restrictions | None = None
        """To whom notes are restricted, where that is known."""
        self.asked: Asked | None = None
        """Which notes have an open question, where that is known."""
        self.today: date | None = None
        """The day of the log: notes of another day show theirs. None = lists that tell the day elsewhere."""

    def meet(self, roles: Mapping[str, str]) -> None:
        """The people of the visit changed."""
        self._roles = dict(roles)

    def know(self, session: Session) -> None:
        """What is known of notes beside their rows: who may know them, and what is asked about them."""
        self.restrictions, self.asked = session.restrictions, session.asked

    @property
    def beside(self) -> tuple[Topic[Any], ...]:
        """What tells that rows read otherwise although no note has changed."""
        return tuple(known.changed for known in (self.restrictions, self.asked) if known is not None)

    def words(self, row: EntryRow) -> RowWords:
        """The row in words."""
        entry = row.entry
        tags = tuple(self.tag(item) for item in row.evidence)
        categories = dict.fromkeys(tag.category_title for tag in tags) or dict.fromkeys(self._category_of(row))
        late = f"Written up later, {ui.entered(entry)}" if entry.written_up_later else ""
        later = " · ".join(part for part in (entry.origin, late) if part)
        found = RowWords(
            time=ui.noticed(entry),
            day=self._day(entry),
            speaker=self._speaker(entry),
            text=self._text(entry),
            kind=", ".join(ui.kinds(entry)),
            tags=tags,
            category=", ".join(categories),
            secondary=tuple(
                f"{one}: {', '.join(titles)}"
                for one, titles in by_set(row.secondary, self._frameworks.values()).items()
            ),
            status=ui.status(row, is_alone=self.is_alone),
            later=later,
            added=tuple(f"Added {ui.clock(one.entered_at)}: {one.text} ({one.reason})" for one in row.addenda),
            withdrawn=f"Withdrawn: {row.withdrawal.reason}" if row.withdrawal else "",
            author="" if row.is_mine else _who(row),
            held=ui.BARRED[row.barred] if row.barred else "",
            restricted=self.restrictions.of_note(row) if self.restrictions is not None else "",
            asked=self.asked.words(entry.id) if self.asked is not None else "",
            sentence="",
            remark="" if row.withdrawal else self.remarks.get(entry.id, ""),
        )
        code = self.shown.get(entry.speaker or "", entry.speaker or "")
        role = "" if entry.activity in self.sources else self._roles.get(code, "")
        return _with_sentence(found, role)

    def _text(self, entry: Entry) -> str:
        """The words, and behind them the case they are about as it was typed."""
        text = entry.text or (MARKED if entry.is_mark else "")
        case = self.cases.get(entry.about) if entry.about is not None else None
        return f"{text}  ~{case}" if case is not None else text

    def _speaker(self, entry: Entry) -> str:
        source = self.sources.get(entry.activity)
        code = self.shown.get(entry.speaker, entry.speaker) if entry.speaker is not None else None
        return source.who(code) if source is not None else code or ""

    def _day(self, entry: Entry) -> str:
        if self.today is None or entry.noticed_at.astimezone().date() == self.today:
            return ""
        return ui.short_day(entry)

    def tag(self, item: EvidenceItem) -> TagWords:
        """A tag in words; one of a pack that is not here keeps its ids, so that nothing disappears."""
        framework = self._frameworks.get(item.pack)
        statement = framework.statement_by(item.statement) if framework else None
        category = framework.category_by(item.category) if framework else None
        former = framework.former(item.statement) if framework and statement is None else None
        shown = statement or former
        is_beside = framework is not None and item.pack != self._main
        carried = f"carried over from {item.carried}" if item.carried else ""
        return TagWords(
            position=statement.position if statement else "earlier" if former else item.pack,
            code=shown.code if shown else item.statement,
            title=shown.title if shown else item.statement,
            pack=self._words.get(item.pack, "") if is_beside else "",
            beside=", ".join(
                part for part in (framework.short_title if is_beside and framework else "", carried) if part
            ),
            sign=ui.bearing_sign(item),
            bearing=ui.bearing(item),
            category=category.short if category else item.category,
            category_title=category.title if category else item.category,
            theme=_theme(framework, statement),
        )

    def category_short(self, row: EntryRow) -> list[str]:
        """``Staff``: the category of the note itself as narrow columns name it; empty without one."""
        named = (one.category_by(row.entry.category or "") for one in self._frameworks.values())
        return [category.short for category in named if category is not None][:1]

    def _category_of(self, row: EntryRow) -> list[str]:
        named = (one.category_by(row.entry.category or "") for one in self._frameworks.values())
        return [category.title for category in named if category is not None][:1]


def _who(row: EntryRow) -> str:
    """A team-mate: ``BM, Bea Mate``; whoever never introduced themself is nobody we can name."""
    return ", ".join(part for part in (row.author_initials, row.author_name) if part)


def _with_sentence(words: RowWords, role: str) -> RowWords:
    who = role or words.speaker
    said = f"{who}: {words.text}" if who else words.text
    parts = (
        f"{words.day} {words.time}".strip(), words.author, said, "" if words.text == words.kind else words.kind,
        "; ".join(tag.words for tag in words.tags), words.category, "; ".join(words.secondary),
        words.later, *words.added,
        words.withdrawn, words.held, words.restricted, words.asked, words.remark,
        "" if words.withdrawn else words.status,
    )  # fmt: skip
    sentence = ". ".join(part.rstrip(".") for part in parts if part) + "."
    return replace(words, sentence=sentence)


def _theme(framework: Framework | None, statement: Statement | None) -> str:
    return framework.theme_of(statement).letter if framework and statement else ""
