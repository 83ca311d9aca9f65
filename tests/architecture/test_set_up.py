"""A fresh machine: the two commands, the check of system libraries, and what a wheel holds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.tree import PACKAGES, ROOT

_BUILD = "from setuptools import build_meta; import sys; print(build_meta.build_wheel(sys.argv[1]))"
_TARGETS = ("run", "test", "check", "faults", "monkey", "sitting", "looks", "bench", "screens", "bundle")


def _stub(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def _machine(folder: Path, stubs: Mapping[str, str]) -> dict[str, str]:
    """A machine that has only what is given: no compiler, no sudo, no registry."""
    folder.mkdir()
    for tool in ("sh", "grep", "uname", "cat"):
        (folder / tool).symlink_to(str(shutil.which(tool)))
    for name, script in stubs.items():
        _stub(folder, name, script)
    return {"PATH": str(folder), "PYTHON": sys.executable}


def _check_system(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    script = ROOT / "scripts" / "system-deps.sh"
    return subprocess.run(
        [str(shutil.which("sh")), str(script)], env=environment, capture_output=True, text=True, check=False
    )


_ALL_THERE = 'while read -r line; do echo "$line"; done <<END\n{libraries}\nEND'


def _libraries(without: str = "") -> str:
    text = (ROOT / "scripts" / "system-deps.sh").read_text(encoding="utf-8")
    sonames = re.findall(r"^(lib\S+\.so\.\d+) \S+$", text, re.MULTILINE)
    assert len(sonames) >= 13
    return _ALL_THERE.format(libraries="\n".join(f"{name} (libc6) => {name}" for name in sonames if name != without))


def test_a_machine_with_every_library_needs_nothing(tmp_path: Path) -> None:
    done = _check_system(_machine(tmp_path / "bin", {"ldconfig": _libraries(), "id": "echo 1000"}))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_person_without_rights_is_told_exactly_what_to_install(tmp_path: Path) -> None:
    stubs = {"ldconfig": _libraries(without="libxcb-cursor.so.0"), "id": "echo 1000", "apt-get": "exit 9"}
    done = _check_system(_machine(tmp_path / "bin", stubs))
    assert done.returncode == 1
    assert "sudo apt-get install -y --no-install-recommends libxcb-cursor0\n" in done.stderr


def test_a_system_that_is_not_debian_is_told_what_is_missing(tmp_path: Path) -> None:
    stubs = {"ldconfig": _libraries(without="libEGL.so.1"), "id": "echo 0"}
    done = _check_system(_machine(tmp_path / "bin", stubs))
    assert done.returncode == 1
    assert "libegl1" in done.stderr


def test_root_installs_what_is_missing_and_refreshes_old_lists(tmp_path: Path) -> None:
    log = tmp_path / "log"
    apt = f'echo "$@" >> {log}; [ "$1" = update ] || [ -e {tmp_path}/updated ] || exit 100; : > {tmp_path}/updated'
    stubs = {"ldconfig": _libraries(without="libGL.so.1"), "id": "echo 0", "apt-get": apt}
    done = _check_system(_machine(tmp_path / "bin", stubs))
    assert done.returncode == 0, done.stderr
    install = "install -y --no-install-recommends libgl1"
    assert log.read_text(encoding="utf-8").splitlines() == [install, "update -q", install]


def test_continuous_integration_runs_exactly_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = [
        line for line in script.read_text(encoding="utf-8").splitlines() if re.match(r"\s*(exec )?make\b", line)
    ]
    assert commands == ["exec make test"]


@pytest.mark.parametrize("target", _TARGETS)
def test_make_knows_the_target_and_explains_it(target: str) -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", text, re.MULTILINE)
    assert re.search(rf'@echo "make {target} ', text)


@pytest.mark.slow
def test_a_wheel_holds_every_module_and_every_data_file(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / file, source / file)
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(tmp_path)], cwd=source, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
        entry_points = wheel.read(next(n for n in wheel.namelist() if n.endswith("entry_points.txt"))).decode()
    shipped = {
        p.relative_to(source).as_posix()
        for package in PACKAGES
        for p in (source / package).rglob("[!.]*")
        if p.is_file()
    }
    assert sorted(shipped - packed) == []
    assert "fieldkit = ui.cli.main:entry_point" in entry_points
