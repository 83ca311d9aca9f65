"""What ``deploy/`` and the pages for who runs the store tell people to run is what there is to run."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from central.running_settings import RunningSettings
from tests.support.tree import ROOT
from ui.cli.tree import make_parser

DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("*.service"))


def _commands() -> list[list[str]]:
    """Every ``fieldkit central …`` of units, compose file and the page of operations, with names filled in."""
    found = []
    for unit in UNITS:
        text = (DEPLOY / unit).read_text(encoding="utf-8")
        found += re.findall(r"fieldkit (central .+?)(?:'|$)", text, re.MULTILINE)
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    found.append("central " + re.sub(r"\$\{\w+:-(\w+)\}", r"\1", compose["services"]["store"]["command"]))
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        found += re.findall(r"(?<![/\w])fieldkit (central .+?)(?:\s+#.*)?$", block, re.MULTILINE)
    quoted = re.compile(r'"([^"]*)"|(\S+)')
    return [[first or second for first, second in quoted.findall(one)] for one in found]


@pytest.mark.parametrize("words", _commands(), ids=" ".join)
def test_every_command_that_people_are_told_to_run_is_understood(words: list[str]) -> None:
    assert make_parser().parse_args(words).run is not None


def test_the_settings_that_the_page_names_are_read() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    lines = "\n".join(re.findall(r"^running\.\w+ = .+$", page, re.MULTILINE))
    made = RunningSettings.read(tomllib.loads(lines))
    usual = RunningSettings()
    assert made.processes == 4
    assert (made.laptop_a_minute, made.hand_in_a_minute, made.address_a_minute) == (
        usual.laptop_a_minute, usual.hand_in_a_minute, usual.address_a_minute,
    )  # fmt: skip
    assert RunningSettings.read(tomllib.loads("\n".join(made.lines()))) == made


def test_proxies_take_the_largest_body_and_pass_it_on_as_it_comes() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "client_max_body_size 260m;" in nginx
    assert "proxy_request_buffering off;" in nginx
    assert "max_size 260MB" in (DEPLOY / "Caddyfile").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_the_units(unit: str, tmp_path: Path) -> None:
    program = tmp_path / "fieldkit"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    text = (DEPLOY / unit).read_text(encoding="utf-8").replace("/opt/fieldkit/bin/fieldkit", str(program))
    (tmp_path / unit).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
