"""The standard's own schemas, for tests: what is written is held against them by lxml."""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path

from lxml import etree

from tests.support.tree import ROOT


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(ROOT / "resources" / "refi-qda" / name)))


def wrong_in_project(path: Path) -> list[str]:
    """What the schema finds wrong in a package's document."""
    with zipfile.ZipFile(path) as package:
        return _wrong("Project.xsd", package.read("project.qde"))


def wrong_in_codebook(data: bytes) -> list[str]:
    """What the schema finds wrong in a codebook."""
    return _wrong("Codebook.xsd", data)


def _wrong(schema: str, data: bytes) -> list[str]:
    found = _schema(schema)
    found.validate(etree.fromstring(data))
    return [str(one) for one in str(found.error_log).splitlines()]
