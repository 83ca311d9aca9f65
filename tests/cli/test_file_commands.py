"""Attaching, listing, showing, saving and blacking out files from the command line."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from fieldkit.app.policies import ON, RECORD_AUDIO
from fieldkit.app.recording import about_recording, begin_tape
from fieldkit.app.tapes import Mark
from fieldkit.media import wav
from storage.vault import open_vault
from tests.cli.conftest import PASSPHRASE, Shell
from ui.places import Places


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"The waiting list grew again.\n" * 1000)
    return path


def _photo(path: Path, *, position: bool = True) -> Path:
    exif = Image.Exif()
    if position:
        exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 22.0, 41.0)})
    Image.new("RGB", (120, 80), (200, 220, 240)).save(path, "JPEG", exif=exif)
    return path


def _attach(shell: Shell, path: Path, *more: str) -> dict[str, object]:
    found: dict[str, object] = shell.json("attach", str(path), "--purpose", "Shows the waiting list", *more)
    return found


def test_a_day_to_come_is_no_day_it_was_taken_and_what_is_out_of_use_says_so_in_the_list(
    settled: Shell, letter: Path
) -> None:
    given = ("attach", str(letter), "--activity", "Board", "--purpose", "Shows the list")
    assert settled(*given, "--taken", "2999-12-31", "--json").problem == "attach.day_ahead"
    exhibit = str(_attach(settled, letter, "--activity", "Board", "--taken", "1899-12-31")["exhibit"])
    assert "Out of use" not in settled.ok("attachment", "list").out
    settled.ok("attachment", "withdraw", exhibit, "--reason", "Shows a patient")
    assert "Out of use. Waiting to send" in settled.ok("attachment", "list").out


def test_a_file_is_copied_in_numbered_and_comes_back_byte_for_byte(
    settled: Shell, letter: Path, tmp_path: Path
) -> None:
    facts = _attach(
        settled, letter, "--activity", "Board", "--from", "ch", "--where", "Ward 4", "--taken", "2026-11-03"
    )
    data = letter.read_bytes()
    letter.unlink()
    assert facts["sha256"] == hashlib.sha256(data).hexdigest()
    assert (facts["from_whom"], facts["place"], facts["taken_on"]) == ("ch", "Ward 4", "2026-11-03")
    assert (facts["is_here"], facts["is_confirmed"]) == (True, False)
    exhibit = str(facts["exhibit"])
    assert exhibit.startswith("AL")
    assert exhibit.endswith("-1")
    said = settled.ok("attachment", "save", exhibit, "--out", str(tmp_path / "out.txt"))
    assert (tmp_path / "out.txt").read_bytes() == data
    assert (tmp_path / "out.txt").stat().st_mode & 0o777 == 0o600
    assert "not encrypted" in said.err
    assert settled("attachment", "save", exhibit, "--out", str(tmp_path / "out.txt")).code == 2
    assert settled.ok("vault", "verify").code == 0
    assert "1 file" in settled.ok("vault", "info").out


def test_lists_and_pages_tell_where_a_file_is(settled: Shell, letter: Path) -> None:
    facts = _attach(settled, letter)
    listed = settled.ok("attachment", "list").out
    assert "letter.txt" in listed
    assert "Waiting to send" in listed
    assert "29.0 kB" in listed
    shown = settled.ok("attachment", "show", str(facts["exhibit"]).lower()).out
    assert str(facts["sha256"]) in shown
    assert settled.ok("attachment", "list", "--assessment", "Northshire", "--json").json[0]["id"] == facts["id"]


def test_the_same_file_is_recognised_under_any_name(settled: Shell, letter: Path, tmp_path: Path) -> None:
    first = _attach(settled, letter)
    copy = tmp_path / "other.txt"
    copy.write_bytes(letter.read_bytes())
    said = settled("attach", str(copy), "--purpose", "The same")
    assert said.code == 2
    assert f"Already attached as {first['exhibit']}" in said.err
    assert str(_attach(settled, copy, "--again")["exhibit"]).endswith("-2")


def test_a_photo_loses_its_position_and_the_record_says_so(settled: Shell, tmp_path: Path) -> None:
    photo = _photo(tmp_path / "ward.jpg")
    assert settled("attach", str(photo), "--purpose", "Lift", "--json").problem == "attach.people"
    facts = _attach(settled, photo, "--nobody")
    assert facts["dropped"] == ["location"]
    assert facts["original_sha256"] == hashlib.sha256(photo.read_bytes()).hexdigest()
    assert facts["sha256"] != facts["original_sha256"]
    settled.ok("attachment", "save", str(facts["exhibit"]), "--out", str(tmp_path / "kept.jpg"))
    with Image.open(tmp_path / "kept.jpg") as image:
        assert not image.getexif().get_ifd(0x8825)
    assert "Already attached" in settled("attach", str(photo), "--purpose", "Again", "--nobody").err
    kept = _attach(settled, photo, "--declaration", "Ann agreed", "--keep-location", "--again")
    assert (kept["dropped"], kept["people"], kept["declaration"]) == ([], "declared", "Ann agreed")


def test_a_redacted_copy_is_an_exhibit_of_its_own(settled: Shell, tmp_path: Path) -> None:
    facts = _attach(settled, _photo(tmp_path / "ward.jpg"), "--nobody")
    made = settled.json("attachment", "redact", str(facts["exhibit"]), "--box", "0,0,50,100")
    assert (made["derived_from"], made["boxes"], made["origin"]) == (facts["id"], 1, "redaction")
    assert made["name"] == "ward (redacted).jpg"
    settled.ok("attachment", "save", str(made["exhibit"]), "--out", str(tmp_path / "black.jpg"))
    with Image.open(tmp_path / "black.jpg") as image:
        assert max(image.crop((2, 2, 50, 78)).tobytes()) < 24
    assert settled.ok("attachment", "show", str(facts["exhibit"])).code == 0, "the original is kept"
    assert (
        settled("attachment", "redact", str(made["exhibit"]), "--box", "7:0,0,9,9", "--json").problem
        == "attach.no_such_page"
    )


def test_a_withdrawn_file_stays_and_may_be_attached_again(settled: Shell, letter: Path) -> None:
    facts = _attach(settled, letter)
    shown = settled.ok("attachment", "withdraw", str(facts["exhibit"]), "--reason", "Names a patient").out
    assert "Names a patient" in shown
    assert str(_attach(settled, letter)["exhibit"]).endswith("-2")


def _empty(folder: Path) -> Path:
    (folder / "empty.pdf").touch()
    return folder / "empty.pdf"


def _folder(folder: Path) -> Path:
    (folder / "papers").mkdir()
    return folder / "papers"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _missing(folder: Path) -> Path:
    return folder / "gone.pdf"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_empty, "attach.empty"), (_folder, "attach.folder"), (_pipe, "attach.not_a_file"),
        (_missing, "attach.not_found"),
    ],
)  # fmt: skip
def test_what_is_no_file_is_told_by_its_name(
    settled: Shell, tmp_path: Path, make: Callable[[Path], Path], code: str
) -> None:
    path = make(tmp_path)
    assert settled("attach", str(path), "--purpose", "x", "--json").problem == code
    assert path.name in settled("attach", str(path), "--purpose", "x").err
    assert settled.json("attachment", "list") == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--purpose", "  "), "attach.no_purpose"), (("--purpose", "x" * 2001), "attach.too_long"),
        (("--purpose", "x", "--taken", "3/11"), "attach.day"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_file_is_checked_before_it_is_copied(
    settled: Shell, letter: Path, more: tuple[str, ...], code: str
) -> None:
    assert settled("attach", str(letter), *more, "--json").problem == code
    assert not list((settled.home / "vault").glob("blobs/??/*"))


def test_a_damaged_picture_is_kept_as_it_came(settled: Shell, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(_photo(tmp_path / "ward.jpg").read_bytes()[:300])
    facts = _attach(settled, broken, "--nobody")
    said = settled("attachment", "redact", str(facts["exhibit"]), "--box", "0,0,50,50", "--json")
    assert said.problem == "attach.not_a_picture"
    assert io.BytesIO(broken.read_bytes()).read(3) == b"\xff\xd8\xff"


def test_a_recording_that_was_cut_off_is_saved_by_the_first_command_that_lists_files(
    settled: Shell, tmp_path: Path
) -> None:
    vault = open_vault(Places(home=settled.home).vault, PASSPHRASE, settled.clock)
    vault.perform(lambda uow: uow.set_setting(RECORD_AUDIO, ON))
    (visit,) = [row for one in vault.questions.assessments() for row in vault.questions.visits(one.assessment.id)]
    activity = vault.questions.activities(visit.id)[0].activity
    tape = begin_tape(vault.files.tapes, about_recording(vault.questions, activity.id, settled.clock.now()))
    sound = os.urandom(3 * wav.SECOND)
    tape.put(Mark.STRETCH, b'{"at": 0}')
    tape.put(Mark.SOUND, sound)
    tape.close()
    vault.close()
    said = settled.ok("attachment", "list")
    assert "was not saved yet is saved now as AL" in said.err
    (listed,) = settled.json("attachment", "list")
    assert listed["sound"]["cut_off"] is True
    assert "0:03, recorded from" in settled.ok("attachment", "show", listed["exhibit"]).out
    settled.ok("attachment", "save", listed["exhibit"], "--out", str(tmp_path / "out.wav"))
    assert (tmp_path / "out.wav").read_bytes() == wav.header(len(sound)) + sound
    assert settled.ok("vault", "verify").code == 0
