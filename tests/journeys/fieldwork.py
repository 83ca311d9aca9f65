"""Ways through the pages of fieldwork, for journeys: every step is a key or a look."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.driver import Person, Sight

BOX = "seven green bottles hang"
"""The passphrase of restricted disclosures."""
_ALL_THERE = ("Everything has reached the central store", "All at the central store", "Sent and confirmed")


def to_page(me: Person, words: str, *focus: str) -> None:
    """By the palette, as the page is called."""
    me.press("Ctrl+K")
    me.until(focus="palette.field")
    me.type_text(words)
    me.until(lambda sight: words in sight.cursors.get("palette.results", ""))
    me.press("Return")
    me.until(lambda sight: sight.focus in focus)


def take_programme(me: Person, file: Path) -> None:
    """Bring in the programme's table, every row of it."""
    to_page(me, "Programme from a file", "programme.file")
    me.type_text(f"{file}\n")
    me.until(lambda sight: "programme.preview" in sight.controls)
    me.tab_to("programme.take")
    me.press("Return")
    me.until(focus="visit.agenda")


_WORKED_IN = frozenset({"visit", "log", "interview", "consent", "dropin", "record", "case"})
"""What the names of controls begin with on the pages that Ctrl+2 leads to."""


def open_activity(me: Person, title: str) -> None:
    """Enter on its line of the agenda."""
    if me.look().focus != "visit.agenda":
        before = me.look().focus
        me.press("Ctrl+2")
        there = me.until(lambda sight: sight.focus != before and sight.focus.partition(".")[0] in _WORKED_IN)
        if there.focus != "visit.agenda":
            me.press("Ctrl+2")  # the first led back to the activity that was worked in, as it is to
        me.until(focus="visit.agenda")
    me.press("Home")
    for _ in range(60):
        if title in _own_words(me.look().row):
            break
        me.press("Down")
    assert title in _own_words(me.look().row)
    me.press("Return")
    me.until(lambda sight: sight.focus != "visit.agenda")


def _own_words(row: str) -> str:
    """Without what else is on at that time."""
    return row.partition(", at the same time")[0]


# Interviews


def agree(me: Person) -> None:
    """Yes to taking part and to quotations without a name."""
    me.until(says="Consent")
    for answer in ("consent.agreed.given", "consent.quoting.unnamed"):
        me.tab_to(answer)
        me.press("Space")
    me.press("Ctrl+Return")
    me.until(focus="interview.choose.guide")


def choose_guide(me: Person) -> None:
    """The first that is offered."""
    me.press("Return")
    me.press("Return")
    me.until(focus="interview.answer")


def answer(me: Person, words: str) -> None:
    """Save and next."""
    me.type_text(words)
    me.press("Ctrl+Return")
    me.until(lambda sight: sight.text == "", focus="interview.answer")


def skip(me: Person) -> None:
    """Leave the question that is up unasked."""
    me.press("Alt+K")
    me.until(lambda sight: "interview.why" in sight.controls)


def withdraw_consent(me: Person) -> None:
    """They take back that they agreed."""
    to_page(me, "Stop the interview", "interview.end", "interview.wants_withdraw", "interview.pause")
    me.tab_to("interview.wants_withdraw")
    me.press("Return")
    me.until(lambda sight: "interview.withdraw.do" in sight.controls)
    me.tab_to("interview.withdraw.do")
    me.press("Return")
    me.until(lambda sight: "interview.withdrawn.visit" in sight.controls)


def someone_joins(me: Person) -> None:
    """One more in the group."""
    to_page(me, "Someone joined the group", "interview.answer")


def drop_in(me: Person, who: str, words: str) -> None:
    """A conversation: four keys beside the words."""
    me.type_text(f"{who}\n")
    me.until(focus="dropin.words")
    me.type_text(f"{words}\n")
    me.until(focus="dropin.who")


# Records


def open_record(me: Person, whose: str, what: str, why: str, power: str) -> None:
    """The access entry that comes before anything can be noted of a record."""
    me.until(focus="record.open.whose")
    me.type_text(whose)
    for field, words in (("what", what), ("why", why)):
        me.tab_to(f"record.open.{field}")
        me.type_text(words)
    _choose(me, "basis", "power")
    me.tab_to("record.open.power")
    me.type_text(power)
    for group, answer_ in (("capacity", "not_applicable"), ("told", "after"), ("copied", "no")):
        _choose(me, group, answer_)
    me.press("Ctrl+Return")
    me.until(focus="record.line")


def note_of_record(me: Person, line: str) -> None:
    """A note about the record that is open."""
    me.type_text(f"{line}\n")
    me.until(lambda sight: sight.text == "", focus="record.line")


def _choose(me: Person, group: str, wanted: str) -> None:
    """Tab leads into the group, the arrows to what is wanted."""
    for _ in range(60):
        if me.look().focus.startswith(f"record.open.{group}."):
            break
        me.press("Tab")
    me.press("Space")
    for _ in range(8):
        if me.look().focus == f"record.open.{group}.{wanted}":
            return
        me.press("Down")
    raise AssertionError(f"no key leads to {group}.{wanted}")


# Cases


def import_cases(me: Person, file: Path) -> None:
    """A list of cases from a file."""
    me.press("Alt+I")
    me.until(focus="cases.import.file")
    me.type_text(str(file))
    me.press("Tab")
    me.until(lambda sight: "cases.import.all" in sight.controls)
    me.tab_to("cases.import.all")
    me.press("Space")
    me.until(lambda sight: "cases.list" in sight.controls)
    me.tab_to("cases.list", "Shift+Tab")


def follow_case(me: Person, place: int) -> None:
    """Follow the case at a place of the list."""
    me.press("Home")
    for _ in range(place):
        me.press("Down")
    me.press("Alt+F")
    me.until(lambda sight: sight.focus.startswith("case."))


def event(me: Person, when: str, service: str, happened: str) -> None:
    """One touchpoint."""
    me.press("Ctrl+N")
    me.until(focus="case.event.when")
    for words in (when, service):
        me.type_text(words)
        me.press("Tab")
    me.type_text(happened)
    me.press("Ctrl+Return")
    me.until(lambda sight: "case.event.when" not in sight.controls and "case.events" in sight.controls)


# Risks, disclosures, files, requests


def escalate(me: Person, what: str, told: str, said: str) -> int:
    """A risk and a contact; how many keys beside the words."""
    keys = me.keys
    me.press("Ctrl+Shift+E")
    me.until(focus="escalate.danger.0")
    me.press("Space")
    me.press("Tab")
    me.until(focus="escalate.what")
    me.type_text(what)
    me.press("Alt+A")
    me.until(focus="escalate.told")
    me.type_text(told)
    me.press("Tab")
    me.type_text(said)
    me.press("Ctrl+Return")
    spent = me.keys - keys - len(what) - len(told) - len(said)
    me.until(lambda sight: "escalate.told" not in sight.controls and any(told in words for words in sight.words))
    return spent


def disclosure(me: Person, said: str, who: str, pointer: str) -> None:
    """A restricted disclosure, and the neutral pointer to it."""
    to_page(me, "Restricted disclosures", "disclosures.new.passphrase", "disclosures.new.set_up")
    me.tab_to("disclosures.new.passphrase")
    me.type_text(BOX)
    me.press("Tab")
    me.type_text(f"{BOX}\n")
    me.until(lambda sight: "disclosures.take" in sight.controls)
    me.tab_to("disclosures.take")
    me.press("Return")
    me.until(focus="disclosures.take.text")
    me.type_text(said)
    me.press("Tab")
    me.press("Down")
    me.press("Space")
    me.tab_to("disclosures.take.who")
    me.type_text(who)
    me.press("Ctrl+Return")
    me.until(lambda sight: "disclosures.take.text" not in sight.controls)
    me.tab_to("disclosures.pointer")
    me.press("Return")
    me.until(focus="disclosures.pointer.passed_to")
    me.type_text(pointer)
    me.press("Ctrl+Return")
    me.until(lambda sight: "disclosures.pointer.passed_to" not in sight.controls)


def attach(me: Person, file: Path, purpose: str, activity: str) -> None:
    """A file of an activity; of a picture it is said that nobody is in it."""
    me.press("Ctrl+Shift+A")
    me.until(focus="files.attach_form.file")
    me.type_text(str(file))
    me.tab_to("files.attach_form.about")
    me.press("Home")
    for _ in range(60):
        if activity in me.look().text:
            break
        me.press("Down")
    assert activity in me.look().text, me.look().text
    me.tab_to("files.attach_form.purpose")
    me.type_text(purpose)
    if file.suffix in (".png", ".jpg"):
        me.press("Tab")
        me.until(lambda sight: sight.focus.startswith("files.attach_form.people"))
        me.press("Space")
    me.press("Ctrl+Return")
    me.until(lambda sight: "files.attach_form.file" not in sight.controls)


def request(me: Person, what: str, reason: str) -> None:
    """Ask for information."""
    me.press("Ctrl+N")
    me.until(focus="requests.add.what")
    me.type_text(what)
    me.press("Tab")
    me.type_text(reason)
    me.press("Ctrl+Return")
    me.until(lambda sight: "requests.add.what" not in sight.controls and "requests.list" in sight.controls)


def all_sent(sight: Sight) -> bool:
    """Whether the status line says that everything is at the central store."""
    return sight.status("waiting").startswith(_ALL_THERE)
