"""Where a store's files lie, from its settings file and the environment: a folder, or any store of objects like S3."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fieldkit.kernel.errors import Mistake, Trouble

KEY_VARIABLE = "FIELDKIT_FILES_KEY"
SECRET_VARIABLE = "FIELDKIT_FILES_SECRET"
"""A key in the environment comes before one in the settings file."""

FOLDER_PLACE = "folder"
_S3 = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9!_.*'()/-]{1,200}))?/?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSettings:
    """``place`` is empty for the store's own folder, or ``s3://bucket/prefix``.

    ``endpoint`` is the address of the S3 service, empty for Amazon's own. Without ``key`` the machine's own standing
    is used (the standard AWS variables, a role of the machine).
    """

    place: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.place in {"", FOLDER_PLACE}:
            object.__setattr__(self, "place", "")
        elif _S3.fullmatch(self.place) is None:
            raise Mistake("central.files_place", field="files", place=self.place)
        if self.endpoint and not _is_protected(self.endpoint):
            raise Mistake("central.files_endpoint", field="endpoint", endpoint=self.endpoint)

    @property
    def bucket(self) -> str:
        """The bucket's name."""
        match = _S3.fullmatch(self.place)
        return match[1] if match else ""

    @property
    def prefix(self) -> str:
        """What stands before every name in the bucket; may be empty."""
        match = _S3.fullmatch(self.place)
        return (match[2] or "").strip("/") if match else ""

    def lines(self) -> list[str]:
        """As ``central.toml`` holds it; nothing where files lie in the folder."""
        if not self.place:
            return []
        values = {"files": self.place, "files_endpoint": self.endpoint, "files_region": self.region}
        if self.key:
            values |= {"files_key": self.key, "files_secret": self.secret}
        return [f"{name} = {_quoted(value)}" for name, value in values.items()]

    @classmethod
    def read(cls, raw: Mapping[str, Any], file: Path) -> FileSettings:
        """From the settings file that was read into ``raw``.

        Raises ``Trouble('central.settings_open')`` where the file holds a secret and others may read it, and
        ``Mistake`` as making one does.
        """
        if raw.get("files_secret") and os.name != "nt" and file.stat().st_mode & 0o077:
            raise Trouble("central.settings_open", file=str(file))
        fields = {"place": "files", "endpoint": "files_endpoint", "key": "files_key", "secret": "files_secret"}
        values = {name: str(raw.get(there, "")) for name, there in fields.items()}
        return cls(**values, region=str(raw.get("files_region", "us-east-1")))

    def with_environment(self, environ: Mapping[str, str]) -> FileSettings:
        """The same with the key that the environment names."""
        key, secret = environ.get(KEY_VARIABLE, ""), environ.get(SECRET_VARIABLE, "")
        return replace(self, key=key, secret=secret) if key and secret else self


def _is_protected(endpoint: str) -> bool:
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username or parts.query or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
