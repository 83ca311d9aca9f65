"""Joining by the organisation's own page in the browser: waiting for a person, who may come back or not.

Shared by first run and Settings, which show what came of it as they do for a code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ui.presenters.enrolment_code import field_of
from ui.presenters.presenter import Presenter
from ui.presenters.services import Enrolled, Failed, Office
from ui.presenters.wording import sentence

WAITING = "Sign in on the page in your browser. FieldKit goes on by itself."


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningInState:
    """``words`` while something is under way. ``address`` is the page to open, once it is known; ``attempt`` counts,
    so that a view opens each page once.
    """

    words: str = ""
    address: str = ""
    attempt: int = 0
    is_copied: bool = False
    no_browser: str = ""
    fault: str = ""
    """Why the last attempt came to nothing."""


IDLE = SigningInState()


class SigningIn(Presenter[SigningInState]):
    """One attempt at a time: a new one ends the one before."""

    def __init__(self) -> None:
        super().__init__(SigningInState())

    def begin(
        self,
        office: Office,
        url: str,
        code: str,
        done: Callable[[Enrolled], None],
        failed: Failed,
        *,
        again: bool = False,
    ) -> None:
        """Ask the office at ``url`` which page that is, and wait for the person. ``again``: it is joined already."""
        number = self.state.attempt + 1
        self._show(SigningInState(words="Connecting to your office…", attempt=number))

        def opened(address: str) -> None:
            if self.state.attempt == number and self.state.words:
                self._show(SigningInState(words=WAITING, address=address, attempt=number))

        def came(enrolled: Enrolled) -> None:
            if self._over(number):
                done(enrolled)

        def refused(problem: Exception) -> None:
            if self._over(number):
                fault = "" if field_of(problem) else sentence(problem)  # else it stands at the field
                self._show(SigningInState(attempt=number, fault=fault))
                failed(problem)

        office.sign_in(url.strip(), code.strip(), opened, came, refused, again=again)

    def cancel(self, office: Office) -> None:
        """The person thought better of it: nothing was changed."""
        office.cancel_sign_in()
        self._show(SigningInState(attempt=self.state.attempt))

    def copied(self) -> None:
        """The address is on the clipboard."""
        self._show(replace(self.state, is_copied=True))

    def no_browser(self) -> None:
        """The system opened none."""
        if self.state.address:
            self._show(replace(self.state, no_browser=sentence("sign_in.no_browser")))

    def _over(self, number: int) -> bool:
        """Whether this attempt is still the one that counts; it is over now."""
        if self.state.attempt != number or not self.state.words:
            return False
        self._show(SigningInState(attempt=number))
        return True
