"""Standard clients of tus hand files in at our store: unchanged programs, killed and resumed, over restarts of it."""

from __future__ import annotations

import hashlib
import io
import json
from contextlib import closing
from pathlib import Path
from typing import IO, Any

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.storage.filestorage import FileStorage

from central import readers
from sync.wire import files as tus
from tests.central.kit import Laptop, Office
from tests.interop.conftest import DATA
from tests.interop.kit import JsClient, at_the_office, attached

PART = 400_000


def _key(office: Office, *, files: bool = True) -> str:
    return readers.make_key(office.settings, "Ada Lead", files=files)


def _uploader(office: Office, key: str, revision: str, file: IO[bytes], **more: object) -> Any:
    client: Any = TusClient(f"{office.running.url}/v1/files", headers={"Authorization": f"Bearer {key}"})
    told = {"file_stream": file, "chunk_size": PART, "metadata": {"revision": revision}, **more}
    return client.uploader(**told, retries=5, retry_delay=1)


def _receipt(office: Office, key: str, url: str) -> str:
    headers = {**tus.TUS, "Authorization": f"Bearer {key}"}
    reply = office.send("HEAD", url.removeprefix(office.running.url), headers=headers)
    return {name.lower(): value for name, value in reply.headers.items()}.get(tus.RECEIPT.lower(), "")


class _Talk(io.BytesIO):
    """The file, open: tuspy closes the one it is given after a first look, and none of those it opens itself."""

    def __exit__(self, *_: object) -> None:
        self.seek(0)


def _memory(folder: Path) -> Any:
    kind: Any = FileStorage
    return kind(str(folder / "memory.json"))


def test_tuspy_brings_a_file_with_its_own_checksums(office: Office, ada: Laptop) -> None:
    key, revision = _key(office), attached(ada, DATA)
    uploader = _uploader(office, key, revision.envelope.id, _Talk(DATA), upload_checksum=True)
    uploader.upload()
    assert at_the_office(office, DATA) == DATA
    assert _receipt(office, key, uploader.url)


def test_tuspy_goes_on_after_it_was_ended_and_the_store_was_killed(office: Office, ada: Laptop, tmp_path: Path) -> None:
    key, revision = _key(office), attached(ada, DATA)

    def client(memory: object) -> Any:
        told = {"store_url": True, "url_storage": memory}
        return _uploader(office, key, revision.envelope.id, _Talk(DATA), **told)

    with closing(_memory(tmp_path)) as memory:
        begun = client(memory)
        begun.upload_chunk()
        begun.upload_chunk()
    office.running.stop()
    office.running.start()  # type: ignore[attr-defined]
    with closing(_memory(tmp_path)) as memory:
        again = client(memory)
    assert (again.url, again.offset) == (begun.url, 2 * PART)
    again.upload()
    assert at_the_office(office, DATA) == DATA
    assert _receipt(office, key, again.url)


@pytest.mark.parametrize("way", ["key", "signature"])
def test_tus_js_client_goes_on_after_it_was_killed(office: Office, ada: Laptop, talk: Path, way: str) -> None:
    revision = attached(ada, DATA)
    who = {"key": _key(office)} if way == "key" else {"device": ada.device, "seed": ada.key.seed().hex()}
    with JsClient(office, revision, talk, **who, after=2, then="die") as killed:
        assert killed.ended()[0] == 9
    memory = json.loads(talk.with_suffix(".json").read_text())
    (url,) = {one["uploadUrl"] for one in memory.values()}
    with JsClient(office, revision, talk, **who, override=way == "signature") as again:
        assert again.hears() == url
        assert again.ended() == (0, "")
    assert at_the_office(office, DATA) == DATA


def test_tus_js_client_goes_on_while_the_store_is_killed_and_started_again(
    office: Office, ada: Laptop, talk: Path
) -> None:
    key, revision = _key(office), attached(ada, DATA)
    with JsClient(office, revision, talk, key=key, after=3, then="wait") as client:
        assert client.hears() == "waiting"
        office.running.stop()
        client.say("go on")
        office.running.start()  # type: ignore[attr-defined]
        url = client.hears()
        assert client.ended() == (0, "")
    assert at_the_office(office, DATA) == DATA
    assert _receipt(office, key, url)


def test_other_keys_and_other_people_hand_nothing_in(office: Office, ada: Laptop) -> None:
    revision = attached(ada, DATA).envelope.id
    eve = office.laptop("Eve Other")
    foreign = readers.make_key(office.settings, "Eve Other", files=True)
    reading = _key(office, files=False)
    for key, status in {
        reading: 401, f"{readers.CARRIES}{reading}": 401, office.made.token: 401, "": 401, foreign: 404,
    }.items():  # fmt: skip
        with pytest.raises(TusCommunicationError) as refused:
            _uploader(office, key, revision, _Talk(DATA)).upload()
        assert refused.value.status_code == status
    key = _key(office)
    uploader = _uploader(office, key, revision, _Talk(DATA))
    uploader.upload_chunk()
    place = uploader.url.removeprefix(office.running.url)
    for method in ("HEAD", "DELETE"):
        reply = office.send(method, place, headers={**tus.TUS, "Authorization": f"Bearer {foreign}"})
        assert reply.status == 404
    assert eve.ask("HEAD", place).status in {404, 412}
    assert readers.end_key(office.settings, "Ada Lead")
    with pytest.raises(TusCommunicationError):
        uploader.get_offset()


def test_another_file_than_the_records_is_thrown_away(office: Office, ada: Laptop, talk: Path) -> None:
    key, revision = _key(office), attached(ada, DATA)
    talk.write_bytes(bytes(len(DATA)))
    with JsClient(office, revision, talk, key=key) as client:
        assert client.ended()[0] == 1
    with pytest.raises(FileNotFoundError):
        at_the_office(office, DATA)
    assert hashlib.sha256(talk.read_bytes()).hexdigest() != hashlib.sha256(DATA).hexdigest()
