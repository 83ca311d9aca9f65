"""Words for what differs: values of fields as people read them, and the difference as marks and as a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from fieldkit.app.account_rows import AccountRow, By
from fieldkit.app.open_questions import Question
from fieldkit.domain.merging import Part
from ui.presenters.sending.rows import kind_word
from ui.presenters.wording import ui

NOTHING = "(nothing)"
SHORT_TEXTS = frozenset({"title", "name", "place", "organisation", "role", "asked_of", "asked_by", "from_whom", "who"})
LONG_TEXTS = frozenset(
    {"description", "happened", "should_have", "exact_words", "purpose", "declaration", "what", "concern", "reasons",
     "outcome", "reason", "plan", "said", "need", "setting"}
)  # fmt: skip
"""Fields of a person's own words: both wordings can be kept, or a new one written."""

_LABELS: Mapping[str, str] = {
    "on": "Day", "starts": "From", "ends": "To", "starts_on": "First day", "ends_on": "Last day", "items": "Agenda",
    "assigned": "Who goes", "is_cancelled": "Cancelled", "withdrawn": "Deleted", "is_taken_back": "Deleted",
    "is_retired": "Deleted", "agreed": "Consent", "attribution": "How they may be named",
    "quoting": "Whether they may be quoted", "may_contact": "May be contacted", "given_by": "Given by",
    "given_why": "Why somebody else agreed", "withdrawn_on": "Taken back on", "decided_at": "Decided at",
    "what": "What it is about", "merged_into": "Same person as", "step_down_reason": "Why it was stepped down",
    "from_whom": "From whom", "should_have": "What should have happened", "happened": "What happened",
}  # fmt: skip
_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_IS_CODE = re.compile(r"[a-z]+(_[a-z]+)*")
_MOST_NAMED = 6
"""Words named in a sentence; beyond that their number is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of one account: alike in both, or ``added`` or ``removed`` beside the one it is compared with."""

    text: str
    mark: str = ""


def label(part: Part) -> str:
    """``First day and last day``."""
    words = [_LABELS.get(one, one.replace("_", " ").capitalize()) for one in part.fields]
    said = _present(part)
    shown = [word for word, field in zip(words, part.fields, strict=True) if field in said] or words[:1]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1][0].lower()}{shown[-1][1:]}"


def is_text(part: Part) -> bool:
    """Whether it is a person's own words."""
    return len(part.fields) == 1 and part.fields[0] in SHORT_TEXTS | LONG_TEXTS and ":" not in part.name


def both(part: Part, values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All wordings, one after the other, each once."""
    (field,) = part.fields
    texts = list(dict.fromkeys(str(one.get(field) or "").strip() for one in values))
    return {field: (" / " if field in SHORT_TEXTS else "\n\n").join(text for text in texts if text)}


def said(part: Part, value: Mapping[str, Any] | None) -> str:
    """A value as people read it."""
    if not value:
        return NOTHING
    if is_text(part):
        return _said(next(iter(value.values())))
    if len(part.fields) == 1 or ":" in part.name:
        found = _said(next(iter(value.values())))
        return found.replace("_", " ").capitalize() if _IS_CODE.fullmatch(found) else found
    lines = [(name, one) for name, one in value.items() if name in _present(part)]
    return "\n".join(f"{_LABELS.get(name, name.replace('_', ' ').capitalize())}: {_said(one)}" for name, one in lines)


def compared(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces: what the first has alone is removed in the second, and the other way round."""
    words, theirs = _WORD.findall(one), _WORD.findall(other)
    bare = [[word.rstrip() for word in some] for some in (words, theirs)]  # the space behind a word is no difference
    left, right = list[Piece](), list[Piece]()
    for tag, a, b, c, d in SequenceMatcher(None, bare[0], bare[1], autojunk=len(words) > 2000).get_opcodes():
        mine, their = "".join(words[a:b]), "".join(theirs[c:d])
        if tag == "equal":
            left.append(Piece(text=mine))
            right.append(Piece(text=their))
            continue
        if mine:
            left.append(Piece(text=mine, mark="removed"))
        if their:
            right.append(Piece(text=their, mark="added"))
    return tuple(left), tuple(right)


def difference(who: str, pieces: tuple[tuple[Piece, ...], tuple[Piece, ...]]) -> str:
    """The difference in a sentence, like: Central store adds the word ‘falls’."""
    left, right = pieces
    added, gone = _changed(right), _changed(left)
    parts = [f"adds {_named(added)}" if added else "", f"leaves out {_named(gone)}" if gone else ""]
    words = " and ".join(one for one in parts if one)
    return f"{who} {words}." if words else f"{who} has other spaces."


def _changed(pieces: Sequence[Piece]) -> list[str]:
    """What is marked; commas and full stops alone only where nothing else is."""
    texts = [one.text.strip() for one in pieces if one.mark and one.text.strip()]
    return [one for one in texts if re.search(r"\w", one)] or texts


def whose(row: AccountRow, rows: Sequence[AccountRow]) -> str:
    """``On this laptop``, ``In central store``; with several of them, whose it is."""
    if row.is_here and sum(one.is_here for one in rows) == 1:
        return "On this laptop"
    if sum(not one.is_here for one in rows) == 1:
        return "In central store"
    return f"From {row.author_name or 'a team-mate'}"


def by_line(row: AccountRow, today: date) -> str:
    """``You, 12 Nov 10:42``, and why where it is a decision."""
    who = "You" if row.is_mine else row.author_name or "A team-mate"
    when = ui.day_and_clock(row.recorded_at, today)
    why = f". Decided: {row.decision.reason}" if row.decision and row.decision.by is By.PERSON else ""
    return f"{who}, {when}{why}"


def people(rows: Sequence[AccountRow]) -> str:
    """``You and A. Specialist``."""
    names = list(dict.fromkeys("You" if one.is_mine else one.author_name or "a team-mate" for one in rows))
    names.sort(key=lambda one: one != "You")  # a sentence may begin with it
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def question_words(question: Question) -> str:
    """``Case ‘C01’: You and Ben Mate each changed it``."""
    title = question.title if len(question.title) <= 80 else f"{question.title[:80].rstrip()}…"
    named = f"{kind_word(question.kind)} ‘{title}’" if title else kind_word(question.kind)
    return f"{named}: {changed_by(question, 'it')}" if question.rows else named


def changed_by(question: Question, what: str) -> str:
    """``You and Ben Mate each changed this``."""
    who = people(question.rows) if question.note is None else _of_note(question)
    return f"{who} each changed {what}" if " and " in who else f"{who} changed {what} on two laptops"


def _of_note(question: Question) -> str:
    """Who withdrew it, and who went on with it."""
    told = [(row.is_mine, row.author_name) for row in question.rows]
    told += [(edit.is_mine, edit.author_name) for edit in question.edits]
    names = ["You" if is_mine else name or "a team-mate" for is_mine, name in told]
    found = sorted(dict.fromkeys(names), key=lambda one: one != "You")
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def thing(kind: str) -> str:
    """``note``, ``case event``."""
    word = kind_word(kind)
    return word[:1].lower() + word[1:]


def _present(part: Part) -> frozenset[str]:
    """Of fields that belong together, those in which anybody says something else."""
    known = [*part.values.values(), *([part.base] if part.base is not None else [])]
    return frozenset(name for name in part.fields if len({str(one.get(name)) for one in known}) > 1)


def _said(value: object) -> str:
    match value:
        case None | "" | [] | {}:
            return NOTHING
        case bool():
            return "Yes" if value else "No"
        case str():
            return _day(value) or value
        case list():
            return "\n".join(_said(one) for one in value)
        case dict():
            told = [f"{name.replace('_', ' ')}: {_said(one)}" for name, one in value.items() if one and name != "id"]
            title = value.get("title")
            return " ".join(str(one) for one in (value.get("starts"), title) if one) if title else ", ".join(told)
        case _:
            return str(value)


def _day(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return ""
    try:
        return ui.day(date.fromisoformat(text))
    except ValueError:
        return ""


def _named(words: Sequence[str]) -> str:
    count = sum(len(one.split()) for one in words)
    if count > _MOST_NAMED * 4 or len(words) > _MOST_NAMED:
        return ui.count(count, "word")
    quoted = [f"‘{one}’" for one in words]
    named = quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
    return f"the {'word' if count == 1 else 'words'} {named}"
