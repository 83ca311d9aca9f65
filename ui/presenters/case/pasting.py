"""A pasted dated list: its two fields, what each line would become, and the events it makes."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.dated_list import DatedLine, read_dated_list
from fieldkit.app.touchpoints import Event, checked
from fieldkit.kernel.errors import FieldKitError, Mistake, each_of
from fieldkit.reports.case_words import KINDS, when_words
from ui.presenters.case.event_fields import Reading, event_of
from ui.presenters.forms import Entry, FormField, Option, Values
from ui.presenters.wording import sentence

_HINT = "One event a line, its date first: 12/03/2026 GP referral; ~April assessed"
_SERVICE_HINT = "For lines that name none. A line names it before a colon: GP practice: referred"
_YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedLine:
    """One line of the list: the event it would make, or what is wrong with it in words."""

    number: int
    words: str
    is_wrong: bool
    event: Event | None = None


def paste_fields(services: tuple[str, ...]) -> tuple[FormField, ...]:
    """The list, and the service of lines that name none."""
    return (
        FormField(name="text", needed="dated_list.empty", label="Dated list", entry=Entry.LONG, rows=6, hint=_HINT),
        FormField(
            name="organisation", label="Service", hint=_SERVICE_HINT,
            options=tuple(Option(name, name) for name in services),
        ),
        FormField(
            name="good", label="Leave out the lines that do not read", entry=Entry.YES,
        ),
    )  # fmt: skip


def read_pasted(values: Values, reading: Reading) -> tuple[PastedLine, ...]:
    """What each line would become. Raises ``Mistake`` as ``read_dated_list`` does."""
    usual = " ".join(values.get("organisation", "").split())
    services = tuple(dict.fromkeys((*reading.file.services, *([usual] if usual else []))))
    found = read_dated_list(values.get("text", ""), services, reading.today)
    return tuple(_line(one, usual, reading) for one in found)


def events_of(values: Values, reading: Reading) -> tuple[Event, ...]:
    """The events to add.

    Raises ``Mistake('dated_list.wrong_lines')`` while a line does not read and nobody said to leave it out,
    ``Mistake('dated_list.nothing_good')`` where none reads, or as ``read_dated_list`` does.
    """
    lines = read_pasted(values, reading)
    good = tuple(one.event for one in lines if one.event is not None)
    wrong = [one for one in lines if one.is_wrong]
    if not good:
        raise Mistake("dated_list.nothing_good", field="text")
    if wrong and values.get("good") != _YES:
        raise Mistake("dated_list.wrong_lines", field="text", count=len(wrong), words=wrong[0].words)
    return good


def _line(one: DatedLine, usual: str, reading: Reading) -> PastedLine:
    try:
        if one.problem is not None:
            raise one.problem
        values = {
            "when": one.when_text, "organisation": one.service or usual, "happened": one.happened, "kind": "",
            "tags": "", "sources": "",
        }  # fmt: skip
        event = checked(event_of(values, reading), reading.today)
    except FieldKitError as problem:
        return PastedLine(number=one.number, words=_wrong(one, problem), is_wrong=True)
    when = when_words(event.when) if event.when is not None else ""
    said = f"{when}, {event.organisation}: {event.happened} ({KINDS[event.kind].casefold()})"
    tags = f", {len(event.evidence)} tagged" if event.evidence else ""
    return PastedLine(number=one.number, words=f"{said}{tags}", is_wrong=False, event=event)


def _wrong(one: DatedLine, problem: FieldKitError) -> str:
    """``Line 7: Enter what happened: 12 March``."""
    if problem.code == "dated_list.no_date":
        return sentence(problem)
    every = each_of(problem) if isinstance(problem, Mistake) else (problem,)
    return f"Line {one.number}: {'. '.join(sentence(each) for each in every)}: {one.text[:60]}"
