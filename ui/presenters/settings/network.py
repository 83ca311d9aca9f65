"""How this laptop gets out of a network, and what files do on a connection that is paid for by the amount."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from fieldkit.app.changes import ChangeSet
from fieldkit.app.network_choices import DIRECT, ON, PREFIX, SYSTEM, NetworkChoices, keep_choices, read_choices
from ui.presenters.field_error import FieldError, errors_of
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.wording import sentence

FILES = {"ask": "Ask me", "always": "Send them", "never": "Keep them until another connection"}
PROXIES = ("As the system says", "No proxy", "This proxy")
SAVED = "Saved. FieldKit tries this way at once"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkState:
    """``choices`` as they are kept; what is wrong with what was typed, or what came of it."""

    choices: NetworkChoices = field(default_factory=NetworkChoices)
    errors: tuple[FieldError, ...] = ()
    fault: str = ""
    notice: str = ""

    @property
    def proxy(self) -> int:
        """Which of ``PROXIES``."""
        return {SYSTEM: 0, DIRECT: 1}.get(self.choices.proxy, 2)


class NetworkPage(Presenter[NetworkState]):
    """Choices about what is sent hold at once; the way out is several fields, kept together by a button."""

    def __init__(self, session: Session) -> None:
        super().__init__(NetworkState())
        self._session = session
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def load(self) -> None:
        """Read what is kept."""
        self._session.workspace.ask_then(read_choices, lambda found: self._show(replace(self.state, choices=found)))

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def call_metered(self, *, is_metered: bool) -> None:
        """The person says whether this connection is paid for by the amount."""
        words = "Files wait on this connection" if is_metered else "This connection is not metered"
        self._keep(replace(self.state.choices, metered=ON if is_metered else ""), words)

    def files_over_metered(self, choice: str) -> None:
        """What files do on a metered connection: a key of ``FILES``."""
        self._keep(replace(self.state.choices, files=choice), f"Files on a metered connection: {FILES[choice]}")

    def keep_way(self, which: int, address: str, user: str, password: str, authorities: str) -> None:
        """Proxy (which of ``PROXIES``), its name and password, and the office's own certificates."""
        proxy = (SYSTEM, DIRECT, address.strip())[which]
        if which == 2 and not proxy:
            proxy = "?"  # an empty address is no proxy's
        typed = replace(
            self.state.choices, proxy=proxy, user=user.strip(), password=password, authorities=authorities.strip()
        )  # fmt: skip
        self._keep(typed, SAVED)

    def _keep(self, choices: NetworkChoices, words: str) -> None:
        def kept(found: NetworkChoices) -> None:
            self._show(NetworkState(choices=found, notice=words))
            self._session.say(words)

        def failed(problem: Exception) -> None:
            errors = errors_of(problem, "proxy")
            fault = "" if errors else sentence(problem)
            self._show(replace(self.state, errors=errors, fault=fault, notice=""))

        self._session.workspace.perform(
            lambda uow: keep_choices(uow, choices), initiator="settings", done=kept, failed=failed
        )  # fmt: skip

    def _changed(self, changes: ChangeSet) -> None:
        if any(name.startswith(PREFIX) for name in changes.ids("setting")):
            self.load()
