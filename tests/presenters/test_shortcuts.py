"""Shortcuts: changed, removed, reset and kept; what may not be chosen says why and changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.settings import Settings, read_settings, write_settings
from fieldkit.kernel.errors import Mistake
from ui.presenters import keys as chords
from ui.presenters.commands import COMMANDS, Scope, meet
from ui.presenters.shortcuts import KeptShortcuts, Shortcuts
from ui.presenters.wording import sentence


def _why(shortcuts: Shortcuts, name: str, keys: str) -> str:
    before = shortcuts.state
    with pytest.raises(Mistake) as refused:
        shortcuts.change(name, keys)
    assert shortcuts.state == before
    return sentence(refused.value)


def test_a_shortcut_can_be_changed_removed_and_reset() -> None:
    kept: list[KeptShortcuts] = []
    shortcuts = Shortcuts(keep=kept.append)
    shortcuts.change("mark", "ctrl + shift + m")
    assert shortcuts.keys("mark") == ("Ctrl+Shift+M",)
    assert shortcuts.named("Ctrl+M") == ()
    shortcuts.remove("mark")
    assert shortcuts.keys("mark") == ()
    assert kept[-1].chosen == {"mark": ()}
    shortcuts.reset("mark")
    assert shortcuts.keys("mark") == ("Ctrl+M",)
    assert kept[-1].chosen == {}
    assert not any(row.is_changed for row in shortcuts.state.rows)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("Ctrl+M", "Ctrl+M is already used for Mark this moment. Choose different keys"),
        ("ctrl+pgdn", "Ctrl+PgDn is already used for Next agenda item. Choose different keys"),
        ("Ctrl+C", "Ctrl+C is already used for Copy. Choose different keys"),
        ("m", "Use Ctrl, Alt or a function key. Single keys can clash with voice control"),
        ("Shift+M", "Use Ctrl, Alt or a function key. Single keys can clash with voice control"),
        ("Ctrl+K, Ctrl+C", "Use Ctrl, Alt or a function key. Single keys can clash with voice control"),
        ("Ctrl+Alt+M", "Ctrl+Alt keys type characters on UK keyboards. Choose different keys"),
        ("Alt+F4", "Alt+F4 belongs to this computer or to screen readers. Choose different keys"),
        ("F10", "F10 belongs to this computer or to screen readers. Choose different keys"),
        ("Ctrl+Ins", "Ctrl+Ins belongs to this computer or to screen readers. Choose different keys"),
        ("Meta+M", "Meta+M belongs to this computer or to screen readers. Choose different keys"),
    ],
)
def test_what_may_not_be_chosen_says_why_and_changes_nothing(keys: str, words: str) -> None:
    assert _why(Shortcuts(), "home", keys) == words


def test_keys_of_another_screen_may_be_chosen() -> None:
    shortcuts = Shortcuts()
    shortcuts.change("next_gap", "Ctrl+Shift+N")  # pages that add something have these, never Coverage
    assert {"new_activity", "new_visit", "next_gap"} <= set(shortcuts.named("Ctrl+Shift+N"))


def test_resetting_does_not_take_keys_from_the_command_that_was_given_them() -> None:
    shortcuts = Shortcuts()
    shortcuts.change("mark", "F12")
    shortcuts.change("home", "Ctrl+M")
    with pytest.raises(Mistake) as refused:
        shortcuts.reset("mark")
    assert sentence(refused.value) == "Ctrl+M is already used for Home. Choose different keys"
    shortcuts.reset_all()
    assert shortcuts.keys("mark") == ("Ctrl+M",)


def test_alt_with_numbers_can_be_turned_off_and_on() -> None:
    shortcuts = Shortcuts()
    shortcuts.turn_off_alt_numbers()
    assert not any(chords.is_alt_number(key) for row in shortcuts.state.rows for key in row.keys)
    assert shortcuts.keys("add_person") == ("Alt+P",)
    shortcuts.turn_on_alt_numbers()
    assert shortcuts.keys("category_1") == ("Alt+1",)


def test_keys_given_to_a_command_stay_its_own_when_a_later_version_wants_them() -> None:
    shortcuts = Shortcuts(KeptShortcuts(chosen={"home": ("Ctrl+T",), "gone_since": ("Ctrl+E",)}))
    assert shortcuts.keys("home") == ("Ctrl+T",)
    assert shortcuts.keys("tag") == ()
    assert shortcuts.kept.chosen == {"home": ("Ctrl+T",)}


_CHORDS = st.lists(st.sampled_from(["Ctrl", "Alt", "Shift", "Meta"]), unique=True, max_size=3).flatmap(
    lambda held: st.sampled_from(["A", "Q", "7", "F3", "F10", "Del", "+", "/", "Ins", "Space"]).map(
        lambda key: "+".join((*held, key))
    )
)


@given(st.lists(st.tuples(st.sampled_from([one.id for one in COMMANDS]), _CHORDS), max_size=25))
def test_however_shortcuts_are_changed_no_key_ever_means_two_things_on_one_screen(
    changes: list[tuple[str, str]],
) -> None:
    shortcuts = Shortcuts()
    for name, chord in changes:
        try:
            shortcuts.change(name, chord)
        except Mistake:
            continue
    rows = shortcuts.state.rows
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            if meet(one.command.scope, other.command.scope):
                assert not set(one.keys) & set(other.keys)
        for key in one.keys:
            chords.check(key)


@given(st.dictionaries(st.sampled_from([one.id for one in COMMANDS]), st.lists(_CHORDS, max_size=2).map(tuple)))
def test_what_was_chosen_survives_the_settings_file(chosen: dict[str, tuple[str, ...]]) -> None:
    settings = Settings(shortcuts=chosen, alt_numbers=False, window="-8 -8 1366 728 full", saved_words="full")
    assert read_settings(write_settings(settings)) == settings


def test_a_settings_file_that_somebody_broke_leaves_the_keys_as_they_came() -> None:
    assert read_settings('[shortcuts]\nmark = "Ctrl+U"\n"x y" = ["F2"]\nhome = ["F4"]').shortcuts == {"home": ("F4",)}
    assert read_settings("shortcuts = 3\nwindow = 'wide'\nalt_numbers = 1") == Settings()


def test_every_command_came_with_keys_that_may_be_chosen() -> None:
    for command in COMMANDS:
        for key in command.keys:
            assert chords.spelled(key) == key
            chords.check(key)


def test_scopes_that_share_a_screen_meet() -> None:
    assert meet(Scope.NOTES, Scope.LOG)
    assert meet(Scope.HOME, Scope.EVERYWHERE)
    assert not meet(Scope.HOME, Scope.VISIT)


@pytest.mark.parametrize("keys", ["A", "Ctrl+V", "Ctrl+Alt+Q", "nonsense", "", "Alt+F4", "F10"])
def test_keys_that_nobody_could_have_chosen_are_not_taken_from_the_file(keys: str) -> None:
    found = Shortcuts(KeptShortcuts(chosen={"note": (keys,), "mark": ("Ctrl+Shift+J",)}))
    assert found.keys("note") == Shortcuts().keys("note")
    assert found.keys("mark") == ("Ctrl+Shift+J",)


def test_no_command_of_every_screen_takes_the_key_that_goes_back() -> None:
    """Alt+B is the entrance's own (``ui.views.back_keys``), where the keys of pages are not listened to."""
    taken = [command for command in COMMANDS if "Alt+B" in command.keys]
    assert [command.id for command in taken if command.scope is Scope.EVERYWHERE] == []
