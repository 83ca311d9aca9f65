"""One day of an assessor with every kind of fieldwork, played by keys; ``Day`` says what must then be everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys import fieldwork, ways
from tests.journeys.day_files import case_list, make_files, programme
from tests.journeys.driver import Person
from tests.journeys.office import Office

BOARD, COMMITTEE, WITHDRAWN = "ICB board", "Quality committee", "discharge nurse"
STREAMS = {
    "A": (f"09:30,{COMMITTEE}", "10:30,Drop-in: staff restaurant", "14:00,Record review: Moor ward"),
    "B": ("09:30,Interview: matron", "10:30,Interview: social worker", "14:00,Record review: community team"),
    "C": ("10:30,Focus group: carers", "11:30,Interview: chair of governors", f"13:00,Interview: {WITHDRAWN}"),
}  # fmt: skip
"""Three streams of the team, as the programme's table has them."""
REVIEWS = ("Moor ward", "community team")
INTERVIEWS = ("matron", "social worker", "chair of governors", WITHDRAWN)
ANSWERS, DROP_INS, CASES_ON_LIST, CASES, REQUESTS = 3, 30, 12, 6, 3
WHO = ("3s", "p", "2c10", "s", "l", "a5")
EVENTS = (
    ("2 mar 10:10", "Ambulance", "Called after a fall, arrival in 1h 50m", ""),
    ("14 mar", "Acute trust", "Discharged, no letter", " #sp-"),
    ("about 2 apr", "Community nursing", "First visit", ""),
)
SECRET = "Night staff of Quillfeather Ward are told not to report falls"
SECRET_WHO = "Brambletooth, staff nurse"
SECRET_WORDS = ("Quillfeather", "Brambletooth")
POINTER = "Speaking-up lead of the regulator"
RISK, TOLD, PROMISED = "No out of hours medical cover on Ward 4", "Ward manager", "will call the consultant"


@dataclass(slots=True)
class Day:
    """``tagged`` are words that must reach everybody, ``untagged`` those that stay, ``held`` those of who withdrew."""

    tagged: list[str] = field(default_factory=list)
    untagged: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    records: dict[str, int] = field(default_factory=dict)
    escalation_keys: int = 0

    def note(self, words: str, tag: str = "") -> str:
        """The line to type; its words are expected where its tag sends them."""
        (self.tagged if tag else self.untagged).append(words)
        return words + tag


def play(me: Person, office: Office, folder: Path) -> Day:
    """From a new laptop to the evening, when everything is at the central store and the window is closed."""
    day = Day(files=make_files(folder))
    _begin(me, office, folder)
    talk_to_people(me, day)
    withdraw(me)
    office.cut_off()
    listen_at_the_restaurant(me, day)
    follow_cases(me, day, case_list(folder, CASES_ON_LIST))
    observe_and_escalate(me, day)
    review_records(me, day)
    hear_in_confidence(me, day)
    attach_files(me, day)
    ask_for_papers(me, day)
    office.connect()
    me.press("Ctrl+Shift+S")
    me.until(fieldwork.all_sent)
    me.press("Ctrl+L")
    me.until(focus="unlock.passphrase")
    me.close()
    return day


def _begin(me: Person, office: Office, folder: Path) -> None:
    ways.create_vault(me)
    ways.store_the_key(me)
    ways.enrol(me, office.url, office.invite(ways.NAME))
    ways.choose_the_pack(me)
    ways.create_visit(me, ways.Plan(meeting=BOARD))
    fieldwork.take_programme(me, programme(folder, STREAMS))


def talk_to_people(me: Person, day: Day) -> None:
    """Four interviews with a question skipped in each, and a focus group of three."""
    for who in INTERVIEWS:
        fieldwork.open_activity(me, who)
        fieldwork.agree(me)
        fieldwork.choose_guide(me)
        for n in range(ANSWERS):
            words = f"The {who} answers {n + 1}"
            (day.held if who == WITHDRAWN else day.tagged).append(words)
            fieldwork.answer(me, words)  # the question's own statements are its tags
        fieldwork.skip(me)
    fieldwork.open_activity(me, "carers")
    fieldwork.agree(me)
    fieldwork.choose_guide(me)
    for _ in range(2):
        fieldwork.someone_joins(me)
    for n in range(1, 4):
        words = f"Carer {n} was never rung back"
        day.tagged.append(words)
        fieldwork.answer(me, f"{n}: {words} #lc-")
    day.records |= {"consent": len(INTERVIEWS) + 1, "session": len(INTERVIEWS) + 1}


def withdraw(me: Person) -> None:
    """The last of the interviewed takes back their consent after everything was sent."""
    me.press("Ctrl+Shift+S")
    me.until(fieldwork.all_sent)
    me.press("Ctrl+2")
    me.until(focus="visit.agenda")
    fieldwork.open_activity(me, f"Interview {len(INTERVIEWS):02d}")
    me.until(focus="interview.answer")
    fieldwork.withdraw_consent(me)


def listen_at_the_restaurant(me: Person, day: Day) -> None:
    """Thirty conversations; something tagged is said in every third, something untagged in every other third."""
    fieldwork.open_activity(me, "staff restaurant")
    me.until(focus="dropin.who")
    for n in range(DROP_INS):
        line = ""
        if n % 3 == 0:
            line = day.note(f"The bell rings at night, {n}", " #st-")
        elif n % 3 == 1:
            line = day.note(f"Likes the soup, {n}")
        fieldwork.drop_in(me, WHO[n % len(WHO)], line)
    day.records["conversation"] = DROP_INS


def follow_cases(me: Person, day: Day, file: Path) -> None:
    """Half of a list of twelve, three events each."""
    fieldwork.to_page(me, "Cases", "cases.import")
    fieldwork.import_cases(me, file)
    for place in range(CASES):
        if place:
            fieldwork.to_page(me, "Cases", "cases.list")
        fieldwork.follow_case(me, place)
        for when, service, happened, tag in EVENTS:
            if tag:
                day.tagged.append(f"{service}: {happened} ({place + 1})")
            fieldwork.event(me, when, service, f"{happened} ({place + 1}){tag}")
    day.records |= {"case": CASES_ON_LIST, "touchpoint": CASES * len(EVENTS)}


def observe_and_escalate(me: Person, day: Day) -> None:
    """A meeting; in the middle of a note somebody tells of a danger."""
    fieldwork.open_activity(me, COMMITTEE)
    me.until(focus="log.capture")
    for n in range(5):
        me.type_text(day.note(f"Reads the action log, page {n}", " #lc" if n % 2 else "") + "\n")
    begun, rest = "Chair asks who owns", " the recovery plan"
    me.type_text(begun)
    day.escalation_keys = fieldwork.escalate(me, RISK, TOLD, PROMISED)
    me.press("Escape")
    sight = me.until(focus="log.capture")
    assert (sight.text, sight.caret) == (begun, len(begun)), "what was half typed is still there, caret and all"
    me.type_text(f"{rest} #lc\n")
    day.tagged.append(begun + rest)
    me.until(lambda sight: sight.text == "")
    day.records |= {"escalation": 1, "escalation_contact": 1}


def review_records(me: Person, day: Day) -> None:
    """Two reviews, each of a record that is opened with its access entry before a word of it is noted."""
    for number, review in enumerate(REVIEWS):
        fieldwork.open_activity(me, review)
        fieldwork.open_record(me, f"C{number + 1:02d}", "Care plan", "Who agreed the discharge, and when", "section 63")
        fieldwork.note_of_record(me, day.note(f"Nobody rang the daughter, {review}", " #sp-"))
        fieldwork.note_of_record(me, day.note(f"Signed two days later, {review}"))
    day.records["access"] = len(REVIEWS)


def hear_in_confidence(me: Person, day: Day) -> None:
    """A restricted disclosure, with its pointer."""
    fieldwork.disclosure(me, SECRET, SECRET_WHO, POINTER)
    day.records["pointer"] = 1


def attach_files(me: Person, day: Day) -> None:
    """All of them, to the board."""
    for number, file in enumerate(day.files):
        fieldwork.attach(me, file, f"Shows point {number} of the day", BOARD)
    day.records["attachment"] = len(day.files)


def ask_for_papers(me: Person, day: Day) -> None:
    """Information requests."""
    fieldwork.to_page(me, "Information requests", "requests.add", "requests.list")
    for n in range(REQUESTS):
        fieldwork.request(me, f"Winter plan of place {n}", "Two accounts differ")
    day.records["request"] = REQUESTS


def lines_of(counts: Sequence[tuple[str, int]]) -> str:
    """A table for whoever runs the journey."""
    return "\n".join(f"  {count:>5}  {what}" for what, count in counts)
