"""Files that are odd, broken or hostile: told by line, never run, never unfolded, never half read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fieldkit.frameworks.files import LARGEST_FILE, digest_of
from fieldkit.frameworks.problems import Report
from fieldkit.frameworks.reader import check, read_pack
from fieldkit.frameworks.sentences import SENTENCES
from fieldkit.frameworks.tree import DEEPEST, read_tree
from tests.packs.small_pack import FILES, told, write_pack

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"

ODD = [
    ("", "pack.yaml:1: The file is empty."),
    ("# only a remark\n", "pack.yaml:1: The file is empty."),
    ("---\n...\n", "pack.yaml:1: The file is empty."),
    ("- a\n- b\n", "pack.yaml:1: The file must be a list of keys with values, such as ‘title: Learning culture’."),
    ("just words\n", "pack.yaml:1: The file must be a list of keys with values, such as ‘title: Learning culture’."),
    (BOMB, f"pack.yaml:1: {SENTENCES['yaml.anchor']}"),
    ("id: small\nbase: *else\n", f"pack.yaml:2: {SENTENCES['yaml.anchor']}"),
    ("id: !!python/object/apply:os.system [ls]\n", f"pack.yaml:1: {SENTENCES['yaml.tag']}"),
    ("id: small\ntitle: !secret x\n", f"pack.yaml:2: {SENTENCES['yaml.tag']}"),
    ("id: small\n---\nid: other\n", "pack.yaml:2: The file holds more than one document. Remove the ‘---’ line."),
    ("id: small\nid: other\n", "pack.yaml:2: The key ‘id’ stands here twice (first on line 1)."),
    ("id: small\n? [a, b]\n: c\n", "pack.yaml:2: A key must be plain text."),
    ("id: " + "[" * DEEPEST + "]" * DEEPEST + "\n", "pack.yaml:1: Values are nested more than 10 levels deep."),
    ("id: [" + "a, " * 20_000 + "a]\n", "pack.yaml:1: The file holds more than 20000 values."),
]


@pytest.mark.parametrize(("text", "sentence"), ODD, ids=[text[:24] for text, _ in ODD])
def test_an_odd_file_is_told_by_line(tmp_path: Path, text: str, sentence: str) -> None:
    assert sentence in told(write_pack(tmp_path, ("pack.yaml", FILES["pack.yaml"], text)))


@pytest.mark.parametrize(
    ("text", "line"),
    [("id: small\n\ttitle: x\n", 2), ("id: small\ntitle: [a\nb: c\n", 3), ("id: 'small\n", 2), ("id: a: b\n", 1)],
)
def test_text_that_is_not_yaml_is_told_at_its_line(tmp_path: Path, text: str, line: int) -> None:
    problems = check(write_pack(tmp_path, ("pack.yaml", FILES["pack.yaml"], text)))
    assert [(one.file, one.line) for one in problems] == [("pack.yaml", line)]
    assert problems[0].sentence.startswith("This is not YAML: ")


def test_a_character_yaml_does_not_allow_is_told_at_its_line(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, ("pack.yaml", "A small framework", "A \x07 framework"))
    assert [(one.file, one.line, one.code) for one in check(pack)] == [("pack.yaml", 3, "yaml.syntax")]


def test_a_character_that_cannot_be_shown_is_told(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, ("pack.yaml", "A small framework", "A \u202e framework"))
    assert told(pack) == ["pack.yaml:3: ‘title’ holds a character that cannot be shown."]


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_text_that_is_not_utf_8_is_told(tmp_path: Path, encoding: str) -> None:
    pack = write_pack(tmp_path)
    (pack / "pack.yaml").write_bytes("id: small\ntitle: Café\n".encode(encoding))
    assert [one.code for one in check(pack)] == ["yaml.encoding"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    text = FILES["statements.yaml"].replace("\n", "\r\n")
    (pack / "statements.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert told(pack) == []


def test_words_that_yaml_would_turn_into_something_else_stay_words(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path, ("statements.yaml", "title: Good food", "title: no"), ("pack.yaml", "title: Small", "title: 1e3"),
    )  # fmt: skip
    framework = read_pack(pack)
    assert (framework.statements[1].title, framework.short_title) == ("no", "1e3")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    (pack / "words.yaml").unlink()
    assert told(pack) == ["words.yaml: The pack has no file of this name. Every pack needs one."]


def test_an_empty_folder_lacks_every_file(tmp_path: Path) -> None:
    assert sorted(one.file for one in check(tmp_path)) == sorted(FILES)


def test_a_file_too_many_is_told_but_hidden_ones_are_not_the_packs(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    digest = read_pack(pack).digest
    (pack / ".DS_Store").write_bytes(b"x")
    assert read_pack(pack).digest == digest
    (pack / "notes.txt").write_text("x", "utf-8")
    assert told(pack)[0].startswith("notes.txt: This file is not part of a pack.")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "nowhere") == ["nowhere: This folder cannot be read."]


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    (pack / "words.yaml").unlink()
    (pack / "words.yaml").mkdir()
    assert told(pack) == ["words.yaml: This file cannot be read."]


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("x", "utf-8")
    assert told(tmp_path / "pack") == ["pack: This folder cannot be read."]


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    with (pack / "words.yaml").open("wb") as file:
        os.truncate(file.fileno(), 10**12)
    assert told(pack) == [f"words.yaml: This file is larger than {LARGEST_FILE} bytes, the most a pack file may have."]


def test_deep_nesting_is_told_and_does_not_exhaust_the_stack() -> None:
    report = Report()
    assert read_tree("pack.yaml", b"a: " + b"[" * 100_000, report) is None
    assert report


def test_the_problems_of_a_hostile_file_are_few(tmp_path: Path) -> None:
    items = "\n".join(f"  - {{id: X{number}}}" for number in range(2_000))
    pack = write_pack(tmp_path, ("pack.yaml", FILES["pack.yaml"], f"remarks:\n{items}\n"))
    assert len(check(pack)) == Report.LONGEST


def test_the_digest_changes_with_any_byte_and_any_name() -> None:
    digest = digest_of({"a": b"xy", "b": b"z"})
    others = [{"a": b"x", "b": b"yz"}, {"a": b"xyz", "b": b""}, {"ab": b"xyz"}, {"a": b"xy"}, {"a": b"xY", "b": b"z"}]
    assert digest not in {digest_of(other) for other in others}
    assert digest == digest_of({"b": b"z", "a": b"xy"})
