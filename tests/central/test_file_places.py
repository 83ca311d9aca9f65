"""One contract for every place of whole files: a folder on the disk, and a real S3 service."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from central import file_s3
from central.file_folder import FOLDER, FileFolder
from central.file_keeping import Moved
from central.file_place import FilePlace
from central.file_s3 import S3Place
from central.file_settings import FileSettings
from central.settings import SETTINGS_FILE, Settings
from fieldkit.kernel.errors import Mistake, Refusal, Trouble
from tests.support.s3 import KEY, S3, SECRET, Line, s3

__all__ = ["s3"]

SMALL = hashlib.shake_128(b"a letter").digest(40_000)
LARGE = hashlib.shake_128(b"a recording").digest(2 * file_s3.PIECE + 12_345)


@pytest.fixture(params=["folder", "s3", "folder before s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> FilePlace:
    """An empty one."""
    folder = FileFolder(tmp_path)
    if request.param == "folder":
        return folder
    found = S3Place(request.getfixturevalue("s3").settings())
    return found if request.param == "s3" else Moved(found, folder)


def _keep(place: FilePlace, folder: Path, data: bytes) -> str:
    source = folder / "coming"
    source.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    place.keep(sha256, source, len(data))
    source.unlink()
    return sha256


@pytest.mark.parametrize("data", [SMALL, LARGE, b"x"])
def test_what_is_kept_is_read_whole_and_in_parts_and_erased(place: FilePlace, tmp_path: Path, data: bytes) -> None:
    place.check()
    sha256 = hashlib.sha256(data).hexdigest()
    assert place.size(sha256) is None
    assert _keep(place, tmp_path, data) == sha256
    assert place.size(sha256) == len(data)
    assert b"".join(place.read(sha256, 0, len(data))) == data
    middle = len(data) // 2
    assert b"".join(place.read(sha256, middle, len(data) - middle)) == data[middle:]
    assert b"".join(place.read(sha256, middle, 0)) == b""
    assert list(place.listed()) == [(sha256, len(data))]
    place.erase(sha256)
    place.erase(sha256)
    assert place.size(sha256) is None
    assert list(place.listed()) == []
    with pytest.raises(Refusal, match=r"central\.file_to_follow"):
        next(place.read(sha256, 0, len(data)))


@pytest.mark.parametrize("data", [SMALL, LARGE])
def test_a_file_that_lies_there_is_never_written_again(place: FilePlace, tmp_path: Path, data: bytes) -> None:
    sha256 = _keep(place, tmp_path, data)
    (tmp_path / "other").write_bytes(bytes(len(data)))
    place.keep(sha256, tmp_path / "other", len(data))
    assert b"".join(place.read(sha256, 0, len(data))) == data


def test_many_put_the_same_file_there_at_once(place: FilePlace, tmp_path: Path) -> None:
    met: list[BaseException] = []

    def put(number: int) -> None:
        source = tmp_path / f"coming-{number}"
        source.write_bytes(SMALL)
        try:
            place.keep(hashlib.sha256(SMALL).hexdigest(), source, len(SMALL))
        except BaseException as error:
            met.append(error)

    threads = [threading.Thread(target=put, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met == []
    assert list(place.listed()) == [(hashlib.sha256(SMALL).hexdigest(), len(SMALL))]


def test_a_folder_keeps_files_where_second_names_are_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    place = FileFolder(tmp_path)
    sha256 = _keep(place, tmp_path, SMALL)
    assert (tmp_path / FOLDER / sha256[:2] / sha256[2:4] / sha256).read_bytes() == SMALL
    assert len(list(place.path(sha256).parent.iterdir())) == 1


def test_what_lies_in_the_folder_is_found_after_another_place_was_chosen(s3: S3, tmp_path: Path) -> None:
    folder, chosen = FileFolder(tmp_path), S3Place(s3.settings())
    before, after = _keep(folder, tmp_path, SMALL), _keep(chosen, tmp_path, b"later")
    both = Moved(chosen, folder)
    assert both.size(before) == len(SMALL)
    assert b"".join(both.read(before, 0, len(SMALL))) == SMALL
    assert dict(both.listed()) == {before: len(SMALL), after: 5}
    both.erase(before)
    assert folder.size(before) is None


def test_a_wrong_secret_opens_nothing_and_is_told_in_words(s3: S3, tmp_path: Path) -> None:
    place = S3Place(s3.settings(secret="not-the-secret"))
    for ask in (place.check, lambda: place.size("0" * 64), lambda: _keep(place, tmp_path, SMALL)):
        with pytest.raises(Trouble, match=r"central\.files_key") as met:
            ask()
        told = f"{met.value!r} {met.value.details} {met.value.__cause__!r}"
        assert "not-the-secret" not in told
        assert KEY not in told


@pytest.mark.parametrize("data", [SMALL, LARGE])
def test_bytes_that_were_changed_on_the_way_are_not_kept(s3: S3, tmp_path: Path, data: bytes) -> None:
    with Line(s3.port, change=data[20_000:20_032]) as line:
        settings = s3.settings(endpoint=line.url)
        with pytest.raises(Trouble, match=r"central\.files_(unavailable|key)"):
            _keep(S3Place(settings), tmp_path, data)
    straight = S3Place(FileSettings(place=settings.place, endpoint=s3.endpoint, key=KEY, secret=SECRET))
    assert straight.size(hashlib.sha256(data).hexdigest()) is None


def test_a_service_that_is_away_is_said_at_once_and_found_again(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_s3, "_DOWN_SECONDS", 0.0)
    with Line(s3.port) as line:
        place = S3Place(s3.settings(endpoint=line.url))
        sha256 = _keep(place, tmp_path, SMALL)
        line.cut()
        asks: list[Callable[[], object]] = [
            place.check, lambda: place.size(sha256), lambda: place.erase(sha256), lambda: list(place.listed()),
        ]  # fmt: skip
        for ask in asks:
            with pytest.raises(Trouble, match=r"central\.files_unavailable"):
                ask()
        line.mend()
        assert b"".join(place.read(sha256, 0, len(SMALL))) == SMALL


def test_an_address_a_place_and_a_bucket_that_cannot_be_are_told(s3: S3) -> None:
    with pytest.raises(Trouble, match=r"central\.files_bucket"):
        S3Place(FileSettings(place="s3://no-such-bucket", endpoint=s3.endpoint, key=KEY, secret=SECRET)).check()
    for place in ("s3://", "s3://UPPER/x", "https://bucket", "/srv/files", "s3://bucket/a b"):
        with pytest.raises(Mistake, match=r"central\.files_place"):
            FileSettings(place=place)
    for endpoint in ("http://store.example", "ftp://store", "https://me:word@store", "store"):
        with pytest.raises(Mistake, match=r"central\.files_endpoint"):
            FileSettings(place="s3://bucket", endpoint=endpoint)
    for place, parts in {"s3://box": ("box", ""), "s3://box/a/b/": ("box", "a/b"), "folder": ("", "")}.items():
        found = FileSettings(place=place)
        assert (found.bucket, found.prefix) == parts


def test_settings_hold_the_place_and_never_show_the_secret(tmp_path: Path) -> None:
    files = FileSettings(
        place="s3://box/fieldkit", endpoint="https://s3.example", region="eu-west-2", key="K", secret='a "s\\ecret'
    )
    Settings(folder=tmp_path, files=files).save()
    read = Settings.load(tmp_path)
    assert read.files == files
    assert "ecret" not in repr(read)
    named = read.files.with_environment({"FIELDKIT_FILES_KEY": "other", "FIELDKIT_FILES_SECRET": "word"})
    assert (named.key, named.secret, named.place) == ("other", "word", files.place)
    (tmp_path / SETTINGS_FILE).chmod(0o640)
    with pytest.raises(Trouble, match=r"central\.settings_open"):
        Settings.load(tmp_path)
