"""The words in a form that somebody types: where they were pasted from, and open to find and replace."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from fieldkit.capture.pasting import origin_of
from fieldkit.capture.replacing import Edits, changed
from fieldkit.capture.spans import Span
from fieldkit.kernel.topic import Topic
from ui.presenters.open_texts import OpenText, form_words

Pastes = tuple[tuple[str, str], ...]
"""Source and words of each, as in ``TypedLine``."""


class Field(Protocol):
    """A field that words are typed into."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    def is_shown(self, values: Mapping[str, str]) -> bool: ...


class Filled(Protocol):
    """A form, as far as its words go."""

    place: str

    @property
    def values(self) -> Mapping[str, str]: ...
    @property
    def is_saving(self) -> bool: ...
    @property
    def written(self) -> Sequence[Field]: ...
    def is_begun(self, name: str) -> bool: ...
    def put(self, name: str, text: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """Find and replace changed a field: what the view does to its text, so that the caret stays."""

    name: str
    made: Edits


class Pasted:
    """What came into which field by the clipboard, until the field is empty."""

    def __init__(self) -> None:
        self._found: dict[str, Pastes] = {}

    def add(self, name: str, source: str, words: str) -> None:
        """``words`` of the field came from ``source``."""
        if words.strip():
            self._found[name] = (*self._found.get(name, ()), (source, words))

    def forget(self, name: str) -> None:
        """Nothing of it is left."""
        self._found.pop(name, None)

    def keep(self, names: Iterable[str]) -> None:
        """Only what is in these fields stands in the form any more."""
        wanted = set(names)
        self._found = {name: found for name, found in self._found.items() if name in wanted}

    def origin(self, values: Mapping[str, str], names: Iterable[str]) -> str:
        """What a note made of these fields says of where its words came from."""
        fields = [name for name in names if values.get(name, "").strip()]
        return origin_of(self.of(fields), "\n".join(values[name] for name in fields))

    def of(self, names: Iterable[str]) -> Pastes:
        """What came into these fields."""
        return tuple(one for name in names for one in self._found.get(name, ()))

    def extra(self, labels: Mapping[str, str]) -> str:
        """For the draft: which fields hold words, so that they can be found in it, and what was pasted."""
        return json.dumps({"words": dict(labels), "pasted": self._found}, ensure_ascii=False)

    def read(self, extra: str) -> None:
        """``extra`` back; that of an earlier version says nothing."""
        try:
            for name, found in json.loads(extra).get("pasted", {}).items():
                for source, words in found:
                    self.add(str(name), str(source), str(words))
        except (ValueError, TypeError, AttributeError):
            return


class FormTexts:
    """The fields of one form, for find and replace. ``replaced`` and ``pointed`` tell its view."""

    def __init__(self, form: Filled) -> None:
        self._form = form
        self.replaced: Topic[Replaced] = Topic()
        self.pointed: Topic[tuple[str, Span]] = Topic()

    def open_texts(self) -> list[OpenText]:
        """What was written into fields that are shown; what the form began with is nobody's draft."""
        form = self._form
        values, where = form.values, form_words(form.place)
        return [
            OpenText(
                place=form.place, part=one.name, text=values[one.name], where=where, label=one.label,
                change=None if form.is_saving else self._changing(one), point=self._pointing(one),
            )
            for one in form.written
            if one.is_shown(values) and form.is_begun(one.name)
        ]  # fmt: skip

    def _changing(self, one: Field) -> Callable[[Edits], None]:
        def change(made: Edits) -> None:
            fresh = changed(self._form.values[one.name], made)
            self.replaced.tell(Replaced(name=one.name, made=made))  # a view hands each key back by itself
            self._form.put(one.name, fresh)

        return change

    def _pointing(self, one: Field) -> Callable[[Span], None]:
        return lambda span: self.pointed.tell((one.name, span))
