"""The library finds packs by id, version and digest, and loads nothing it was not asked for."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from fieldkit.frameworks.library import INDEX, Library, built_in
from fieldkit.frameworks.reader import read_pack
from fieldkit.kernel.errors import Mistake, Trouble
from tests.packs.small_pack import write_pack


def copied(folder: Path) -> Path:
    """A library of its own with the small pack in it."""
    pack = write_pack(folder)
    root = folder / "library"
    shutil.copytree(pack, root / "small" / "1.0")
    framework = read_pack(pack)
    entry = {"id": "small", "version": "1.0", "title": framework.title, "subject": "local_authority"}
    (root / INDEX).write_text(json.dumps({"packs": [{**entry, "digest": framework.digest}]}), "utf-8")
    return root


def test_a_pack_is_loaded_once_and_pinned_by_its_digest() -> None:
    library = Library()
    ref = library.available()[0]
    framework = library.load(ref.id, ref.version, ref.digest)
    assert framework.digest == ref.digest
    assert library.load(ref.id, ref.version) is framework


def test_another_digest_under_the_same_version_is_told_apart() -> None:
    with pytest.raises(Trouble) as told:
        Library().load("ics", "2023.1", "0" * 64)
    assert told.value.code == "pack.digest_differs"
    assert told.value.details["wanted"] == "0" * 12


@pytest.mark.parametrize("name", ["nothing", "../ics", "", "ics/2023.1"])
def test_a_pack_that_is_not_here_is_told(name: str) -> None:
    with pytest.raises(Mistake) as told:
        Library().load(name, "2023.1")
    assert told.value.code == "pack.unknown"


def test_a_version_that_is_not_here_is_told() -> None:
    with pytest.raises(Mistake, match=r"pack\.unknown"):
        Library().load("ics", "../../local-authority/2023.1")


def test_files_that_changed_after_installing_are_not_read(tmp_path: Path) -> None:
    root = copied(tmp_path)
    words = root / "small" / "1.0" / "words.yaml"
    words.write_bytes(words.read_bytes().replace(b"note well", b"no beds!!"))
    with pytest.raises(Trouble) as told:
        Library(root).load("small", "1.0")
    assert told.value.code == "pack.damaged"


def test_a_pack_whose_folder_is_gone_is_told(tmp_path: Path) -> None:
    root = copied(tmp_path)
    shutil.rmtree(root / "small")
    with pytest.raises(Trouble, match=r"pack\.damaged"):
        Library(root).load("small", "1.0")


def test_a_wrong_pack_is_refused_even_when_the_index_knows_its_digest(tmp_path: Path) -> None:
    root = copied(tmp_path)
    words = root / "small" / "1.0" / "words.yaml"
    words.write_text("roles: [", "utf-8")
    from fieldkit.frameworks.files import digest_of, gather
    from fieldkit.frameworks.problems import Report

    index = json.loads((root / INDEX).read_text("utf-8"))
    index["packs"][0]["digest"] = digest_of(gather(words.parent, Report()) or {})
    (root / INDEX).write_text(json.dumps(index), "utf-8")
    with pytest.raises(Mistake) as told:
        Library(root).load("small", "1.0")
    assert (told.value.code, told.value.details["folder"]) == ("pack.wrong", "small/1.0")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"packs": [{"id": "x"}]}', '{"packs": 3}', '{"packs": [3]}', "\x00"])
def test_an_index_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / INDEX).write_text(text, "utf-8")
    with pytest.raises(Trouble, match=r"pack\.index_damaged"):
        Library(tmp_path).available()


def test_an_index_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"pack\.index_damaged"):
        Library(tmp_path).load("ics", "2023.1")


def test_the_latest_pack_for_a_kind_of_subject_is_found() -> None:
    library = Library()
    council = library.latest("local_authority")
    assert council is not None
    assert council.id == "local-authority"
    assert library.latest("prison") is None


def test_packs_are_read_from_inside_an_archive_as_well(tmp_path: Path) -> None:
    archive = tmp_path / "program.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(Path(str(built_in())).rglob("*")):
            if path.is_file():
                packed.write(path, f"frameworks/{path.relative_to(str(built_in())).as_posix()}")
    with zipfile.ZipFile(archive) as packed:
        library = Library(zipfile.Path(packed, "frameworks/"))
        assert library.load("ics", "2023.1") == Library().load("ics", "2023.1")


LIST_PACKS = """
import json, sys
from fieldkit.frameworks.library import Library
Library().available()
print(json.dumps([*sys.modules]))
"""


def test_listing_packs_reads_no_yaml() -> None:
    told = subprocess.run([sys.executable, "-c", LIST_PACKS], capture_output=True, text=True, check=True, timeout=60)
    modules = set(json.loads(told.stdout))
    assert "fieldkit.frameworks.library" in modules
    assert not modules & {"yaml", "fractions", "fieldkit.frameworks.reader", "fieldkit.domain.scoring"}
