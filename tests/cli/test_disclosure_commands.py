"""Restricted disclosures by command: never without their own passphrase, never in what other commands say."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from fieldkit.app.boxes import RESTRICTED, keep_box, kept_box
from fieldkit.app.disclosure_files import read_sealed
from fieldkit.app.disclosures import Holder, Restricted, trust, unpack
from fieldkit.kernel.signing import new_box_keys
from storage.boxes import StoredBoxes
from storage.vault import open_vault
from tests.cli.conftest import PASSPHRASE, Said, Shell

BOX = "seven green bottles hang"
GIVEN = {
    "text": "The xylorimba ward hides falls", "identity": "protected", "who": "Zebedee Quillfeather",
    "contact": "07700 900123", "about": "Night manager", "organisation": "Thistlewick House",
}  # fmt: skip


@pytest.fixture
def boxed(settled: Shell) -> Shell:
    """A vault with a visit, where restricted disclosures were set up."""
    file = settled.home / "box.txt"
    file.write_text(f"{BOX}\n", encoding="utf-8")
    file.chmod(0o600)
    settled.ok("disclosure", "set-up", "--box-passphrase-file", str(file))
    return settled


def _box(shell: Shell) -> tuple[str, str]:
    return "--box-passphrase-file", str(shell.home / "box.txt")


def _at_fault(said: Said) -> str:
    assert said.code != 0, said
    return said.problem


def _added(shell: Shell) -> str:
    made = shell.json("disclosure", "add", "-", *_box(shell), stdin=json.dumps(GIVEN))
    return str(made["reference"])


def test_what_was_added_is_shown_whole_and_listed_by_its_reference_alone(boxed: Shell) -> None:
    reference = _added(boxed)
    shown = boxed.json("disclosure", "show", reference.lower(), *_box(boxed))
    assert {name: shown[name] for name in GIVEN} == GIVEN
    assert "Thistlewick House" in boxed.ok("disclosure", "show", reference, *_box(boxed)).out
    listed = boxed.ok("disclosure", "list", *_box(boxed)).out
    assert reference in listed
    assert not any(word in listed for word in ("xylorimba", "Zebedee", "Thistlewick"))


@pytest.mark.parametrize(
    "command", [("list",), ("show", "SU-AAAAAA"), ("add", "-"), ("hand-over", "SU-AAAAAA", "--to", "X", "--now")]
)
def test_nothing_is_said_without_the_passphrase_of_the_box(boxed: Shell, command: tuple[str, ...]) -> None:
    _added(boxed)
    assert _at_fault(boxed("disclosure", *command, "--json")) == "disclosure.passphrase_needed"
    wrong = boxed.home / "wrong.txt"
    wrong.write_text("not the one that is meant", encoding="utf-8")
    stdin = json.dumps(GIVEN)
    said = boxed("disclosure", *command, "--box-passphrase-file", str(wrong), "--json", stdin=stdin)
    assert _at_fault(said) == "box.passphrase_wrong"
    assert "SU-" not in said.out


def test_it_is_handed_over_as_a_file_to_a_trusted_holder_only(boxed: Shell) -> None:
    reference, (private, public) = _added(boxed), new_box_keys()
    out = boxed.home / "out.fksealed"
    command = ("disclosure", "hand-over", reference, "--to", "G. Guardian", "--out", str(out), *_box(boxed))
    assert _at_fault(boxed(*command, "--json")) == "disclosure.not_trusted"
    _trust(boxed, Holder(name="G. Guardian", public=public))
    boxed.ok(*command)
    assert unpack(read_sealed(out.read_bytes()).sealed, private).who == "Zebedee Quillfeather"
    assert b"Zebedee" not in out.read_bytes()
    assert _at_fault(boxed(*command, "--json")) == "disclosure.file_not_saved", "no file is ever overwritten"
    boxed.ok("disclosure", "hand-over", reference, "--to", "The regulator", "--noted", "by telephone", *_box(boxed))
    (row,) = boxed.json("disclosure", "list", *_box(boxed))
    assert row["handed_over_to"] == ["G. Guardian", "The regulator"]


@pytest.mark.parametrize(
    "given", ["", "[]", "{", '{"text": ""}', '{"text": "x"}', '{"text": "x", "identity": "known"}']
)
def test_what_does_not_read_is_refused_and_nothing_is_kept(boxed: Shell, given: str) -> None:
    said = boxed("disclosure", "add", "-", *_box(boxed), "--json", stdin=given)
    assert _at_fault(said).startswith("disclosure.")
    assert boxed.json("disclosure", "list", *_box(boxed)) == []


def _trust(shell: Shell, holder: Holder) -> None:
    with closing(open_vault(shell.home / "vault", PASSPHRASE, shell.clock)) as vault:
        kept = kept_box(vault.questions, RESTRICTED)
        assert kept is not None
        box = StoredBoxes().open(RESTRICTED, kept, BOX)
        sealed = box.sealed(trust(Restricted.from_content(box.content), holder).to_content())
        vault.perform(lambda uow: keep_box(uow, RESTRICTED, sealed))
