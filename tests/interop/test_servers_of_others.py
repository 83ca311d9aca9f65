"""Our client's transport hands files in at the server of the people who wrote tus."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldkit.kernel.errors import Refusal, Trouble
from sync.http import CentralStore
from sync.tus import Tus, go_on
from sync.wire import files as tus
from tests.interop.conftest import DATA
from tests.interop.kit import PARTNERS, Process, free_port, node

PART = 300_000


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Process]:
    """@tus/server with @tus/file-store, in a process of its own."""
    (tmp_path / "files").mkdir()
    port = free_port()
    process = Process(node("tus_server.mjs", str(port), str(tmp_path / "files")), port, PARTNERS)
    process.start()
    try:
        yield process
    finally:
        process.kill()


@pytest.fixture
def there(theirs: Process) -> Iterator[Tus]:
    """Our transport, which signs nothing there."""
    far = CentralStore(theirs.url)
    yield Tus(far=far, identity=None, path="/files")
    far.close()


def _stop_at(most: int) -> Callable[[int], int]:
    def part_size(offset: int) -> int:
        if offset >= most:
            raise Trouble("send.stopped")
        return PART

    return part_size


def _arrived(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in (folder / "files").iterdir() if path.suffix != ".json"]


def test_a_file_arrives_whole(there: Tus, tmp_path: Path) -> None:
    begun = there.begin(len(DATA), tus.revision_metadata("r-1"))
    last = go_on(there, begun, io.BytesIO(DATA), len(DATA), lambda offset: PART)
    assert last[tus.OFFSET.lower()] == str(len(DATA))
    assert _arrived(tmp_path) == [DATA]


def test_it_goes_on_where_it_stood_after_both_sides_were_killed(there: Tus, theirs: Process, tmp_path: Path) -> None:
    place, reply = there.begin(len(DATA), tus.revision_metadata("r-1"))
    with pytest.raises(Trouble, match=r"send\.stopped"):
        go_on(there, (place, reply), io.BytesIO(DATA), len(DATA), _stop_at(3 * PART))
    theirs.kill()
    with pytest.raises(Trouble, match=r"send\.(not_connected|cut_off)"):
        there.stands(place)
    theirs.start()
    again = Tus(far=CentralStore(theirs.url), identity=None, path="/files")
    stands = again.stands(place)
    assert stands[tus.OFFSET.lower()] == str(3 * PART)
    asked: list[int] = []

    def part_size(offset: int) -> int:
        asked.append(offset)
        return PART

    go_on(again, (place, stands), io.BytesIO(DATA), len(DATA), part_size)
    again.far.close()
    assert asked[0] == 3 * PART, "no byte that had arrived was sent again"
    assert _arrived(tmp_path) == [DATA]


def test_what_it_refuses_is_understood(there: Tus) -> None:
    place, _ = there.begin(1000, tus.revision_metadata("r-1"))
    with pytest.raises(Refusal, match=r"central\.file_offset"):
        there.add(place, 500, b"beyond")
    with pytest.raises(Refusal, match=r"central\.not_found"):
        there.stands("/files/nobody-sent-this")
    assert there.stands(place)[tus.OFFSET.lower()] == "0"


@pytest.mark.parametrize(
    "location",
    ["http://elsewhere.example/files/a", "//elsewhere.example/files/a", "/other/a", "/files/../a", "/files/", ""],
)
def test_a_reply_sends_no_file_to_another_place(there: Tus, location: str) -> None:
    assert there.place_of(location) is None
