"""REFI-QDA: what is written is valid, holds together, and comes back the same; what others write is read."""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.exchange.refi.checking import check_project
from fieldkit.exchange.refi.codebook import named_apart, write_codebook
from fieldkit.exchange.refi.codebook_in import codebook_of
from fieldkit.exchange.refi.model import (
    Case,
    Code,
    CodeBook,
    Coding,
    Link,
    Project,
    Selection,
    Set,
    TextSource,
    User,
    Variable,
    VariableValue,
)
from fieldkit.exchange.refi.plain_text import holds_above, plain
from fieldkit.exchange.refi.project_in import read_project
from fieldkit.exchange.refi.project_out import write_project_file
from fieldkit.kernel.errors import Mistake
from tests.takeout.refi_checks import wrong_in_codebook, wrong_in_project

AT = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


def g(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


FIRST, SECOND = "waits “fell” 🙂 in Ły\u0301skow", "family 👩\u200d👩\u200d👧 <b> & ‘x’"
TEXT = f"09:00:00 {FIRST}\n09:01:00 {SECOND}\n"


def sample(text: str = TEXT, *ranges: tuple[int, int]) -> Project:
    ranges = ranges or tuple((TEXT.index(one), TEXT.index(one) + len(one)) for one in (FIRST, SECOND))
    selections = tuple(
        Selection(
            guid=g(f"s{n}"), name=f"piece {n}", start=start, end=end, user=g("al"), at=AT, description="a\nb",
            codings=(Coding(guid=g(f"c{n}"), code=g("lc"), user=g("al"), at=AT),),
        )
        for n, (start, end) in enumerate(ranges)
    )  # fmt: skip
    return Project(
        name="Northshire", origin="FieldKit 0", at=AT, user=g("al"), description="Practice",
        users=(User(guid=g("al"), name="A. Lead", id="AL"),),
        codes=(Code(guid=g("f"), name="Statements", codable=False, codes=(Code(guid=g("lc"), name="Q2 Learning"),)),),
        variables=(Variable(guid=g("v"), name="Place", kind="Text"), Variable(guid=g("d"), name="Day", kind="Date"),
                   Variable(guid=g("n"), name="Events", kind="Integer")),
        cases=(Case(guid=g("case"), name="Case C01", sources=(g("t"),), selections=(g("s0"),),
                    values=(VariableValue(variable=g("n"), value=3),)),),
        sources=(TextSource(
            guid=g("t"), name="Board", text=text, user=g("al"), at=AT, selections=selections,
            values=(VariableValue(variable=g("v"), value="Moor & Vale"),
                    VariableValue(variable=g("d"), value=date(2026, 11, 12))),
        ),),
        notes=(TextSource(guid=g("note"), name="Judgement", text="Provisional.\n", user=g("al"), at=AT),),
        links=(Link(guid=g("l"), name="supports", origin=g("note"), target=g("s0")),),
        sets=(Set(guid=g("set"), name="12 November", sources=(g("t"),)), Set(guid=g("set2"), name="Empty")),
    )  # fmt: skip


def pieces(project: Project) -> list[str]:
    (text,) = project.texts
    return [text.text[one.start : one.end] for one in text.selections]


def test_a_project_with_emoji_and_combining_letters_is_valid_and_comes_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.qdpx"
    write_project_file(sample(), path)
    assert wrong_in_project(path) == []
    assert check_project(path) == []
    read, losses = read_project(path)
    assert losses.found == []
    assert pieces(read) == pieces(sample()) == [FIRST, SECOND]
    told = {**{key: getattr(read, key) for key in ("name", "users", "codes", "notes", "links", "sets", "description")}}
    assert told == {key: getattr(sample(), key) for key in told}
    assert read.cases[0].selections == (g("s0"),)
    with zipfile.ZipFile(path) as package:
        assert package.namelist() == [f"sources/{g('t')}.txt", f"sources/{g('note')}.txt", "project.qde"]
        assert package.read(f"sources/{g('t')}.txt").decode("utf-8") == TEXT


@settings(max_examples=60, deadline=None)
@given(
    said=st.lists(
        st.text(st.sampled_from("ab \n\r\u0301é🙂𝔘\x07\u2028\ufeff<&>\"'"), min_size=1, max_size=8), min_size=1
    ),
    exact=st.booleans(),
)
def test_whatever_is_said_its_selection_holds_it_after_the_round_trip(
    said: list[str], exact: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text, ranges = "", []
    for one in said:
        words = plain(one, exact=exact)
        text += "09:00:00 "
        ranges.append((len(text), len(text) + len(words)))
        text += words + "\n"
    path = tmp_path_factory.getbasetemp() / "h.qdpx"
    write_project_file(sample(text, *ranges), path)
    assert check_project(path) == wrong_in_project(path) == []
    assert pieces(read_project(path)[0]) == [plain(one, exact=exact) for one in said]
    utf16 = text.encode("utf-16-le")
    if not exact:  # both ways of counting agree
        assert [utf16[2 * a : 2 * b].decode("utf-16-le") for a, b in ranges] == [plain(one) for one in said]
        assert not holds_above(text)


def test_emoji_are_named_unless_exact_is_asked_for() -> None:
    assert plain("fell 🙂\r\nthen\r") == "fell [slightly smiling face]\nthen\n"
    assert plain("fell 🙂", exact=True) == "fell 🙂"


def _edit(path: Path, change: Any) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def _replace(old: str, new: str) -> Any:
    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts["project.qde"]
        parts["project.qde"] = parts["project.qde"].replace(old.encode(), new.encode())

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_replace(f'<CodeRef targetGUID="{g("lc")}"', f'<CodeRef targetGUID="{g("no")}"'), "leads nowhere"),
        (_replace(f'endPosition="{9 + len(FIRST)}"', 'endPosition="3200"'), "is not within"),
        (_replace('startPosition="9"', 'startPosition="900"'), "is not within"),
        (_replace(f'originGUID="{g("note")}"', f'originGUID="{g("no")}"'), "its originGUID leads nowhere"),
        (_replace(f'<Coding guid="{g("c0")}"', f'<Coding guid="{g("c1")}"'), "is used twice"),
        (_replace('name="Q2 Learning"', 'name="Statements"'), "2 codes have this name"),
        (_replace(f"internal://{g('t')}.txt", "internal://sub/x.txt"), "is not in the package"),
        (lambda parts: parts.update({"sources/stray.txt": b""}), "is named by nothing"),
        (lambda parts: parts.update({f"sources/{g('t')}.txt": b"a\r\n" * 99}), "carriage returns"),
        (lambda parts: parts.update({f"sources/{g('t')}.txt": b"\xff" * 99}), "is not UTF-8"),
        (lambda parts: parts.pop("project.qde"), "no single project.qde"),
    ],
)  # fmt: skip
def test_the_checker_finds_what_the_schema_does_not(tmp_path: Path, change: Any, said: str) -> None:
    path = tmp_path / "x.qdpx"
    write_project_file(sample(), path)
    _edit(path, change)
    assert any(said in one for one in check_project(path))


def test_a_project_as_others_write_them_is_read(tmp_path: Path) -> None:
    """Braces and capitals in GUIDs, a capital folder, a byte order mark, carriage returns, an old namespace."""
    guid = g("t").upper()
    crlf = "one\r\ntwo 🙂\r\nthree"
    document = f"""<Project xmlns="urn:QDA-XML:project:0:4" name="theirs" origin="Other">
      <CodeBook><Codes><Code guid="{{{g("lc").upper()}}}" name="Cod&#233;" isCodable="TRUE"/></Codes></CodeBook>
      <Sources>
        <TextSource guid="{{{guid}}}" name="a" plainTextPath="internal://{guid}.TXT">
          <PlainTextSelection guid="{g("s")}" name="two" startPosition="5" endPosition="10">
            <Coding guid="{g("c")}"><CodeRef targetGUID="{g("lc")}"/></Coding></PlainTextSelection>
          <PlainTextSelection guid="{g("s2")}" name="beyond" startPosition="5" endPosition="1000"/></TextSource>
        <TextSource guid="{g("e")}" name="embedded"><PlainTextContent>held</PlainTextContent></TextSource>
        <PictureSource guid="{g("p")}" name="photo" path="internal://p.png"/>
        <TextSource guid="{g("m")}" name="gone" plainTextPath="internal://gone.txt"/>
      </Sources><Sets/></Project>"""
    path = tmp_path / "theirs.qdpx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("project.qde", "\ufeff".encode() + document.encode())
        package.writestr(f"Sources/{guid}.txt", "\ufeff".encode() + crlf.encode())
    read, losses = read_project(path)
    texts = read.texts
    assert [one.text for one in texts] == ["one\ntwo 🙂\nthree", "held"]
    (selection,) = texts[0].selections
    assert texts[0].text[selection.start : selection.end] == "two 🙂"
    assert selection.codings[0].code == read.codes[0].guid
    assert sorted(one.code for one in losses.found) == [
        "carriage_returns",
        "media",
        "namespace",
        "position",
        "text_missing",
    ]


def test_a_codebook_is_valid_in_the_right_namespace_and_comes_back_the_same() -> None:
    codes = (Code(guid=g("f"), name="Q & A", codable=False, color="#123456", description="x < y",
                  codes=(Code(guid=g("a"), name="Q1 Ä 🙂"), Code(guid=g("b"), name="Q2"))),)  # fmt: skip
    for sets in ((), (Set(guid=g("set"), name="Theme", codes=(g("a"),)),)):
        data = write_codebook(CodeBook(origin="FieldKit 0", codes=codes, sets=sets))
        assert wrong_in_codebook(data) == []
        read, losses = codebook_of(data, "x.qdc")
        assert (read.codes, read.sets, losses.found) == (codes, sets, [])
        assert b'xmlns="urn:QDA-XML:codebook:1.0"' in data
        assert not data.startswith(b"\xef\xbb\xbf")


def test_names_are_told_apart_over_the_whole_tree() -> None:
    tree = (Code(guid=g("1"), name="A", codes=(Code(guid=g("2"), name="a"),)), Code(guid=g("3"), name="A"))
    found = named_apart(tree)
    assert [found[0].name, found[0].codes[0].name, found[1].name] == ["A", "a (2)", "A (3)"]


BOMB = b'<!DOCTYPE a [<!ENTITY b "c">]><CodeBook>&b;</CodeBook>'


@pytest.mark.parametrize(
    "data", [b"", b"<a", b"<a/>", b"<CodeBook/>", BOMB, b"<CodeBook><Codes/></CodeBook>", b"\xff\xfe<"]
)
def test_what_is_no_codebook_is_refused(data: bytes) -> None:
    with pytest.raises(Mistake) as error:
        codebook_of(data, "x.qdc")
    assert error.value.code in {"refi.not_xml", "refi.not_codebook"}


def test_a_package_that_unpacks_too_large_or_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.qdpx"
    path.write_bytes(b"PK no zip")
    with pytest.raises(Mistake, match=r"refi\.not_package"):
        read_project(path)
    with pytest.raises(Mistake, match=r"refi\.no_file"):
        read_project(tmp_path / "none.qdpx")
    monkeypatch.setattr("fieldkit.exchange.refi.package.LARGEST_TEXT", 1000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("project.qde", b" " * 10_000)
    path.write_bytes(packed.getvalue())
    with pytest.raises(Mistake, match=r"refi\.too_large"):
        read_project(path)
