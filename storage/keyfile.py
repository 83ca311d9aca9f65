"""``vault.key``: a JSON file of under a kilobyte that holds the master key, sealed once per way of getting in.

The master key itself never changes, so changing the passphrase rewrites this file and no data. A *slot* seals the
master key for one way in: ``passphrase``, ``recovery`` (the recovery key) or ``office`` (a public key given at
enrolment). ``vault.key.1`` beside it is a second copy; while a new generation is being put in place it is the one
before, and no longer than that, or an old passphrase would go on opening the vault.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from storage.files import write_whole

NAME = "vault.key"
PREVIOUS = "vault.key.1"
VERSION = 1
_LARGEST = 4096
_CHECK_DIGITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """How hard guessing a passphrase is made: Argon2id passes, KiB of memory, lanes (RFC 9106)."""

    t: int
    m_kib: int
    p: int


FLOOR = Cost(t=3, m_kib=64 * 1024, p=4)
"""RFC 9106's second recommended option. Enforced on reading too, or a swapped file could weaken the next change."""

CEILING = Cost(t=16, m_kib=1024 * 1024, p=16)
"""Beyond this a file is not ours: opening it would only eat the laptop's memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The master key sealed for one way in. ``to`` is the public key of an office slot, else empty."""

    kind: str
    sealed: bytes
    to: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """The contents of ``vault.key``."""

    vault: str
    created_at: str
    cost: Cost
    salt: bytes
    slots: tuple[Slot, ...]

    def slot(self, kind: str) -> Slot | None:
        """The slot of this kind, if there is one."""
        return next((slot for slot in self.slots if slot.kind == kind), None)

    def with_slot(self, fresh: Slot) -> KeyFile:
        """The same file with this slot put in, or put in the place of the one of its kind."""
        return replace(self, slots=(*self.without_slot(fresh.kind).slots, fresh))

    def without_slot(self, kind: str) -> KeyFile:
        """The same file without this way in."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.kind != kind))

    def bound_to(self, kind: str) -> bytes:
        """What a slot's seal also covers: another vault's slot, or other costs, do not open."""
        if kind == "passphrase":
            return canonical({"v": VERSION, "vault": self.vault, "slot": kind, "kdf": self._kdf()})
        return canonical({"v": VERSION, "vault": self.vault, "slot": kind})

    def to_bytes(self) -> bytes:
        """The file's bytes, with a check number that tells damage from a wrong passphrase."""
        body = {
            "v": VERSION, "vault": self.vault, "created": self.created_at, "kdf": self._kdf(),
            "slots": [{"type": slot.kind, "sealed": _text(slot.sealed), "to": slot.to.hex()} for slot in self.slots],
        }  # fmt: skip
        return json.dumps(body | {"check": _check(body)}, indent=1).encode("ascii") + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> KeyFile:
        """Read a key file.

        Raises ``Trouble('vault.key_damaged')``, ``Refusal('vault.later_version')`` or, for costs below the
        floor or beyond reason, ``Refusal('vault.key_altered')``.
        """
        try:
            raw = parse(data)
            if raw.pop("check") != _check(raw):
                raise ValueError("check number differs")
            if raw["v"] > VERSION:
                raise Refusal("vault.later_version", version=raw["v"])
            value = cls._from_raw(raw)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Trouble("vault.key_damaged") from error
        if not _within_reason(value.cost):
            raise Refusal("vault.key_altered")
        return value

    @classmethod
    def _from_raw(cls, raw: dict[str, Any]) -> KeyFile:
        kdf = raw["kdf"]
        if kdf["alg"] != "argon2id" or kdf["v"] != 0x13:
            raise Refusal("vault.key_altered")
        return cls(
            vault=raw["vault"], created_at=raw["created"], salt=base64.b64decode(kdf["salt"], validate=True),
            cost=Cost(t=int(kdf["t"]), m_kib=int(kdf["m_kib"]), p=int(kdf["p"])),
            slots=tuple(
                Slot(kind=slot["type"], sealed=base64.b64decode(slot["sealed"], validate=True),
                     to=bytes.fromhex(slot["to"]))
                for slot in raw["slots"]
            ),
        )  # fmt: skip

    def _kdf(self) -> dict[str, Any]:
        return {
            "alg": "argon2id", "v": 0x13, "t": self.cost.t, "m_kib": self.cost.m_kib, "p": self.cost.p,
            "salt": _text(self.salt),
        }  # fmt: skip


def load(folder: Path) -> KeyFile:
    """The vault's key file, or its previous generation where the newest is missing or damaged.

    Raises ``Trouble('vault.not_found')`` where there is neither.
    """
    trouble: Trouble | None = None
    for name in (NAME, PREVIOUS):
        path = folder / name
        try:
            if path.stat().st_size > _LARGEST:
                raise Trouble("vault.key_damaged")
            return KeyFile.from_bytes(path.read_bytes())
        except FileNotFoundError:
            continue
        except OSError as error:
            raise Trouble("vault.disk", folder=str(folder)) from error
        except Trouble as error:
            trouble = trouble or error
    raise trouble or Trouble("vault.not_found", folder=str(folder))


def save(folder: Path, fresh: KeyFile) -> None:
    """Put ``fresh`` in place, keeping the generation before it as ``vault.key.1`` until ``retire_previous``.

    A damaged file is not kept: at every moment one of the two opens the vault.
    """
    path = folder / NAME
    if read_if_whole(path) is not None:
        write_whole(folder / PREVIOUS, path.read_bytes())
    write_whole(path, fresh.to_bytes())


def retire_previous(folder: Path) -> None:
    """Overwrite the previous generation by the present one; call when the present one has been proved to open.

    Nothing happens where the present file is missing or damaged: then the previous one is all there is.
    """
    if read_if_whole(folder / NAME) is None or not (folder / PREVIOUS).exists():
        return
    present = (folder / NAME).read_bytes()
    if (folder / PREVIOUS).read_bytes() != present:
        write_whole(folder / PREVIOUS, present)


def read_if_whole(path: Path) -> KeyFile | None:
    """The key file at ``path``; ``None`` where there is none that can be read."""
    try:
        return KeyFile.from_bytes(path.read_bytes())
    except (OSError, FieldKitError):
        return None


def _within_reason(cost: Cost) -> bool:
    pairs = ((FLOOR.t, cost.t, CEILING.t), (FLOOR.m_kib, cost.m_kib, CEILING.m_kib), (FLOOR.p, cost.p, CEILING.p))
    return all(low <= value <= high for low, value, high in pairs)


def _check(body: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(body)).hexdigest()[:_CHECK_DIGITS]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
