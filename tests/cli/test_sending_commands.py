"""The office and the laptop by command, against the real central store on loopback."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from central import admin
from central.serve import Running, start_in_thread
from central.settings import Settings
from tests.cli.conftest import OPENS, Shell


@pytest.fixture
def office(shell: Shell, tmp_path: Path) -> Iterator[Running]:
    """A central store made by command and running on a free port."""
    shell.ok("central", "init", str(tmp_path / "office"), "--office", "Northshire team")
    running = start_in_thread(replace(Settings.load(tmp_path / "office"), port=0), shell.clock)
    yield running
    running.stop()


def store_of(office: Running) -> str:
    return str(office.core.settings.folder)


def join(shell: Shell, office: Running, name: str, *more: str) -> dict[str, str]:
    code = shell.json("central", "invite", store_of(office), "--name", name, *more)["code"]
    found: dict[str, str] = shell.json("enrol", office.url, code)
    return found


@pytest.fixture
def team_mate(tmp_path: Path, shell: Shell) -> Shell:
    """A second person with a laptop of their own and nothing on it."""
    other = Shell(home=tmp_path / "other", clock=shell.clock, environ=dict(OPENS))
    other.ok("vault", "create", "--name", "B. Adviser", "--initials", "BA")
    return other


def test_tagged_notes_leave_and_untagged_ones_stay(settled: Shell, office: Running) -> None:
    settled.ok("note", "add", stdin="ch: waits fell #lc+\nCorridor talk\nPapers late #gm-\n")
    join(settled, office, "A. Lead")
    preview = settled.json("send", "--dry-run")
    assert (preview["notes_leaving"], preview["notes_staying"]) == (2, 1)
    assert settled.json("central", "show", store_of(office))["revisions"] == 0
    sent = settled.json("send")
    assert sent["standing"]["everything_is_there"] is True
    assert sent["turns"] <= 3
    assert {item["status"] for item in sent["items"]} == {"confirmed"}
    shown = settled.json("central", "show", store_of(office), "--assessment", "northshire")
    assert [entry["text"] for entry in shown["entries"]] == ["waits fell", "Papers late"]
    assert shown["sealed"] == 1
    assert "Corridor" not in settled.ok("central", "show", store_of(office), "--assessment", "north").out


def test_both_sides_read_the_same_words(settled: Shell, office: Running) -> None:
    joined = join(settled, office, "A. Lead")
    seen = settled.json("central", "show", store_of(office))
    assert joined["store_words"] == seen["store_words"]
    assert joined["laptop_words"] == seen["laptops"][0]["fingerprint"]
    assert len(joined["laptop_words"].split()) == 6


def test_a_team_mate_reads_what_was_handed_in_with_its_author(
    settled: Shell, office: Running, team_mate: Shell
) -> None:
    settled.ok("note", "add", "ch: waits fell #lc+")
    join(settled, office, "A. Lead")
    settled.ok("send")
    join(team_mate, office, "B. Adviser", "--assessment", "Northshire")
    said = team_mate.ok("send")
    assert "read from the team" in said.out
    (note,) = team_mate.json("note", "list")
    assert (note["text"], note["author_name"], note["is_mine"]) == ("waits fell", "A. Lead", False)


def test_who_joins_later_is_let_in_with_what_waited(settled: Shell, office: Running, team_mate: Shell) -> None:
    settled.ok("note", "add", "ch: waits fell #lc+")
    join(settled, office, "A. Lead")
    settled.ok("send")
    settled.json("central", "invite", store_of(office), "--name", "B. Adviser")
    let_in = settled.json(
        "central", "join", store_of(office), "--name", "B. Adviser", "--assessment", "Northshire", "--role", "reader"
    )
    assert (let_in["role"], let_in["let_in"]) == ("reader", 0)
    (assessment,) = settled.json("central", "show", store_of(office))["assessments"]
    assert [(member["name"], member["role"]) for member in assessment["team"]] == [
        ("A. Lead", "lead"), ("B. Adviser", "reader"),
    ]  # fmt: skip


def test_what_is_kept_apart_is_said_item_by_item_and_ends_with_4(
    settled: Shell, office: Running, team_mate: Shell
) -> None:
    settled.ok("note", "add", "ch: waits fell #lc+")
    join(settled, office, "A. Lead")
    settled.ok("send")
    laptop = settled.json("central", "show", store_of(office))["laptops"][0]["device"]
    settled.ok("central", "revoke", store_of(office), laptop[-8:])
    settled.ok("note", "add", "Late papers #gm-")
    said = settled("send", "--json")
    assert said.code == 4
    assert said.json["problem"]["code"] == "send.device_revoked"
    assert "quarantined" in {item["status"] for item in said.json["items"]}
    assert "Kept safe at the office for a person to look at" in settled("send").out
    waiting = settled.json("central", "show", store_of(office))["waiting"]
    numbers = [str(one["seq"]) for one in waiting]
    assert settled.json("central", "release", store_of(office), *numbers)["waiting"] == []


def test_a_certificate_of_hand_in_is_written_when_asked_for(settled: Shell, office: Running, tmp_path: Path) -> None:
    settled.ok("note", "add", stdin="ch: waits fell #lc+\nCorridor talk\n")
    join(settled, office, "A. Lead")
    settled.ok("send", "--certificate", str(tmp_path / "hand-in.txt"))
    text = (tmp_path / "hand-in.txt").read_text("utf-8")
    assert "Everything that leaves this laptop is at Northshire team." in text
    assert "Corridor" not in text
    assert "none attached on this laptop" in text


def test_the_certificate_lists_every_file_by_a_hash_that_the_office_can_compute_again(
    settled: Shell, office: Running, tmp_path: Path
) -> None:
    letters = [tmp_path / f"Mrs Example {n}.txt" for n in range(2)]
    for number, letter in enumerate(letters):
        letter.write_text(f"letter {number}\n" * 500, "utf-8")
        settled.ok("attach", str(letter), "--purpose", "Shows it")
    join(settled, office, "A. Lead")
    settled.ok("send", "--certificate", str(tmp_path / "hand-in.txt"))
    text = (tmp_path / "hand-in.txt").read_text("utf-8")
    assert "2 of 2 files confirmed, 9,000 bytes" in text
    assert "Everything that leaves this laptop is at Northshire team." in text
    at_the_office = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (Path(store_of(office)) / "files").rglob("*")
        if path.is_file() and len(path.name) == 64  # beside them lies what tells one place of files from another
    }
    assert len(at_the_office) == 2
    assert all(sha256 in text for sha256 in at_the_office)
    device = settled.json("vault", "info")["device"]
    assert text.count(device) == 2, "the laptop, and how far the store signed for its chain"
    assert "Example" not in text, "names of files tell who they are about"


def test_the_office_gives_a_person_a_key_and_sees_what_was_fetched(settled: Shell, office: Running) -> None:
    assert "Nobody has fetched a file yet" in settled.ok("central", "fetched", store_of(office)).out
    assert settled("central", "key", store_of(office), "R. Reader", "--json").problem == "central.person_unknown"
    settled.ok("central", "invite", store_of(office), "--name", "R. Reader")
    said = settled.ok("central", "key", store_of(office), "R. Reader").out
    assert "It is shown once" in said
    assert settled.json("central", "key", store_of(office), "R. Reader")["key"] not in said
    assert settled.json("central", "key", store_of(office), "R. Reader", "--remove")["ended"] is True
    assert "had no key" in settled.ok("central", "key", store_of(office), "R. Reader", "--remove").out


def test_a_store_that_is_away_is_trouble_and_loses_nothing(settled: Shell, office: Running) -> None:
    settled.ok("note", "add", "ch: waits fell #lc+")
    join(settled, office, "A. Lead")
    office.stop()
    said = settled("send", "--json")
    assert said.code == 3
    assert said.problem in {"send.not_connected", "send.no_answer"}
    assert "Your work is saved on this laptop" in said.err
    assert settled.json("note", "list")[0]["status"] == "waiting"


def test_sending_needs_an_office(settled: Shell) -> None:
    said = settled("send", "--json")
    assert (said.code, said.problem) == (4, "send.not_enrolled")


@pytest.mark.parametrize(
    ("url", "code", "exit_code", "problem"),
    [
        ("ftp://example.org", "7KQ4-M2XD-9RTA-0CVB", 2, "send.address"),
        ("http://example.org", "7KQ4-M2XD-9RTA-0CVB", 2, "send.address_not_protected"),
        ("", "7KQ4-M2XD-9RTA-0CVB", 4, "central.code_wrong"),
        ("", "x", 2, "send.code"),
    ],
)
def test_what_cannot_join_joins_nothing(
    settled: Shell, office: Running, url: str, code: str, exit_code: int, problem: str
) -> None:
    said = settled("enrol", url or office.url, code, "--json")
    assert (said.code, said.problem) == (exit_code, problem)
    assert settled.json("vault", "info")["office"] is None


def test_another_office_takes_the_place_of_one_that_was_sent_nothing_and_of_no_other(
    settled: Shell, office: Running, tmp_path: Path
) -> None:
    settings = Settings(folder=tmp_path / "wrong", port=0)
    admin.init(settings, "The wrong office", settled.clock)
    wrong = start_in_thread(settings, settled.clock)
    try:
        join(settled, wrong, "A. Lead")
        join(settled, office, "A. Lead")  # the words differed: nothing was lost
        settled.ok("send")
        code = settled.json("central", "invite", store_of(wrong), "--name", "A. Lead")["code"]
        said = settled("enrol", wrong.url, code, "--json")
    finally:
        wrong.stop()
    assert (said.code, said.problem) == (4, "vault.enrolled_elsewhere")


def test_a_second_code_of_the_same_office_is_taken(settled: Shell, office: Running) -> None:
    first = join(settled, office, "A. Lead")
    settled.ok("send")
    assert join(settled, office, "A. Lead") == first


def test_a_code_is_good_once(settled: Shell, office: Running, team_mate: Shell) -> None:
    code = settled.json("central", "invite", store_of(office), "--name", "A. Lead")["code"]
    settled.ok("enrol", office.url, code)
    said = team_mate("enrol", office.url, code, "--json")
    assert (said.code, said.problem) == (4, "central.code_used")


def test_the_office_keeps_its_token_in_a_private_file_and_off_the_screen(shell: Shell, tmp_path: Path) -> None:
    made = shell.ok("central", "init", str(tmp_path / "o"), "--office", "Team")
    token = tmp_path / "o" / "office.token"
    assert token.stat().st_mode & 0o777 == 0o600
    assert token.read_text("ascii").strip() not in made.out


@pytest.mark.parametrize(
    ("argv", "code", "problem"),
    [
        (("show",), 3, "central.no_store"),
        (("invite", "--name", "A"), 3, "central.no_store"),
        (("init", "--office", " "), 2, "central.no_office"),
        (("init", "--office", "X", "--database", "mysql://x"), 3, "central.database_url"),
    ],
)
def test_where_there_is_no_store_the_office_is_told(
    shell: Shell, tmp_path: Path, argv: tuple[str, ...], code: int, problem: str
) -> None:
    said = shell("central", argv[0], str(tmp_path / "none"), *argv[1:], "--json")
    assert (said.code, said.problem) == (code, problem)


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (("init", "--office", "Again"), "central.exists"),
        (("invite", "--name", " "), "central.no_name"),
        (("invite", "--name", "B", "--assessment", "Southshire"), "cli.not_found"),
        (("join", "--name", "B", "--assessment", "Southshire"), "cli.not_found"),
        (("revoke", "ffffffff"), "cli.not_found"),
        (("show", "--assessment", "Southshire"), "cli.not_found"),
    ],
)
def test_the_offices_mistakes_change_nothing(
    shell: Shell, office: Running, argv: tuple[str, ...], problem: str
) -> None:
    said = shell("central", argv[0], store_of(office), *argv[1:], "--json")
    assert (said.code, said.problem) == (2, problem)
