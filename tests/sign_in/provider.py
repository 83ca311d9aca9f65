"""A real OpenID Connect provider as a process (npm oidc-provider), and a person's browser reduced to what it does."""

from __future__ import annotations

import http.cookiejar
import re
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from pathlib import Path

PARTNERS = Path(__file__).parents[1] / "npm"


class Provider:
    """``key`` names its signing key: another one after ``stop`` and ``start`` is a key rotation."""

    def __init__(self, *, thin: bool = False) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.issuer = f"http://127.0.0.1:{self.port}"
        self._thin = thin
        self._process: subprocess.Popen[str] | None = None

    def start(self, key: str = "one") -> None:
        """Until it listens."""
        node = shutil.which("node")
        assert node is not None
        assert (PARTNERS / "node_modules" / "oidc-provider").is_dir(), "make test installs the partners"
        line = [node, "oidc.mjs", str(self.port), key, "thin" if self._thin else "full"]
        self._process = subprocess.Popen(
            line, cwd=PARTNERS, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        assert "listening" in self._process.stdout.readline()

    def stop(self) -> None:
        """End it; nothing answers at its address."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


class Browser:
    """Opens pages, follows redirects, keeps cookies and fills in the provider's forms as ``login``.

    ``pages`` are the pages that FieldKit showed at the end.
    """

    def __init__(self, login: str = "ines", *, denies: bool = False) -> None:
        self.login, self.denies = login, denies
        self.pages: list[str] = []
        self._cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._way = urllib.request.build_opener(urllib.request.ProxyHandler({}), self._cookies, _Stay())
        self._thread: threading.Thread | None = None

    def open(self, address: str) -> None:
        """As the system opens a page: it returns at once."""
        self._thread = threading.Thread(target=self.walk, args=(address,), daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Until the last page is shown."""
        assert self._thread is not None
        self._thread.join(20)
        assert not self._thread.is_alive()

    def walk(self, address: str) -> None:
        """Go on until a page has nothing to fill in."""
        form: dict[str, str] | None = None
        for _ in range(20):
            address, text = self._get(address, form)
            form = None
            if not text:  # a redirect
                continue
            if "/signed-in" in address:
                self.pages.append(text)
                return
            address, form = self._filled(address, text)
        raise AssertionError("it never ends")

    def _get(self, address: str, form: dict[str, str] | None) -> tuple[str, str]:
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        try:
            with self._way.open(address, body, timeout=90) as reply:
                return address, reply.read().decode()
        except urllib.error.HTTPError as error:
            if error.code in {302, 303}:
                return urllib.parse.urljoin(address, error.headers["Location"]), ""
            return address, error.read().decode()

    def _filled(self, address: str, text: str) -> tuple[str, dict[str, str] | None]:
        if self.denies and (found := re.search(r'href="([^"]*/abort)"', text)):
            return urllib.parse.urljoin(address, unescape(found[1])), None
        action = re.search(r'<form[^>]*action="([^"]+)"', text)
        assert action is not None, text[:2000]
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
        typed = {"login": self.login, "password": "any"} if 'name="login"' in text else {}
        return urllib.parse.urljoin(address, unescape(action[1])), {**hidden, **typed}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None
