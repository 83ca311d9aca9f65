"""Guards on every test, and the few fixtures that every part needs.

No unexpected WARNING in the log, no thread, timer or window left alive, sockets only to loopback,
warnings are errors (see pyproject.toml), and no test reads or writes the person's own folders.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.support.guards_log import quiet_log
from tests.support.guards_network import install as keep_to_loopback
from tests.support.guards_qt import no_window_or_timer_left
from tests.support.guards_threads import no_thread_left

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from fieldkit.kernel.clock import FixedClock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
# "steady" draws the same examples every time, so a red run can be repeated; "deep" is for `make faults`.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=_SLOW_IS_FINE)
settings.register_profile("deep", deadline=None, max_examples=2000, suppress_health_check=_SLOW_IS_FINE)
settings.load_profile(os.environ.get("FIELDKIT_HYPOTHESIS", "steady"))

_HOME = pytest.StashKey[Path]()
_HOME_VARIABLES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
_PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_OWN_VARIABLES = ("FIELDKIT_HOME", "FIELDKIT_PASSPHRASE")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home of its own and keep it to loopback."""
    home = Path(tempfile.mkdtemp(prefix="fieldkit-tests-"))
    config.stash[_HOME] = home
    for variable in _HOME_VARIABLES:
        folder = home if variable == "HOME" else home / variable.lower()
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ[variable] = str(folder)
    for variable in _PROXY_VARIABLES + _OWN_VARIABLES:
        os.environ.pop(variable, None)
    keep_to_loopback()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's home."""
    if home := config.stash.get(_HOME, None):
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(autouse=True)
def _guards(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("logs")
    with ExitStack() as stack:
        stack.enter_context(quiet_log(marker.args if marker else ()))
        stack.enter_context(no_window_or_timer_left())
        stack.enter_context(no_thread_left())
        yield


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at 9:00 on the day of the sample visit."""
    from fieldkit.kernel.clock import FixedClock

    return FixedClock(datetime(2026, 11, 12, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The one application, in our own fonts, so that widths do not depend on the machine."""
    from ui.qt.typography import load_fonts

    load_fonts()
    return qapp
