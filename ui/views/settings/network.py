"""Network: metered connections, the proxy of a site, and the office's own certificates."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from ui.presenters.settings.network import FILES, PROXIES, NetworkPage, NetworkState
from ui.qt.accessibility import named
from ui.views.file_field import FileField
from ui.views.first_run.radios import Radios
from ui.views.settings.page import Notice, Page
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.texts import PassphraseEdit, PassText

_METERED = "This connection is metered (a phone’s hotspot, a mobile card)"
_OTHER = 2


class NetworkSettings(Page):
    """The page."""

    def __init__(self, presenter: NetworkPage) -> None:
        super().__init__("network", "Network")
        self._presenter = presenter
        self._kept: tuple[str, ...] | None = None
        self._notice = Notice()
        self.column.add(self._notice)
        self._add_metered()
        self._add_way()
        self.column.end()
        self.follow(presenter, self._render)

    def shown(self) -> None:
        self._presenter.load()

    def first(self) -> QWidget:
        return self.metered

    def _add_metered(self) -> None:
        self.column.say(
            "Notes always go, on any connection, and urgent ones first. Attached files can wait where every megabyte"
            " is paid for. Where the system knows that a connection is metered, FieldKit knows it too."
        )
        self.metered = named(QCheckBox(_METERED), _METERED, "network.metered")
        self.metered.clicked.connect(lambda is_on: self._presenter.call_metered(is_metered=is_on))
        self.column.add(self.metered)
        self.files = Radios("Files on a metered connection", "network.files", tuple(FILES.values()), 0)
        self.files.changed(lambda place: self._presenter.files_over_metered(tuple(FILES)[place]))
        self.column.field("files", Field("Files on a metered connection", self.files, "network.files"))

    def _add_way(self) -> None:
        self.section("Proxy")
        self.column.say(
            "Some sites let nothing out but through a proxy. A proxy script (PAC) is not read: choose ‘This proxy’ and"
            " enter the address that it gives."
        )
        self.proxy = Radios("Proxy", "network.proxy", PROXIES, 0)
        self.column.field("which", Field("Way out of the network", self.proxy, "network.proxy"))
        self.address, self.user = PassText(), PassText()
        self.password = PassphraseEdit("Show password", "Hide password")
        for field, name, label, hint in (
            (self.address, "proxy", "Address of the proxy", "Like http://proxy.example.org:8080"),
            (self.user, "user", "Name for the proxy", "Only if it asks for one"),
            (self.password, "password", "Password for the proxy", "Kept encrypted in the vault"),
        ):
            self.column.field(name, Field(label, field, f"network.{name}", hint=hint))
            field.returnPressed.connect(self._save)
        self.section("Certificates of your office")
        self.authorities = FileField(
            "File of certificates", "network.authorities", "Choose a file", "Certificates (*.pem *.crt *.cer)",
            hint="Only if IT gave you one. What IT installed on this laptop is used already",
        )  # fmt: skip
        self.column.field("authorities", self.authorities)
        self.authorities.edit.returnPressed.connect(self._save)
        self.save = button("Save and try", "network.save", kind="primary")
        self.save.clicked.connect(lambda: self._save())
        self.column.buttons(self.save)
        self.proxy.changed(lambda place: self.address.setEnabled(place == _OTHER))

    def _save(self) -> None:
        self._presenter.keep_way(
            self.proxy.chosen, self.address.text(), self.user.text(), self.password.text(),
            self.authorities.edit.text(),
        )  # fmt: skip

    def _render(self, state: NetworkState) -> None:
        chosen = state.choices
        self.metered.setChecked(bool(chosen.metered))
        self.files.choose(tuple(FILES).index(chosen.files))
        kept = (chosen.proxy, chosen.user, chosen.password, chosen.authorities)
        if kept != self._kept:  # what is being typed stays
            self._kept = kept
            self.proxy.choose(state.proxy)
            self.address.setText(chosen.proxy if state.proxy == _OTHER else "")
            self.user.setText(chosen.user)
            self.password.setText(chosen.password)
            self.authorities.edit.setText(chosen.authorities)
        self.address.setEnabled(self.proxy.chosen == _OTHER)
        self._notice.show_words(state.notice)
        self.column.show_errors(state.errors)
        self.column.show_fault(state.fault)
