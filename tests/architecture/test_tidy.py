"""What must never stand in a file of the project: registries' hosts, one machine's folders, secrets, leftovers."""

from __future__ import annotations

import re

import pytest

from tests.support.tree import ROOT, name, python_files, text_files

# Written in two halves, so that this file is not its own finding.
_REGISTRY_HOSTS = ("pypi" + ".org", "files.python" + "hosted.org", "registry.npm" + "js.org", "--index" + "-url http")
_MACHINE_PATH = re.compile(r"""(?:^|[\s"'`(=])/(?:work|root|home|Users)/[\w.]+""")
_SECRET = re.compile("-----BEGIN " + r"[A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bghp_[0-9A-Za-z]{36}\b")
_LEFTOVER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")


def _findings(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_registry_host_is_named() -> None:
    assert _findings(re.compile("|".join(map(re.escape, _REGISTRY_HOSTS)))) == []


def test_no_folder_of_one_machine_is_named() -> None:
    assert _findings(_MACHINE_PATH) == []
    assert _findings(re.compile(re.escape(str(ROOT)) + r"\b")) == []


def test_no_secret_is_kept_in_the_project() -> None:
    assert _findings(_SECRET) == []


def test_nothing_is_left_unfinished() -> None:
    lines = [
        f"{name(path)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _LEFTOVER.search(line)
    ]
    assert lines == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_carry_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, re.MULTILINE | re.IGNORECASE)
    blocks = re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(pins) == len(blocks) > 10
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert re.search("https?:" + "//", text) is None


def test_the_lock_of_the_partners_names_no_address_either() -> None:
    """Npm writes where its authors ask for money whenever it makes the lock anew: take ``funding`` out again."""
    text = (ROOT / "tests" / "npm" / "package-lock.json").read_text(encoding="utf-8")
    assert text.count('"integrity": "sha') > 50
    assert re.search("https?:" + "//", text) is None
