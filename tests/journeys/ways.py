"""Ways through the window that many days begin with: every step is a key or a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.journeys.driver import Person, Sight

NAME = "Asha Lead"
PASSPHRASE = "gravel lantern orbit velvet"
PACK = "Integrated care systems"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is entered under *Create a visit*."""

    assessment: str = "Northshire ICS"
    visit: str = "Visit 1"
    meeting: str = "ICB board"
    agenda: Sequence[str] = ("Welcome", "Quality report")


def create_vault(me: Person) -> str:
    """First run up to the recovery key; the key as it stands on the screen."""
    me.until(focus="setup.name")
    me.type_text(f"{NAME}\n")
    me.until(focus="setup.passphrase")
    me.type_text(PASSPHRASE)
    me.tab_to("setup.again")
    me.type_text(f"{PASSPHRASE}\n")
    return _recovery_key(me.until(focus="setup.recovery.groups", says="Store your recovery key"))


def store_the_key(me: Person) -> None:
    """Say that the recovery key was written down."""
    me.tab_to("setup.stored.0")
    me.press("Space")
    me.press("Return")
    me.until(focus="setup.way.0")


def enrol(me: Person, url: str, code: str) -> Sight:
    """Join the office; what stands there to be read to it."""
    me.press("Space")
    me.tab_to("setup.url")
    me.type_text(url)
    me.tab_to("setup.code")
    me.type_text(f"{code}\n")
    sight = me.until(focus="setup.compare")
    me.tab_to("setup.way.continue")
    me.press("Return")
    return sight


def work_alone(me: Person) -> None:
    """Join no office."""
    me.press("Down")
    me.press("Space")
    me.press("Return")


def choose_the_pack(me: Person) -> None:
    """The pack of integrated care systems, then to Home."""
    me.until(says="Choose a framework pack")
    me.until(lambda sight: sight.focus.startswith("setup.pack."))
    for _ in range(5):
        if PACK in me.look().name:
            break
        me.press("Down")
    assert PACK in me.look().name
    me.press("Space")
    me.press("Return")
    me.until(focus="setup.ready.continue")
    me.press("Return")
    me.until(focus="new_visit.assessment_name")
    me.press("Escape")
    me.until(focus="home.create_first", title_contains="Home")


def first_run_alone(me: Person) -> str:
    """From the first screen to Home, with no office; the recovery key."""
    key = create_vault(me)
    store_the_key(me)
    work_alone(me)
    choose_the_pack(me)
    return key


def create_visit(me: Person, plan: Plan) -> None:
    """From an empty Home to the visit with its meeting."""
    me.press("Return")
    me.until(focus="new_visit.assessment_name")
    me.type_text(plan.assessment)
    me.tab_to("new_visit.name")
    me.type_text(plan.visit)
    me.tab_to("new_visit.meeting")
    me.type_text(plan.meeting)
    me.tab_to("new_visit.agenda")
    me.type_text("\n".join(plan.agenda))
    me.press("Ctrl+Return")
    me.until(focus="visit.agenda", title_contains=plan.visit)


def open_log(me: Person, plan: Plan) -> None:
    """From the visit to the live log of its meeting."""
    me.press("Return")
    me.until(focus="log.capture", title_contains=plan.meeting)


def add_person(me: Person, code: str, role: str, organisation: str) -> None:
    """Somebody who is heard: a code and a role."""
    me.press("Alt+P")
    me.until(focus="person.code")
    me.type_text(code)
    me.tab_to("person.role")
    me.type_text(role)
    me.tab_to("person.organisation")
    me.type_text(f"{organisation}\n")
    me.until(lambda sight: any(words.startswith(f"{code} ") for words in sight.people), focus="log.capture")


def unlock(me: Person, passphrase: str = PASSPHRASE) -> None:
    """The locked screen's one field."""
    me.until(focus="unlock.passphrase", says="FieldKit is locked")
    me.type_text(f"{passphrase}\n")


def _recovery_key(sight: Sight) -> str:
    spoken = sight.controls["setup.recovery.groups"].partition(": ")[2]
    key = spoken.replace(", ", "-").replace(" ", "")
    assert len(key.replace("-", "")) == 40
    return key
