"""Each dependency is a decision: with a row in docs/decisions/0001: what for, licence, what was rejected."""

from __future__ import annotations

import re
import sys
import tomllib

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.tree import ROOT

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_DECISION = next((ROOT / "docs" / "decisions").glob("0001-*.md"))


def _names() -> list[str]:
    wanted = _PROJECT["project"]["dependencies"] + _PROJECT["dependency-groups"]["dev"]
    return [re.split(r"[\[<>=!~ ]", requirement)[0] for requirement in wanted]


def _pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.\-]+)(?:\[[^\]]*\])?==([^\s;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("dependency", _names())
def test_a_dependency_has_a_line_in_the_decision_record(dependency: str) -> None:
    rows = [line for line in _DECISION.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {dependency} ")]
    assert len(rows) == 1, f"{_DECISION.name} needs one row for {dependency}"
    assert len([cell for cell in rows[0].strip("|").split("|") if cell.strip()]) == 4


def test_both_locks_agree() -> None:
    run, dev = _pins("requirements.lock"), _pins("requirements-dev.lock")
    assert run
    assert {
        package: (version, dev.get(package)) for package, version in run.items() if dev.get(package) != version
    } == {}


def test_calling_qt_loses_no_reference_to_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 on Python 3.10 and 3.11 drops one per void call and dies after about 5,000 of them."""
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(2_000):
        widget.update()
    lost = before - sys.getrefcount(None)
    widget.deleteLater()
    assert lost < 200
