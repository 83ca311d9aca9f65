"""``--store``: what the office's central store holds, read by the same commands as a vault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

OPENS = {"FIELDKIT_PASSPHRASE": "practice makes nothing secret"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample visit after its laptop handed in: ``vault`` and ``office`` hold the same tagged notes."""
    from fieldkit.kernel.clock import SystemClock
    from tests.support.vaults import quick_keys
    from ui.practice.world import build, open_lead, send, start_office

    folder = tmp_path_factory.mktemp("demo")
    with quick_keys():
        world = build(folder)
        running = start_office(world)
        try:
            vault = open_lead(world, running.url, SystemClock())
            send(vault)
            vault.close()
        finally:
            running.stop()
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ("coverage", "--json"), ("score", "list", "--json"), ("finding", "list", "--json"),
        ("section", "list", "--json"), ("score", "history", "overall", "--json"), ("case", "list", "--json"),
    ],
)  # fmt: skip
def test_a_command_that_reads_says_the_same_of_the_store(shell: Shell, demo: Path, command: tuple[str, ...]) -> None:
    ours = shell(*command, "--vault", str(demo / "vault"), env=OPENS)
    theirs = shell(*command, "--store", str(demo / "office"))
    assert (theirs.code, theirs.err) == (0, "")
    assert json.loads(theirs.out) == json.loads(ours.out)


def test_a_report_of_the_store_is_saved_and_its_export_proves_itself(shell: Shell, demo: Path, tmp_path: Path) -> None:
    store, pdf, exported = str(demo / "office"), tmp_path / "pack.pdf", tmp_path / "all.json"
    shell.ok("report", "make", "evidence-pack", "--statement", "lc", "--store", store, "--out", str(pdf))
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "Learning culture" in pdf.with_suffix(".html").read_text(encoding="utf-8")
    shell.ok("export", "json", "--store", store, "--out", str(exported))
    told = json.loads(exported.read_text(encoding="utf-8"))
    assert sum("text" in one for one in told["notes"]) > 100
    mine, sheet = str(tmp_path / "vault"), str(tmp_path / "sheet.txt")
    shell.ok("vault", "create", "--name", "B. Analyst", "--initials", "BA", "--sheet", sheet, "--vault", mine)
    shell.ok("import", "json", str(exported), "--vault", mine)
    audit = shell.json("central", "audit", "list", store)
    assert [line["details"]["what"] for line in audit if line["act"] == "evidence.read_out"][-2:] == [
        "report make evidence-pack", "export json",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("coverage", "--store", "{office}", "--vault", "{office}"), "cli.not_together"),
        (("coverage", "--store", "{nothing}"), "central.no_store"),
        (("coverage", "Elsewhere", "--store", "{office}"), "cli.not_found"),
        (("coverage", "--store", "{office}", "--as", "Nobody"), "central.person_unknown"),
        (("note", "add", "x", "--store", "{office}"), "cli.argument_unknown"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(shell: Shell, demo: Path, tmp_path: Path, given: tuple[str, ...], code: str) -> None:
    argv = [one.format(office=demo / "office", nothing=tmp_path / "none") for one in given]
    said = shell(*argv, "--json")
    assert said.code != 0
    assert said.problem == code
    assert "Traceback" not in said.err
