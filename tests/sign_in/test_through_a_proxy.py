"""Whatever asks the office takes the way out that was chosen: sign-in and sealed mailbox, through proxy and own CA."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from central import sign_in_admin
from fieldkit.app.lanes import InlineLane, Lanes
from fieldkit.app.network_choices import NetworkChoices, keep_choices
from fieldkit.app.workspace import Workspace
from fieldkit.kernel.clock import SystemClock
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.http import CentralStore
from sync.way import Way
from tests.sign_in.conftest import Office
from tests.sign_in.provider import Browser
from tests.support.certificates import new_authority
from tests.support.http_proxy import HttpProxy, http_proxy
from tests.support.laptop import Laptop
from tests.support.scripted_store import answer, scripted_store
from tests.support.tls_front import tls_front
from ui.launch.sealed_mailbox import LateMailbox
from ui.launch.sending import SyncOffice
from ui.presenters.services import Enrolled

STORE, LOGIN = "store.office.test", "login.office.test"
NOBODY = "http://127.0.0.1:9"


class Window:
    """A laptop as the window has it: services on lanes, here all on this thread."""

    def __init__(self, folder: Path) -> None:
        self.laptop = Laptop(folder, "Ines Reader", SystemClock())
        self._workspace = Workspace(self.laptop.vault, Lanes(InlineLane(), InlineLane(), lambda tell: tell()))
        self.office = SyncOffice(self._workspace, self.laptop.clock, is_enrolled=False, office="")
        self.mailbox = LateMailbox(self._workspace.sync_call, self.office.connect)

    def choose(self, choices: NetworkChoices) -> None:
        """As in Settings, Network."""
        self.laptop.vault.perform(lambda uow: keep_choices(uow, choices))

    def sign_in(self, browser: Browser) -> list[Exception]:
        """Join by the organisation's page; what stood in the way."""
        came, failed = list[Enrolled](), list[Exception]()
        self.office.sign_in(f"https://{STORE}", "", browser.open, came.append, failed.append)
        if came and self.office._granted is not None:  # ``keep_enrolment`` would begin to send
            self.office._keep(self.office._granted)
        return failed

    def close(self) -> None:
        self.office.close()
        self.office.stop()
        self.laptop.close()


@pytest.fixture
def window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    made = Window(tmp_path / "laptop")
    yield made
    made.close()


def test_sign_in_and_sealed_mailbox_leave_by_the_proxy_that_was_chosen_and_trust_the_office_s_own_authority(
    window: Window, make_office: Callable[..., Office], tmp_path: Path
) -> None:
    office, authority = make_office(), new_authority(tmp_path)
    sign_in_admin.allow(office.settings, ("groups", "inspectors"))
    with (
        tls_front(urlsplit(office.url).port or 0, authority.server(tmp_path, host=STORE)) as front,
        http_proxy({STORE: front}, user="ward", password="hush") as proxy,
    ):
        window.choose(NetworkChoices(proxy=NOBODY))
        assert [_code(one) for one in window.sign_in(Browser())] == ["send.not_connected"]
        window.choose(NetworkChoices(proxy=proxy.url, user="ward", password="hush"))
        assert [_code(one) for one in window.sign_in(Browser())] == ["send.certificate"]
        window.choose(
            NetworkChoices(proxy=proxy.url, user="ward", password="hush", authorities=str(authority.file))
        )  # fmt: skip
        browser = Browser()
        assert window.sign_in(browser) == []
        browser.join()
        assert "You are signed in" in browser.pages[0]
        _uses_the_mailbox(window, proxy)
        window.choose(NetworkChoices(proxy=NOBODY, authorities=str(authority.file)))
        with pytest.raises(Trouble, match=r"send\.not_connected"):
            window.mailbox.waiting()


def _uses_the_mailbox(window: Window, proxy: HttpProxy) -> None:
    before = len(proxy.asked)
    assert window.mailbox.holders() == []
    with pytest.raises(Refusal, match=r"central\.not_holder"):  # the office's own answer: it was reached
        window.mailbox.waiting()
    assert proxy.asked[before:] == [f"{STORE}:443"] * 2


def test_the_provider_s_pages_are_asked_by_the_same_way_as_the_store(tmp_path: Path) -> None:
    authority = new_authority(tmp_path)
    page = answer("200 OK", b"{}", "Content-Type: application/json")
    with (
        scripted_store(page, authority.server(tmp_path, host=LOGIN)) as login,
        http_proxy({LOGIN: urlsplit(login.url).port or 0}) as proxy,
    ):
        way = Way(proxy=proxy.url, authorities=str(authority.file))
        far = CentralStore(f"https://{STORE}", way=lambda: way)
        assert far.elsewhere(f"https://{LOGIN}/.well-known/openid-configuration") == (200, b"{}")
        assert proxy.asked == [f"{LOGIN}:443"]
        with pytest.raises(Trouble, match=r"send\.certificate"):
            CentralStore(f"https://{STORE}", way=lambda: Way(proxy=proxy.url)).elsewhere(f"https://{LOGIN}/")


def _code(problem: Exception) -> str:
    return problem.code if isinstance(problem, FieldKitError) else repr(problem)
