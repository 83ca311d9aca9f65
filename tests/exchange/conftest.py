"""Framework packs, and forms read against them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fieldkit.app.guide_library import script
from fieldkit.domain.framework import Framework
from fieldkit.exchange.spreadsheets import book_of
from fieldkit.exchange.xlsform.reading import read_form
from fieldkit.exchange.xlsform.remarks import FormReading
from fieldkit.frameworks.library import Library

Read = Callable[[bytes], FormReading]


@pytest.fixture(scope="session")
def frameworks() -> list[Framework]:
    library = Library()
    return [library.load(pack, "2023.1") for pack in ("ics", "local-authority")]


@pytest.fixture
def read(frameworks: list[Framework]) -> Read:
    """A form's bytes, read."""
    return lambda data: read_form(book_of(data, "Form 1.xlsx"), "Form 1.xlsx", frameworks, script())
