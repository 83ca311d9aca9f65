"""Taking in hand-over files from a folder: what somebody of the office does with a stick that was brought in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from central import bundles
from central.core import Core, open_core
from central.settings import Settings
from fieldkit.domain.hand_over_account import Account
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import FieldKitError, Mistake, Refusal, Trouble
from sync.wire.bundles.writing import WORKING

BUNDLE = ".fieldbundle"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """One hand-over file and its receipt file (empty where there is none to give)."""

    told: Account
    receipts: tuple[Path, ...] = ()


def take_in(
    settings: Settings, places: Sequence[Path], receipts: Path | None = None, clock: Clock | None = None
) -> list[TakenIn]:
    """Take in every hand-over file in ``places`` (files, or folders of them); receipt files go beside them.

    ``receipts``: the folder for receipt files, where they are not to lie beside. Raises ``Mistake`` with
    ``handover.no_files`` or ``handover.no_place``; what is wrong with one file is in its account.
    """
    paths = list(found(places))
    if not paths:
        raise Mistake("handover.no_files", field="places")
    with closing(open_core(settings, clock)) as core:
        done = []
        for group in _groups(core, paths):
            done.append(_take(core, group, receipts))
        return done


def found(places: Sequence[Path]) -> list[Path]:
    """The hand-over files in folders, and files as they are named. Raises ``Mistake('handover.no_place')``."""
    paths: list[Path] = []
    for place in places:
        if place.is_dir():
            paths += sorted(one for one in place.iterdir() if one.is_file() and one.suffix == BUNDLE)
        elif place.is_file() and not place.name.endswith(WORKING):
            paths.append(place)
        else:
            raise Mistake("handover.no_place", field="places", place=str(place))
    return list(dict.fromkeys(paths))


def _groups(core: Core, paths: list[Path]) -> list[list[tuple[Path, int, FieldKitError | None]]]:
    """The files, those of one bundle together and in the order of their parts, whatever they are called."""
    groups: dict[str, list[tuple[Path, int, FieldKitError | None]]] = {}
    for path in paths:
        try:
            with path.open("rb") as source:
                part, _ = bundles.open_for(core, source)
            groups.setdefault(part.head.bundle, []).append((path, part.head.part, None))
        except FieldKitError as error:
            groups[f"file {path}"] = [(path, 0, error)]
        except OSError:
            groups[f"file {path}"] = [(path, 0, Trouble("handover.stick"))]
    return [sorted(group, key=lambda one: (one[1], one[0].name)) for group in groups.values()]


def _take(core: Core, group: list[tuple[Path, int, FieldKitError | None]], receipts: Path | None) -> TakenIn:
    path, _, problem = group[0]
    if problem is not None:
        return TakenIn(
            told=Account(bundle=path.name, problems=[Refusal(problem.code, **problem.details, file=path.name)])
        )
    with path.open("rb") as source:
        part, device = bundles.open_for(core, source)
    account = bundles.begin(part)
    stem = path.name.removesuffix(BUNDLE).removesuffix(f".part{part.head.part}")
    folder = receipts or path.parent
    with bundles.answering(core, device, folder, _free(folder, stem), part.head.bundle) as answer:
        for one, _, _ in group:
            with one.open("rb") as source:
                bundles.take_part(answer, bundles.open_for(core, source)[0], account)
        bundles.finish(answer, part)
    return TakenIn(told=account, receipts=answer.writer.written)


def _free(folder: Path, stem: str) -> str:
    """A name that no receipt file has yet: an earlier one may still have to be carried back."""
    names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    return next(name for name in names if not (folder / f"{name}{bundles.SUFFIX}").exists())
