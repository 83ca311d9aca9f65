"""A codebook of others becomes a sound draft pack, whatever is in it, and every loss is said."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.app.takeout.codebook_pack import DraftPack, draft_pack, pack_of
from fieldkit.app.takeout.refi_codes import codebook
from fieldkit.domain.framework import Framework, Status
from fieldkit.exchange.refi.codebook import write_codebook
from fieldkit.exchange.refi.model import Code, CodeBook, Losses
from fieldkit.frameworks.library import Library
from fieldkit.frameworks.reader import check, read_pack
from fieldkit.kernel.errors import Mistake

TODAY = date(2026, 11, 12)
SUBJECT = "integrated_care_system"


def written(pack: DraftPack, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in pack.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_our_own_codebook_comes_back_as_a_draft_with_the_same_statements_and_categories(tmp_path: Path) -> None:
    ours: Framework = Library().load("ics", "2023.1")
    path = tmp_path / "ours.qdc"
    path.write_bytes(write_codebook(codebook([ours], "FieldKit")))
    made = draft_pack(path, SUBJECT, TODAY)
    assert check(written(made, tmp_path / "pack")) == []
    read = read_pack(tmp_path / "pack")
    assert read.status is Status.DRAFT
    assert [one.title for one in read.statements] == [one.title for one in ours.statements]
    assert [one.title for one in read.themes] == [one.title for one in ours.themes]
    assert [one.title for one in read.categories] == [one.title for one in ours.categories]
    assert [(one.title, [tag.title for tag in one.tags]) for one in read.tag_sets] == [
        (one.title, [tag.title for tag in one.tags]) for one in ours.tag_sets
    ]
    assert {one.code for one in made.losses} == {"folder_opened", "folder", "colours"}


def test_nested_codes_become_statements_and_what_is_lost_is_said() -> None:
    def code(name: str, *below: Code, codable: bool = True) -> Code:
        return Code(guid=str(uuid.uuid4()), name=name, codable=codable, codes=below)

    book = CodeBook(
        origin="Other", codes=(code("Access", code("Waits", code("Long waits")), code("waits")), code("Loose"),
                               code("Empty", codable=False)),
    )  # fmt: skip
    made = pack_of(book, "their codes", SUBJECT, TODAY, Losses())
    assert (made.themes, made.statements) == (2, 5)
    said = {one.code: one.what for one in made.losses}
    assert said["folder_empty"] == "Empty"
    assert said["renamed"] == "waits: waits (2)"
    assert said["nesting"] == "Long waits"


def test_a_codebook_without_a_code_to_work_with_is_refused() -> None:
    folder = Code(guid=str(uuid.uuid4()), name="F", codable=False)
    with pytest.raises(Mistake, match=r"refi\.no_statements"):
        pack_of(CodeBook(origin="", codes=(folder,)), "x", SUBJECT, TODAY, Losses())


codes = st.recursive(
    st.builds(
        lambda name, codable, text: Code(guid=str(uuid.uuid4()), name=name, codable=codable, description=text),
        st.text(st.sampled_from("aB1 é🙂:\"'\\#-{}[]%&*!|>no\t"), min_size=1, max_size=8).filter(str.strip),
        st.booleans(), st.text(st.sampled_from("ab \n\":#"), max_size=8),
    ),
    lambda below: st.builds(
        lambda name, codable, each: Code(guid=str(uuid.uuid4()), name=name, codable=codable, codes=tuple(each)),
        st.sampled_from(["Evidence categories", "A", "Theme", "yes", "1"]), st.booleans(), st.lists(below, max_size=4),
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(tree=st.lists(codes, min_size=1, max_size=4))
def test_whatever_codes_there_are_the_draft_is_sound(
    tree: list[Code], tmp_path_factory: pytest.TempPathFactory
) -> None:
    good = Code(guid=str(uuid.uuid4()), name="One that is sound")
    made = pack_of(CodeBook(origin="x", codes=(*tree, good)), "book", SUBJECT, TODAY, Losses())
    assert check(written(made, tmp_path_factory.getbasetemp() / "pack")) == []
