"""Which names of a pack mean what, so that a clash or a dangling reference is found where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from fieldkit.frameworks.fields import Fields


class Names:
    """The names of one kind of thing (statements, categories, bands), each with its owner and line.

    ``is_whole`` turns false when the file that declares them could not be read: references to them are then
    not judged, because every one would be a second problem for the same cause.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.is_whole = True
        self._owners: dict[str, tuple[str, int]] = {}
        self.ids: list[str] = []

    def declare(self, fields: Fields, id: str, names: Iterable[str] = ()) -> None:
        """Enter a thing under its id and every name that finds it; names already taken are problems."""
        if id:
            self.ids.append(id)
        taken = set()
        for name in filter(None, (id, *names)):
            owner, line = self._owners.get(name, ("", 0))
            if owner and name not in taken:
                code = "name.again" if name == owner == id else "name.twice"
                fields.report.add(fields.file, fields.line, code, name=name, other=owner, line=line, kind=self.kind)
            elif not owner:
                self._owners[name] = (id or name, fields.line)
            taken.add(name)

    def refer(self, fields: Fields, key: str, id: str) -> str:
        """An id as it is used at ``key``; one that nothing declares is a problem."""
        if id and self.is_whole and id not in self.ids:
            fields.wrong(key, "reference.unknown", kind=self.kind, name=id)
        return id
