"""What ``fieldkit person …`` does beyond adding: show, merge, and the key to names with a passphrase of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake, Trouble
from ui.cli import faults, passphrase
from ui.cli.desk import Desk
from ui.cli.vaults import folder_of, opened

if TYPE_CHECKING:
    from fieldkit.app.boxes import OpenBox
    from fieldkit.app.people import Coded
    from fieldkit.app.person_names import NameKey
    from fieldkit.app.ports import Questions
    from fieldkit.domain.people import Person
    from fieldkit.domain.small_numbers import SmallNumber
    from storage.vault import OpenVault

Run = Callable[[Desk], int]


@dataclass(slots=True, kw_only=True)
class _Opened:
    """The key while a command runs."""

    vault: OpenVault
    box: OpenBox
    key: NameKey

    def keep(self, key: NameKey) -> None:
        """Put it back with this in it."""
        from fieldkit.app.boxes import NAMES, keep_box

        sealed = self.box.sealed(key.to_content())
        self.vault.perform(lambda uow: keep_box(uow, NAMES, sealed))
        self.key = key


def list_people(desk: Desk) -> int:
    """Everybody coded on a visit: the code that stands, the codes merged into it, how many notes; names if asked."""
    from fieldkit.app.small_groups import small_of
    from ui.cli import choose, words
    from ui.cli.words import known_frameworks

    with _people(desk) as (questions, key):
        visit = choose.visit(questions, desk.options.visit)
        rows = [one for one in _coded(questions, visit.assessment) if visit.id in _visits(one)]
        people = [each for one in rows for each in (one.person, *one.others)]
        facts = [_facts(one, key, people) for one in rows]
        small = _small(small_of(questions, visit.assessment, known_frameworks(questions.assessment(visit.assessment))))
    head = ("Code", "Role", "Organisation", "Notes", "Also", *(("Name",) if key else ()))
    lines = words.columns(
        head,
        [
            (
                one.person.code, one.person.role, one.person.organisation, str(one.notes),
                ", ".join(each.code for each in one.others), *((str(fact.get("name", "")),) if key else ()),
            )
            for one, fact in zip(rows, facts, strict=True)
        ],
    )  # fmt: skip
    desk.terminal.show(facts, [*lines, *small] if rows else "No people yet.")
    return faults.OK


def show_person(desk: Desk) -> int:
    """One person with every code of theirs."""
    with _people(desk) as (questions, key):
        one = _one(questions, desk)
        facts = _facts(one, key, [one.person, *one.others])
    person = one.person
    lines = [f"{person.code}: {person.role}", *([person.organisation] if person.organisation else [])]
    lines += [f"{one.notes} notes", *(f"{each.code} is the same person as {person.code}" for each in one.others)]
    lines += [f"Name: {facts['name']}"] if facts.get("name") else []
    desk.terminal.show(facts, lines)
    return faults.OK


def merge(desk: Desk) -> int:
    """Two codes stand for one person."""
    from fieldkit.app.people import merge_people
    from ui.cli import facts

    with opened(desk) as vault:
        found = _found(vault.questions, desk, desk.options.person)
        into = _found(vault.questions, desk, desk.options.into)
        made, _ = vault.perform(lambda uow: merge_people(uow, found.id, into.id))
    desk.terminal.show(facts.person(made), f"{found.code} is shown as {into.code} from here on. Saved on this laptop")
    return faults.OK


def unmerge(desk: Desk) -> int:
    """They are two after all."""
    from fieldkit.app.people import unmerge_person
    from ui.cli import facts

    with opened(desk) as vault:
        found = _found(vault.questions, desk, desk.options.person)
        made, _ = vault.perform(lambda uow: unmerge_person(uow, found.id))
    desk.terminal.show(facts.person(made), f"{found.code} stands for itself again. Saved on this laptop")
    return faults.OK


def set_up_key(desk: Desk) -> int:
    """Make the key to names; nobody can reset its passphrase."""
    from fieldkit.app.boxes import NAMES, keep_box, keep_draft, kept_box
    from fieldkit.app.person_names import NameKey
    from storage.boxes import StoredBoxes

    words = passphrase.fresh(desk, _passphrase_file(desk))
    with opened(desk) as vault:
        if kept_box(vault.questions, NAMES) is not None:
            raise Mistake("names.set_up")
        box = StoredBoxes(folder=folder_of(desk), clock=desk.clock).make(NAMES, words)
        sealed, empty = box.sealed(NameKey.new().to_content()), box.hide("")

        def keep(uow: Any) -> None:
            keep_box(uow, NAMES, sealed)
            keep_draft(uow, NAMES, empty)

        vault.perform(keep)
        box.close()
    desk.terminal.show({"set_up": True}, "Set up. Nobody can reset this passphrase.")
    return faults.OK


def name(desk: Desk) -> int:
    """Who is behind a code; the name is read from standard input, because a shell keeps arguments."""
    given = desk.stdin.readline().strip()
    with _open(desk) as box:
        person = _found(box.vault.questions, desk, desk.options.person)
        box.keep(box.key.with_name(person, given) if not desk.options.forget else box.key.without(person.id))
    desk.terminal.show({"code": person.code, "is_named": not desk.options.forget}, f"{person.code}: kept in the key")
    return faults.OK


def give_key(desk: Desk) -> int:
    """The public key that team-mates seal their names to, with its six words."""
    from fieldkit.app.disclosure_files import write_key
    from fieldkit.app.disclosures import Holder
    from ui.presenters.passphrases import word_list

    with _open(desk) as box:
        holder = Holder(name=box.vault.questions.info().name, public=box.key.public)
        _write(Path(desk.options.out), write_key(holder))
    said = " ".join(word_list()[number] for number in holder.words)
    desk.terminal.show({"words": said}, f"Saved. Its six words: {said}. Read them out over the telephone")
    return faults.OK


def hand_over(desk: Desk) -> int:
    """The names as a file that only the holder of a public key can open."""
    from fieldkit.app.disclosure_files import LARGEST_KEY_FILE, read_key
    from fieldkit.app.person_names import pack
    from ui.presenters.passphrases import word_list

    holder = read_key(_read(Path(desk.options.key), LARGEST_KEY_FILE))
    said = " ".join(word_list()[number] for number in holder.words)
    if " ".join(desk.options.words.casefold().split()) != said:
        raise Mistake("names.words", name=holder.name)
    with _open(desk) as box:
        _write(Path(desk.options.out), pack(box.key.names, holder.public))
        count = len(box.key.names)
    desk.terminal.show({"names": count, "to": holder.name}, f"{count} names sealed for {holder.name}")
    return faults.OK


def sheet(desk: Desk) -> int:
    """The names on a sheet to print; the vault's own record says that it was made, before it is."""
    from fieldkit.app.people import coded, people_of
    from fieldkit.reports.save import save
    from ui.cli import choose
    from ui.presenters.people.sheet import EXPORTED, name_sheet

    out = Path(desk.options.out).expanduser()
    if out.exists() or not out.absolute().parent.is_dir():
        raise Trouble("names.file_not_saved", file=out.name)
    with _open(desk) as box:
        questions = box.vault.questions
        assessment = questions.assessment(choose.visit(questions, desk.options.visit).assessment)
        rows = coded(people_of(questions, assessment.id), {})
        box.vault.perform(lambda uow: uow.note_exported(f"{EXPORTED}{assessment.id}"))
        made = name_sheet(assessment, rows, box.key, questions.info().name, desk.clock.now())
        try:
            save(made, out)
        except Trouble as error:
            raise Trouble("names.file_not_saved", file=out.name) from error
    desk.terminal.show({"file": str(out)}, f"Saved as {out.name}. It is not encrypted: print it, then delete it")
    return faults.OK


def receive(desk: Desk) -> int:
    """Names that somebody handed over to this key."""
    from fieldkit.app.person_names import LARGEST_FILE, unpack

    data = _read(Path(desk.options.file), LARGEST_FILE)
    with _open(desk) as box:
        before = len(box.key.names)
        box.keep(box.key.received(unpack(data, box.key)))
        count = len(box.key.names) - before
    desk.terminal.show({"received": count}, f"{count} names received. What was here already stays")
    return faults.OK


@contextmanager
def _people(desk: Desk) -> Iterator[tuple[Questions, NameKey | None]]:
    """The people, with the key where its passphrase is given."""
    if desk.options.box_passphrase_file:
        with _open(desk) as box:
            yield box.vault.questions, box.key
    else:
        with opened(desk) as vault:
            yield vault.questions, None


@contextmanager
def _open(desk: Desk) -> Iterator[_Opened]:
    from fieldkit.app.boxes import NAMES, kept_box
    from fieldkit.app.person_names import NameKey
    from storage.boxes import StoredBoxes

    words = passphrase.from_file(desk, _passphrase_file(desk))
    with opened(desk) as vault:
        kept = kept_box(vault.questions, NAMES)
        if kept is None:
            raise Mistake("names.not_set_up")
        box = StoredBoxes(folder=folder_of(desk), clock=desk.clock).open(NAMES, kept, words)
        try:
            yield _Opened(vault=vault, box=box, key=NameKey.from_content(box.content))
        finally:
            box.close()


def _passphrase_file(desk: Desk) -> str:
    if not desk.options.box_passphrase_file:
        raise Mistake("names.passphrase_needed")
    return str(desk.options.box_passphrase_file)


def _coded(questions: Questions, assessment: Any) -> tuple[Coded, ...]:
    from fieldkit.app.people import coded, notes_by_code, people_of

    return coded(people_of(questions, assessment), notes_by_code(questions, assessment))


def _visits(one: Coded) -> set[str]:
    return {each.visit for each in (one.person, *one.others)}


def _one(questions: Questions, desk: Desk) -> Coded:
    found = _found(questions, desk, desk.options.person)
    rows = _coded(questions, found.assessment)
    return next(one for one in rows if found.id in {each.id for each in (one.person, *one.others)})


def _found(questions: Questions, desk: Desk, wanted: str) -> Person:
    from ui.cli import choose

    visit = choose.visit(questions, desk.options.visit)
    return choose.pick("person", questions.people(visit.id), wanted, lambda one: one.code, lambda one: one.id)


def _facts(one: Coded, key: NameKey | None, people: list[Person]) -> dict[str, Any]:
    from ui.cli import facts

    named = key.name_of(one.person, people) if key is not None else None
    return {
        **facts.person(one.person), "notes": one.notes, "merged": [each.code for each in one.others],
        **({"name": named.name if named is not None else None} if key is not None else {}),
    }  # fmt: skip


def _small(small: Sequence[SmallNumber]) -> list[str]:
    from ui.presenters.people.words import small_line

    line = small_line(small)
    return [line] if line else []


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise Trouble("names.file_not_saved", file=path.name) from error


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise Mistake("cli.file_missing", field="file", file=str(path)) from error
    except OSError as error:
        raise Trouble("cli.file_unread", file=str(path)) from error
