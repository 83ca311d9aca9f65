"""What ``fieldkit assessment|visit|activity|person add`` does."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake, Trouble
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from datetime import date

    from fieldkit.domain.assessment import PackPin, SubjectKind

SUBJECTS = {"ics": "integrated_care_system", "la": "local_authority", "provider": "provider"}


def add_assessment(desk: Desk) -> int:
    """Open an assessment."""
    from fieldkit.app.assessments import open_assessment
    from fieldkit.domain.assessment import SubjectKind
    from ui.cli import choose, facts

    options = desk.options
    subject = SubjectKind(SUBJECTS[options.subject])
    pins = _pins(subject, options.pack)
    with opened(desk) as vault:
        made, _ = vault.perform(partial(open_assessment, name=options.name, subject=subject, packs=pins))
    packs = ", ".join(f"{pin.id} {pin.version}" for pin in made.packs)
    words = f"Assessment ‘{made.name}’ opened, framework pack {packs}. Saved on this laptop ({choose.short(made.id)})"
    desk.terminal.show(facts.assessment(made), words)
    return faults.OK


def _pins(subject: SubjectKind, wanted: list[str]) -> list[PackPin]:
    from fieldkit.domain.assessment import PackPin
    from ui.cli.words import packs

    library = packs()
    newest = library.latest(subject.value)
    refs = [newest] if newest and not wanted else []
    for text in wanted:
        pack, _, version = text.partition("@")
        known = [ref for ref in library.available() if ref.id == pack and version in ("", ref.version)]
        if not known:
            raise Mistake("pack.unknown", pack=pack, version=version or "any")
        refs.append(known[-1])
    for ref in refs:
        library.load(ref.id, ref.version, ref.digest)  # a pack that is not whole is not pinned
    return [PackPin(id=ref.id, version=ref.version, digest=ref.digest) for ref in refs]


def add_visit(desk: Desk) -> int:
    """Plan a visit."""
    from fieldkit.app.assessments import plan_visit
    from ui.cli import choose, facts

    options = desk.options
    first, last = _day(desk, options.on), _day(desk, options.until)
    with opened(desk) as vault:
        within = choose.assessment(vault.questions, options.assessment)
        made, _ = vault.perform(
            lambda uow: plan_visit(uow, within.id, options.name, place=options.place, starts_on=first, ends_on=last)
        )
    desk.terminal.show(
        facts.visit(made), f"Visit ‘{made.name}’ planned. Saved on this laptop ({choose.short(made.id)})"
    )
    return faults.OK


def add_activity(desk: Desk) -> int:
    """Plan an activity."""
    from fieldkit.app.assessments import plan_activity, read_agenda
    from fieldkit.app.who_goes import read_names
    from fieldkit.domain.assessment import ActivityKind
    from ui.cli import choose, facts
    from ui.presenters.wording import ui

    options = desk.options
    on, agenda = _day(desk, options.on), "\n".join([_agenda(desk), *options.item])
    with opened(desk) as vault:
        within = choose.visit(vault.questions, options.visit)
        made, _ = vault.perform(
            lambda uow: plan_activity(
                uow, within, ActivityKind(options.kind.replace("-", "_")), options.title, on=on, starts=options.starts,
                ends=options.ends, place=options.place, organisation=options.organisation, items=read_agenda(agenda),
                stream=options.stream, assigned=read_names(options.who),
            )
        )  # fmt: skip
    items = ui.count(len(made.items), "agenda item")
    words = f"Activity ‘{made.title}’ planned, {items}. Saved on this laptop ({choose.short(made.id)})"
    desk.terminal.show(facts.activity(made), words)
    return faults.OK


def add_person(desk: Desk) -> int:
    """Add a person code."""
    from fieldkit.app.people import add_person as add_to_visit
    from fieldkit.app.people import proposed_code
    from ui.cli import choose, facts

    options = desk.options
    with opened(desk) as vault:
        within = choose.visit(vault.questions, options.visit)
        code = options.code
        if code.endswith("+"):
            code = proposed_code(vault.questions, within.assessment, code[:-1].casefold())
        made, _ = vault.perform(lambda uow: add_to_visit(uow, within, code, options.role, options.organisation))
    desk.terminal.show(facts.person(made), f"{made.code}: {made.role}. Saved on this laptop")
    return faults.OK


def _day(desk: Desk, text: str) -> date | None:
    from ui.presenters.dates import read_day

    return read_day(text, desk.clock.now().astimezone().date())


def _agenda(desk: Desk) -> str:
    file = desk.options.agenda
    if file is None:
        return ""
    if file == "-":
        return desk.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise Mistake("cli.file_missing", field="agenda", file=file) from error
    except OSError as error:
        raise Trouble("cli.file_unread", file=file) from error
