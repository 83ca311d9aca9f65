"""What the campaigns change in this process is put back: other tests run in it afterwards."""

from __future__ import annotations

import pytest

from storage import keys


@pytest.fixture(autouse=True)
def _stretching_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """``cheap_keys.use`` leaves the stretching of passphrases out; with that no other vault could be opened."""
    monkeypatch.setattr(keys, "stretch", keys.stretch)
