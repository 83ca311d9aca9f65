"""The commands of who runs the store: back up and go back, prove, hold, keep, erase, tell others."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Shell

NOTE = "0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e"


def test_a_store_is_backed_up_proved_and_put_back(shell: Shell, tmp_path: Path) -> None:
    office, kept, again = (str(tmp_path / name) for name in ("office", "kept", "again"))
    shell.ok("central", "init", office, "--office", "Northshire")
    shell.ok("central", "invite", office, "--name", "A. Lead")
    made = shell.json("central", "backup", office, kept)
    assert (made["office"], made["number"], made["database"]) == ("Northshire", 0, "central.db")
    assert "The backup is whole." in shell.ok("central", "check-backup", kept).out
    again_said = shell("central", "backup", office, kept, "--json")
    assert (again_said.code, again_said.problem) == (2, "central.backup_exists")
    assert "bring what it lacks" in shell.ok("central", "restore", again, "--from", kept).out
    told = shell.json("central", "report", again)
    assert (told["number"], told["wrong"], told["audit_number"]) == (0, [], 2)
    assert shell.ok("central", "migrate", again).out.startswith("The tables are those of this FieldKit")
    (Path(kept) / "central.db").write_bytes(b"not a database")
    damaged = shell("central", "check-backup", kept, "--json")
    assert (damaged.code, damaged.problem) == (3, "central.backup_damaged")


def test_the_audit_is_listed_proved_and_written_out_once(shell: Shell, tmp_path: Path) -> None:
    office, file = str(tmp_path / "office"), tmp_path / "audit.jsonl"
    shell.ok("central", "init", office, "--office", "Northshire")
    shell.ok("central", "invite", office, "--name", "A. Lead")
    assert [line["act"] for line in shell.json("central", "audit", "list", office)] == ["person.invited"]
    assert "A. Lead" not in shell.ok("central", "audit", "list", office).out
    assert shell.json("central", "audit", "verify", office)["wrong"] is None
    assert shell.json("central", "audit", "export", office, "--to", str(file))["lines"] == 2
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [sorted(json.loads(line))[:2] for line in lines[-1:]] == [["head", "signature"]]
    assert shell("central", "audit", "export", office, "--to", str(file)).code == 2


def test_what_the_law_asks_is_said_before_it_is_done(shell: Shell, tmp_path: Path) -> None:
    office = str(tmp_path / "office")
    shell.ok("central", "init", office, "--office", "Northshire")
    trial = shell.ok("central", "erase", office, NOTE, "--reason", "Request 12", "--by", "D. Po", "--dry-run")
    assert trial.out == "Would destroy 0 contents and 0 files (1 not here yet). Nothing was changed.\n"
    done = shell.json("central", "erase", office, NOTE, "--reason", "Request 12", "--by", "D. Po")
    assert (done["contents"], done["is_trial"]) == (0, False)
    assert shell("central", "erase", office, "note 7", "--reason", "x", "--by", "y").code == 2
    assert shell.ok("central", "hold", "list", office).out == "There is no legal hold.\n"
    assert shell("central", "hold", "lift", office, NOTE, "--reason", "x", "--by", "y").code == 2
    shell.ok("central", "retention", "set", office, "standard", "--months", "84", "--kind", "attachment=24")
    assert shell.json("central", "retention", "show", office)["classes"] == [
        {"name": "standard", "months": 84, "kinds": {"attachment": 24}}
    ]
    assert shell("central", "retention", "set", office, "odd", "--months", "0").code == 2
    purged = shell.ok("central", "retention", "purge", office, "--reason", "End", "--by", "R. Records")
    assert purged.out == "Would destroy 0 contents and 0 files (nothing). Nothing was changed.\n"


def test_a_webhook_is_added_tried_listed_and_removed(shell: Shell, tmp_path: Path) -> None:
    office = str(tmp_path / "office")
    shell.ok("central", "init", office, "--office", "Northshire")
    made = shell.json("central", "webhook", "add", office, "Duty desk", "http://127.0.0.1:9/urgent")
    assert len(made["secret"]) > 40
    tried = shell("central", "webhook", "test", office, "Duty desk")
    assert (tried.code, tried.out) == (1, "Duty desk was not reached (ConnectionRefusedError).\n")
    assert made["secret"] not in shell.ok("central", "webhook", "list", office).out
    assert shell("central", "webhook", "add", office, "Duty desk", "https://desk.example/").code == 2
    shell.ok("central", "webhook", "remove", office, "Duty desk")
    assert shell.ok("central", "webhook", "list", office).out == "There is no webhook.\n"


def test_the_orders_of_the_office_are_listed_on_the_laptop(settled: Shell) -> None:
    assert settled.ok("vault", "erasures").out == "The office has ordered nothing away.\n"
    assert settled.json("vault", "erasures", "--comply") == []
