"""The packs that came with the program, found by id and version and pinned by the digest of their bytes.

An assessment keeps id, version and digest, so two laptops can never judge the same evidence by two texts
of one version. Only the index (JSON) is read to list packs; YAML is imported when a pack is loaded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import Mistake, Trouble

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

INDEX: Final = "published.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRef:
    """A published pack as the index lists it, without reading it. ``subject`` is the kind of body it is for."""

    id: str
    version: str
    title: str
    subject: str
    digest: str


class Library:
    """Published packs under one folder: ``<id>/<version>/*.yaml`` and the index of their digests.

    A pack once loaded is kept, because a framework never changes; its worked examples run in the tests and in
    ``check``, not at every start. Ids and versions are looked up in the index and never joined to a path
    unseen: they may come from another person's laptop.
    """

    def __init__(self, root: Traversable | None = None) -> None:
        self._root = root
        self._index: dict[tuple[str, str], PackRef] | None = None
        self._loaded: dict[tuple[str, str], Framework] = {}

    def available(self) -> tuple[PackRef, ...]:
        """The published packs in the index's order. Raises ``Trouble`` ``pack.index_damaged``."""
        return tuple(self._read_index().values())

    def latest(self, subject: str) -> PackRef | None:
        """The last published pack for a kind of subject (``local_authority``), or None."""
        found = [ref for ref in self.available() if ref.subject == subject]
        return found[-1] if found else None

    def load(self, pack_id: str, version: str, digest: str | None = None) -> Framework:
        """The framework with this id and version and, if given, exactly this digest.

        Raises ``Mistake`` ``pack.unknown`` (not in this program), ``Trouble`` ``pack.digest_differs`` (this
        program has other bytes under that version), ``Trouble`` ``pack.damaged`` (the installed files are
        not those that were published) and ``Mistake`` ``pack.wrong``.
        """
        key = (pack_id, version)
        ref = self._read_index().get(key)
        if ref is None:
            raise Mistake("pack.unknown", pack=pack_id, version=version)
        if digest is not None and digest != ref.digest:
            raise Trouble(
                "pack.digest_differs", pack=pack_id, version=version, wanted=digest[:12], found=ref.digest[:12]
            )
        if key not in self._loaded:
            self._loaded[key] = self._read(ref)
        return self._loaded[key]

    def _read(self, ref: PackRef) -> Framework:
        from fieldkit.frameworks.files import digest_of, gather
        from fieldkit.frameworks.problems import Report
        from fieldkit.frameworks.reader import read_files, wrong_pack

        report = Report()
        files = gather(self._folder() / ref.id / ref.version, report)
        if files is None or digest_of(files) != ref.digest:
            raise Trouble("pack.damaged", pack=ref.id, version=ref.version)
        framework = read_files(files, report, are_proven=True)
        if framework is None or report:
            raise wrong_pack(f"{ref.id}/{ref.version}", report)
        return framework

    def _read_index(self) -> dict[tuple[str, str], PackRef]:
        if self._index is None:
            try:
                raw = json.loads((self._folder() / INDEX).read_text("utf-8"))
                refs = [PackRef(**one) for one in raw["packs"]]
            except (OSError, ValueError, KeyError, TypeError) as wrong:
                raise Trouble("pack.index_damaged") from wrong
            self._index = {(ref.id, ref.version): ref for ref in refs}
        return self._index

    def _folder(self) -> Traversable:
        if self._root is None:
            self._root = built_in()
        return self._root


def built_in() -> Traversable:
    """The folder of packs that came with the program, from a checkout, a wheel or a frozen bundle alike."""
    from importlib.resources import files

    import resources  # by name and not as text, so that a frozen bundle's search for imports finds it

    return files(resources) / "frameworks"
