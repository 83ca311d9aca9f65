"""The frame of every command: help, mistakes, exit codes, faults; and that asking for help costs nothing."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from fieldkit.kernel.errors import Mistake, Refusal, Trouble
from fieldkit.reports.save import write_private
from tests.cli.conftest import Shell
from tests.support.tree import ROOT
from ui.cli import faults, keeping
from ui.cli.main import main
from ui.cli.parser import UsageError
from ui.cli.tree import make_parser
from ui.practice.world import PASSPHRASE as PRACTICE
from ui.presenters.wording import catalogue

HEAVY = (
    "PySide6",
    "sqlalchemy",
    "pydantic",
    "yaml",
    "httpx2",
    "reportlab",
    "cryptography",
    "central",
    "storage.engine",
)


def every_command(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every command, groups included."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield (*path, name)
                yield from every_command(below, (*path, name))


COMMANDS = list(every_command(make_parser()))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_with_an_example(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*path, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"usage: fieldkit {' '.join(path)}" in said
    assert f"fieldkit {path[0]}" in said.split("examples:")[1]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_no_command_takes_a_secret_as_an_argument(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    main([*path, "--help"])
    said = capsys.readouterr().out
    assert "--passphrase " not in said
    assert "--recovery-key " not in said


def test_examples_can_be_run_as_they_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    import shlex

    parser = make_parser()
    for path in COMMANDS:
        main([*path, "--help"])
        for line in capsys.readouterr().out.split("examples:")[1].replace("\\\n", " ").splitlines():
            command = line.split("|")[-1] if "| fieldkit" in line else line.split("|")[0]
            words = shlex.split(command.split("&&")[0].split(" < ")[0].strip())
            if words and words[0] == "fieldkit" and len(words) > 1:
                parser.parse_args(words[1:])


@pytest.mark.parametrize("page", ["docs/guide/cli.md", "README.md"])
def test_every_command_line_in_the_documents_is_understood(page: str) -> None:
    import re
    import shlex

    text = (ROOT / page).read_text("utf-8")
    blocks = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL))
    lines = re.findall(r"fieldkit [a-z].*?(?=$|\s{3,})", blocks, re.MULTILINE)
    assert len(lines) >= 5
    for line in lines:
        assert make_parser().parse_args(shlex.split(line.split(" < ")[0])[1:]).run is not None, line
    mentions = re.findall(r"`(fieldkit [a-z][^`…]*)`", text)
    assert [one for one in mentions if _wrong(shlex.split(one)[1:])] == []


def _wrong(argv: list[str]) -> bool:
    """Whether it is no command; one may be mentioned without all it needs."""
    try:
        make_parser().parse_args(argv)
    except UsageError as error:
        return error.code != "cli.argument_needed"
    return False


def test_the_guide_tells_of_every_command() -> None:
    text = (ROOT / "docs" / "guide" / "cli.md").read_text("utf-8")
    assert [path for path in COMMANDS if len(path) == 1 and path[0] not in text] == []
    assert [path for path in COMMANDS if path[0] == "vault" and " ".join(path) not in text] == []


@pytest.mark.parametrize(
    ("argv", "problem", "words"),
    [
        (("vault",), "cli.command_needed", "Enter a command"),
        (("nonsense",), "cli.choice", "‘nonsense’ is not a choice for COMMAND"),
        (("note", "show"), "cli.argument_needed", "Enter NOTE."),
        (("vault", "info", "--no-such"), "cli.argument_unknown", "This is not known here: --no-such"),
        (("note", "list", "--limit", "many"), "cli.value", "‘many’ is not a value for --limit"),
        (("note", "list", "--limit"), "cli.value_needed", "Enter a value after --limit"),
        (("assessment", "add", "X", "--subject", "nhs"), "cli.choice", "Choose from ics, la"),
        (("vault", "inf"), "cli.choice", "‘inf’ is not a choice"),
    ],
)
def test_a_line_that_is_not_understood_is_said_in_our_words(
    shell: Shell, argv: tuple[str, ...], problem: str, words: str
) -> None:
    said = shell(*argv)
    assert said.code == 2
    assert said.err.startswith(words) or words in said.err.splitlines()[0]
    assert "usage: fieldkit" in said.err
    assert said.out == ""
    assert shell(*argv, "--json").problem == problem


def test_expected_errors_have_their_exit_codes() -> None:
    assert [faults.exit_code(kind("a.b")) for kind in (Mistake, Trouble, Refusal)] == [2, 3, 4]


def test_a_problem_for_a_program_is_one_json_value(shell: Shell) -> None:
    said = shell("vault", "info", "--json")
    assert set(said.json["problem"]) == {"code", "detail", "exit"}
    assert said.json["problem"]["exit"] == said.code == 2
    assert said.json["problem"]["detail"] + ".\n" == said.err


def test_a_fault_of_ours_is_a_sentence_and_a_report_without_what_was_typed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("the chair said something private")

    monkeypatch.setattr(keeping, "folder_of", broken)
    said = shell("vault", "create", "--name", "A", "--initials", "B")
    assert said.code == 70
    assert said.err.startswith("FieldKit met a fault of its own (ZeroDivisionError). What was saved stays saved.")
    assert "Traceback" not in said.err
    (report,) = (shell.home / "faults").iterdir()
    assert str(report) in said.err
    assert report.stat().st_mode & 0o777 == 0o600
    text = report.read_text("utf-8")
    assert "ui/cli/keeping.py" in text
    assert "private" not in text


def test_a_fault_whose_report_cannot_be_written_is_still_a_sentence(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "folder_of", lambda _: 1 // 0)
    shell.home.write_text("in the way", encoding="ascii")
    said = shell("vault", "create", "--name", "A", "--initials", "B", "--json")
    assert (said.code, said.problem) == (70, "cli.bug_unwritten")


def test_ctrl_c_says_that_what_was_saved_stays_saved(settled: Shell) -> None:
    class Interrupted(StringIO):
        def __iter__(self) -> Iterator[str]:  # type: ignore[override]
            yield "first"
            raise KeyboardInterrupt

    out, err = StringIO(), StringIO()
    around = {"FIELDKIT_HOME": str(settled.home), **settled.environ}
    code = main(["note", "add"], stdin=Interrupted(), out=out, err=err, environ=around, clock=settled.clock)
    assert (code, err.getvalue()) == (130, "\nStopped. What was saved stays saved.\n")
    assert [note["text"] for note in settled.json("note", "list")] == ["first"]


def test_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("FieldKit ")


def run(*argv: str, env: dict[str, str] | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command as its own process, as the installed entry point runs it."""
    import os

    code = "import sys; from ui.cli.main import entry_point; sys.exit(entry_point())"
    around = {"PYTHONPATH": str(ROOT), **os.environ, **(env or {})}
    return subprocess.run(
        [sys.executable, "-c", code, *argv], input=stdin, capture_output=True, env=around, timeout=120, check=False
    )


def test_help_loads_no_database_no_window_and_no_network() -> None:
    code = (
        "import sys; from ui.cli.main import main; main(['--help']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert said.stderr == "[]\n"


def test_a_vault_that_is_open_elsewhere_is_left_alone(settled: Shell) -> None:
    from contextlib import closing

    from storage.vault import open_vault

    with closing(open_vault(settled.home / "vault", settled.environ["FIELDKIT_PASSPHRASE"], settled.clock)):
        said = settled("note", "add", "never lost", "--json")
    assert (said.code, said.problem) == (3, "vault.in_use")
    assert settled.json("note", "list") == []


@pytest.mark.slow
def test_a_served_store_answers_and_ctrl_c_ends_it_in_order(shell: Shell, tmp_path: Path) -> None:
    import os
    import signal
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    shell.ok("central", "init", str(tmp_path / "office"), "--office", "Team", "--port", str(port))
    code = "import sys; from ui.cli.main import entry_point; sys.exit(entry_point())"
    with subprocess.Popen(
        [sys.executable, "-c", code, "central", "serve", str(tmp_path / "office")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT), **os.environ},
    ) as served:  # fmt: skip
        assert served.stdout is not None
        assert served.stdout.readline() == f"Serving on http://127.0.0.1:{port}. Ctrl+C ends it.\n"
        assert answers("127.0.0.1", port)
        served.send_signal(signal.SIGINT)
        out, err = served.communicate(timeout=30)
    assert (served.returncode, out, err) == (0, "Stopped. Everything received is stored.\n", "")


def answers(host: str, port: int) -> bool:
    """Whether something serves there within ten seconds."""
    import http.client
    import time

    for _ in range(200):
        line = http.client.HTTPConnection(host, port, timeout=5)
        try:
            line.request("GET", "/health")
            return line.getresponse().status == 200
        except OSError:
            time.sleep(0.05)
        finally:
            line.close()
    return False


def test_a_pipe_whose_reader_goes_away_ends_quietly() -> None:
    import os

    code = "import sys; from ui.cli.main import entry_point; sys.exit(entry_point())"
    around = {"PYTHONPATH": str(ROOT), **os.environ}
    reader, writer = os.pipe()
    os.close(reader)
    said = subprocess.run(
        [sys.executable, "-c", code, "pack", "show", "ics"], stdout=writer, stderr=subprocess.PIPE, env=around,
        timeout=60, check=False,
    )  # fmt: skip
    os.close(writer)
    assert (said.returncode, said.stderr) == (141, b"")


def test_output_is_utf8_whatever_the_terminal_says() -> None:
    said = run("pack", "list", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert said.returncode == 0
    said = run("nonsense", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert "‘nonsense’" in said.stderr.decode("utf-8")


@pytest.mark.slow
def test_a_whole_journey_in_processes_of_their_own(tmp_path: Path) -> None:
    """As a person would type it: real keys, real files; the passphrase is nowhere but where it was given."""
    secret = "orchid lamp tundra 81 sofa"
    env = {"FIELDKIT_HOME": str(tmp_path / "home"), "FIELDKIT_PASSPHRASE": secret}
    steps = (
        ("vault", "create", "--name", "A. Lead", "--initials", "AL", "--sheet", str(tmp_path / "sheet.pdf")),
        ("assessment", "add", "Northshire", "--subject", "ics"),
        ("visit", "add", "Visit 2"),
        ("activity", "add", "Board meeting"),
    )
    said = [run(*step, env=env) for step in steps]
    said.append(run("note", "add", "-", env=env, stdin="Łódź: waits fell #lc+\n".encode()))
    said.append(run("note", "list", "--json", env=env))
    assert [one.returncode for one in said] == [0] * 6, [one.stderr for one in said]
    assert [note["text"] for note in json.loads(said[-1].stdout)] == ["Łódź: waits fell"]
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")
    assert not any(secret.encode() in one.stdout + one.stderr for one in said)
    assert not any(secret.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.slow
def test_the_demo_shows_what_arrived_and_what_stayed(shell: Shell, tmp_path: Path) -> None:
    said = shell.ok("demo", "--folder", str(tmp_path / "northshire"))
    assert "Everything has reached the central store" in said.out
    again = shell.json("demo", "--folder", str(tmp_path / "northshire"))
    assert (again["notes_arrived"], again["everything_is_there"]) == ([], True)
    office = shell.ok("central", "show", str(tmp_path / "northshire" / "office"), "--assessment", "North")
    assert str(again["notes_at_office"]) in office.out.splitlines()[-1]
    shell.environ["FIELDKIT_PASSPHRASE"] = PRACTICE
    vault = str(tmp_path / "northshire" / "vault")
    stayed = shell.json("note", "list", "is:untagged", "--vault", vault, "--limit", "0")
    assert again["notes_stayed"]
    assert not any(note["text"] in office.out for note in stayed if note["id"] in again["notes_stayed"])


def test_the_demo_never_builds_over_other_files(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    said = shell("demo", "--folder", str(tmp_path / "mine"), "--json")
    assert (said.code, said.problem) == (2, "cli.folder_used")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_no_sentence_in_a_terminal_says_that_words_were_kept_which_nothing_keeps_there(code: str) -> None:
    said = faults.told_here(catalogue()[code])
    assert "on screen" not in said
    assert "kept as a draft" not in said
    assert "kept on this laptop and can" not in said
    assert "press Ctrl" not in said
    assert ". ." not in said


def test_what_is_refused_before_consent_is_not_said_to_be_kept(settled: Shell) -> None:
    settled.ok("activity", "add", "Interview: matron", "--kind", "interview")
    said = settled("interview", "answer", "Interview: matron", "-", "Nobody answers the bell")
    assert (said.code, said.err) == (2, "Record consent before the first answer. This was not saved.\n")


def test_a_file_that_cannot_be_written_is_not_taken_for_the_recovery_sheet(settled: Shell, tmp_path: Path) -> None:
    said = settled("guide", "export", "staff", str(tmp_path / "gone" / "staff.xlsx"))
    assert (said.code, said.err) == (3, "The file was not saved there. Choose another folder.\n")


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (("import", "json", "a" * 10_000), "cli.name_too_long"),
        (("framework", "metrics", "a" * 10_000), "cli.name_too_long"),
        # bytes of another encoding, as the system hands them on
        (("question", "reopen", "caf\udce9", "--why", "x"), "cli.not_utf8"),
    ],
)  # fmt: skip
def test_what_the_system_cannot_take_is_no_fault_of_ours(settled: Shell, argv: tuple[str, ...], problem: str) -> None:
    said = settled(*argv, "--json")
    assert (said.code, said.problem) == (2, problem)
    assert not (settled.home / "faults").exists()


@pytest.mark.parametrize(
    ("argv", "name"),
    [
        (("export", "json"), "pipe.json"), (("export", "refi"), "pipe.qdpx"), (("export", "codebook"), "pipe.qdc"),
        (("export", "tables"), "pipe.xlsx"),
    ],
)  # fmt: skip
def test_a_device_or_pipe_is_not_replaced_by_a_file(
    settled: Shell, tmp_path: Path, argv: tuple[str, ...], name: str
) -> None:
    """As root ``--out /dev/null`` took the device away from the whole computer."""
    pipe = tmp_path / name
    os.mkfifo(pipe)
    said = settled(*argv, "--out", str(pipe), "--json")
    assert (said.code, said.problem) == (2, "report.is_special")
    assert pipe.is_fifo()
    with pytest.raises(Mistake, match=r"report\.is_special"):
        write_private(pipe, b"a printed sheet")
    assert pipe.is_fifo()
