"""What ``fieldkit central …`` does."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.inviting import check_sheet, invitation

if TYPE_CHECKING:
    from central.overview import Overview
    from central.settings import Settings
    from sync.wire.reading import AssessmentItem, EntryItem, EntryList


DATABASE_VARIABLE = "FIELDKIT_DATABASE_URL"
"""An address with a password in it does not belong on a command line, where every program sees it."""


def settings_of(desk: Desk) -> Settings:
    """The store a command works on."""
    from central.settings import Settings

    return Settings.load(_folder(desk))


def _folder(desk: Desk) -> Path:
    return Path(desk.options.store).expanduser().absolute()


def init(desk: Desk) -> int:
    """Make a store; its token is in a file, never on the screen."""
    from central.admin import init as make
    from central.settings import DEFAULT_PORT, Settings
    from ui.cli.key_words import in_words

    options = desk.options
    port = DEFAULT_PORT if options.port is None else options.port
    database = desk.environ.get(DATABASE_VARIABLE, "") if options.database == "-" else options.database
    settings = Settings(folder=_folder(desk), database_url=database, host=options.host, port=port)
    if options.owner_database:
        from central.owners import with_walls

        settings = with_walls(settings, database, options.owner_database)
    made = make(settings, options.office, desk.clock)
    facts = {
        "office": made.office, "store": made.store, "store_words": in_words(made.fingerprint),
        "folder": str(settings.folder), "token_file": str(settings.token_file),
    }  # fmt: skip
    words = [
        f"Central store of {made.office} made in {settings.folder}.",
        f"Its key in words: {facts['store_words']}",
        f"Run it:      fieldkit central serve {options.store}",
        f'Invite:      fieldkit central invite {options.store} --name "A. Lead"',
        f"The office’s token for reading in a browser lies in {settings.token_file}.",
    ]
    desk.terminal.show(facts, words)
    return faults.OK


def serve(desk: Desk) -> int:
    """Until Ctrl+C."""
    from central.serve import serve as run
    from ui.cli.serving import chosen

    settings: Settings = chosen(settings_of(desk), desk.options)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"http://{host}:{settings.port}"
    desk.terminal.show({"url": url}, f"Serving on {url}. Ctrl+C ends it.")
    desk.terminal.out.flush()
    with suppress(KeyboardInterrupt):  # the one way it is meant to end
        run(settings)
    desk.terminal.say("Stopped. Everything received is stored.")
    return faults.OK


def invite(desk: Desk) -> int:
    """A one-time code."""
    from central.admin import invite as make_code
    from fieldkit.kernel.clock import to_stamp
    from ui.presenters.wording import ui

    settings = settings_of(desk)
    check_sheet(desk)
    wanted = [assessment_named(settings, name).id for name in desk.options.assessment]
    made = make_code(settings, desk.options.name, wanted, desk.options.role, desk.clock)
    facts = {
        "code": made.code, "name": made.name, "role": made.role, "assessments": list(made.assessments),
        "expires_at": to_stamp(made.expires_at),
    }  # fmt: skip
    until = ui.day_and_clock(made.expires_at, desk.clock.now().astimezone().date())
    words = [f"Code for one laptop of {made.name}: {desk.terminal.bold(made.code)}", f"Good once, until {until}."]
    more, lines = invitation(desk, settings, made)
    desk.terminal.show(facts | more, words + lines)
    return faults.OK


def role(desk: Desk) -> int:
    """A role in the whole office."""
    from central.admin import set_role

    options = desk.options
    set_role(settings_of(desk), options.name, options.role, holds=not options.remove, clock=desk.clock)
    words = "no longer holds" if options.remove else "now holds"
    facts = {"name": options.name, "role": options.role, "holds": not options.remove}
    desk.terminal.show(facts, f"{options.name} {words} the role {options.role}.")
    return faults.OK


def key(desk: Desk) -> int:
    """A key for reading without a laptop, or its end."""
    from central.readers import end_key, make_key

    settings, name = settings_of(desk), desk.options.name.strip()
    if desk.options.remove:
        had = end_key(settings, name, desk.clock)
        ended = f"The key of {name} opens nothing any more." if had else f"{name} had no key."
        desk.terminal.show({"name": name, "ended": had}, ended)
        return faults.OK
    made = make_key(settings, name, desk.clock, files=desk.options.files)
    words = [f"Key of {name}: {desk.terminal.bold(made)}", "It is shown once. Hand it over as you would a passphrase."]
    desk.terminal.show({"name": name, "key": made}, words)
    return faults.OK


def fetched(desk: Desk) -> int:
    """Who fetched which file."""
    from dataclasses import asdict

    from central.readers import fetched as found
    from ui.cli.words import columns

    rows = found(settings_of(desk))
    table = [(one.at, one.name, one.record, f"from byte {one.start:,}") for one in rows]
    lines = columns(("When", "Who", "Record", "What"), table)
    desk.terminal.show([asdict(one) for one in rows], lines if rows else "Nobody has fetched a file yet.")
    return faults.OK


def join(desk: Desk) -> int:
    """A person onto a team."""
    from central.admin import add_member
    from ui.presenters.wording import ui

    settings, options = settings_of(desk), desk.options
    where = assessment_named(settings, options.assessment)
    released = add_member(settings, options.name, where.id, options.role, desk.clock)
    facts = {"name": options.name, "assessment": where.id, "role": options.role, "let_in": released}
    let_in = (
        f" {ui.count(released, 'record')} that waited {'is' if released == 1 else 'are'} let in." if released else ""
    )
    desk.terminal.show(facts, f"{options.name} is on the team of {where.name or where.id} ({options.role}).{let_in}")
    return faults.OK


def revoke(desk: Desk) -> int:
    """End a laptop's right to read."""
    from central.admin import revoke as end
    from central.overview import show as look

    settings, wanted = settings_of(desk), desk.options.device.casefold()
    found = [one for one in look(settings).laptops if len(wanted) >= 4 and one.device.endswith(wanted)]
    if not found:
        raise Mistake("cli.not_found", what="laptop", wanted=desk.options.device)
    if len(found) > 1:
        raise Mistake("cli.which", what="laptop", wanted=wanted, choices=", ".join(one.device for one in found))
    end(settings, found[0].device, desk.clock)
    words = f"The laptop of {found[0].person} no longer reads. What it still holds can be handed in and waits for you."
    desk.terminal.show({"device": found[0].device, "person": found[0].person}, words)
    return faults.OK


def release(desk: Desk) -> int:
    """Let in what waits."""
    from central.admin import release as let_in
    from ui.presenters.wording import ui

    done = let_in(settings_of(desk), desk.options.numbers, desk.clock)
    left = [number for number in desk.options.numbers if number not in done]
    words = [f"{ui.count(len(done), 'record')} let in."]
    if left:
        listed = ", ".join(str(number) for number in left)
        words.append(f"Not let in: {listed}. Put its author on the team first, or look at: fieldkit central show")
    desk.terminal.show({"let_in": list(done), "waiting": left}, words)
    return faults.FOUND if left else faults.OK


def show(desk: Desk) -> int:
    """The store, or the notes of one assessment."""
    from central.overview import show as look

    settings = settings_of(desk)
    if desk.options.assessment is not None:
        found = assessment_named(settings, desk.options.assessment)
        notes = _notes(settings, found.id)
        desk.terminal.show(
            notes.model_dump(), [f"{found.name or found.id}", "", *note_lines(notes.entries), _sealed(notes)]
        )
        return faults.OK
    overview = look(settings)
    desk.terminal.show(_overview_facts(overview), _overview_lines(overview))
    return faults.OK


def _notes(settings: Settings, assessment: str) -> EntryList:
    from central.core import open_core
    from central.reading import entries

    with closing(open_core(settings)) as core:
        return entries(core, None, assessment)


def note_lines(entries: list[EntryItem]) -> list[str]:
    """Notes as the office reads them: when, who, words, tags."""
    lines = []
    for one in sorted(entries, key=lambda entry: (entry.noticed_at, entry.id)):
        tags = " ".join(f"[{tag.statement}{_SIGNS.get(tag.bearing, '')}]" for tag in one.tags)
        said = f"{one.speaker}: {one.text}" if one.speaker else one.text
        gone = f"Withdrawn: {one.withdrawn}" if one.withdrawn else ""
        said = said if one.barred is None else f"Held: consent {one.barred}"
        parts = (one.noticed_at[:16].replace("T", " "), one.author_name, " ".join(said.split("\n")), tags, gone)
        lines.append("  ".join(part for part in parts if part))
    return lines


_SIGNS = {"strength": "+", "shortfall": "−", "mixed": "±"}


def _sealed(notes: EntryList) -> str:
    from ui.presenters.wording import ui

    count = ui.count(len(notes.entries), "note")
    return f"{count}. Of {notes.sealed} more the store has only the proof that they exist: they are untagged and stay."


def assessment_named(settings: Settings, wanted: str) -> AssessmentItem:
    """The one assessment of the store with this name or id. Raises ``Mistake('cli.not_found' | 'cli.which')``."""
    from central.core import open_core
    from central.reading import assessments

    with closing(open_core(settings)) as core:
        known = assessments(core, None).assessments
    key = wanted.casefold()
    for test in (
        [one for one in known if one.id == key], [one for one in known if one.name.casefold() == key],
        [one for one in known if one.name.casefold().startswith(key) or (len(key) >= 4 and one.id.endswith(key))],
    ):  # fmt: skip
        if len(test) == 1:
            return test[0]
        if test:
            raise Mistake("cli.which", what="assessment", wanted=wanted, choices=", ".join(one.name for one in test))
    raise Mistake("cli.not_found", what="assessment", wanted=wanted)


def _overview_facts(overview: Overview) -> dict[str, Any]:
    from dataclasses import asdict

    from ui.cli.key_words import in_words

    return {
        "office": overview.office, "store": overview.store, "store_words": in_words(overview.fingerprint),
        "made_at": overview.made_at, "witness": asdict(overview.witness), "revisions": overview.revisions,
        "assessments": [one.model_dump() for one in overview.assessments],
        "people": [asdict(one) for one in overview.people],
        "laptops": [{**asdict(one), "fingerprint": in_words(one.fingerprint)} for one in overview.laptops],
        "waiting": [asdict(one) for one in overview.waiting], "alarms": [asdict(one) for one in overview.alarms],
        "open_codes": overview.open_codes,
    }  # fmt: skip


def _overview_lines(overview: Overview) -> list[str]:
    from ui.cli import choose
    from ui.cli.key_words import in_words
    from ui.cli.words import columns, standing_word
    from ui.presenters.wording import ui

    lines = [
        f"{overview.office}: {ui.count(overview.revisions, 'record')}, {ui.count(overview.open_codes, 'open code')}",
        f"Key: {in_words(overview.fingerprint)}", "",
        *columns(
            ("Assessment", "Notes", "Proof only", "Open questions", "Team"),
            [
                (
                    one.name or one.id, str(one.notes), str(one.sealed), str(one.open_questions),
                    ", ".join(f"{member.name} ({member.role})" for member in one.team),
                )
                for one in overview.assessments
            ],
        ),
        "",
        *columns(
            ("Laptop", "Of", "Standing", "Holds up to", "Last seen"),
            [
                (
                    choose.short(one.device), one.person, standing_word(one.status, one.wiped_at), str(one.high),
                    one.seen_at[:16].replace("T", " "),
                )
                for one in overview.laptops
            ],
        ),
    ]  # fmt: skip
    lines += [f"Waiting: {one.kind} of {one.person}: {one.code} (number {one.seq})" for one in overview.waiting]
    lines += [f"Look at: {one.at} {one.kind} {one.details}" for one in overview.alarms]
    return lines
