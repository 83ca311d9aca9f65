"""How a store runs: processes, figures, logs, proxies, limits; the section ``[running]`` of ``central.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

_SECTION = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSettings:
    """``processes`` that answer; more than one needs PostgreSQL.

    ``metrics_port``: where figures for Prometheus are told, on ``metrics_host``; 0 = nowhere. ``trusted_proxies``:
    addresses whose word on who asks is believed, as uvicorn spells them. ``logs``: ``json``, or nothing.
    The three ``…_a_minute`` are the most requests of one kind in a minute; 0 = no limit.
    """

    processes: int = 1
    metrics_port: int = 0
    metrics_host: str = "127.0.0.1"
    trusted_proxies: str = "127.0.0.1"
    logs: str = ""
    address_a_minute: int = 30_000
    """Of one network address: a whole office may stand behind one."""
    laptop_a_minute: int = 1_200
    """Of one laptop, for everything but handing in."""
    hand_in_a_minute: int = 6_000
    """Of one laptop, for hello, notes and files: an urgent note never waits behind what a laptop reads."""

    def lines(self) -> list[str]:
        """The section, with what differs from the defaults; nothing where nothing does."""
        chosen = [one.name for one in fields(self) if getattr(self, one.name) != one.default]
        written = [f"{_SECTION}.{name} = {_written(getattr(self, name))}" for name in chosen]
        return written

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> RunningSettings:
        """From ``central.toml``; what is not named is as usual. Raises ``ValueError`` for what is not understood."""
        section = raw.get(_SECTION, {})
        known = {one.name: str if one.type == "str" else int for one in fields(cls)}
        if unknown := section.keys() - known.keys():
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        values: dict[str, Any] = {name: known[name](value) for name, value in section.items()}
        made = cls(**values)
        counts = (made.address_a_minute, made.laptop_a_minute, made.hand_in_a_minute)
        if made.processes < 1 or not 0 <= made.metrics_port < 65536 or min(counts) < 0:
            raise ValueError("a number is out of its range")
        return made


def _written(value: str | int) -> str:
    return str(value) if isinstance(value, int) else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
