"""Makes ``resources/words/british.txt`` of a Hunspell dictionary: every form of every word, one a line.

    python -m scripts.spelling FOLDER      with index.aff, index.dic and license of npm's dictionary-en-gb

The program looks words up in that one file and needs no spelling library (docs/decisions/0130-spelling.md). A word that
is known but is never to be suggested ends in ``!``. Possessives are left out: the program takes ``'s`` off.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import resources

_SEPARATE = "!"
_POSSESSIVE = "M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to make a form of a word: take ``cut`` off, put ``add`` on, where ``fits`` matches."""

    cut: str
    add: str
    fits: re.Pattern[str]
    is_prefix: bool

    def form(self, word: str) -> str | None:
        """The word with it, or None where it does not apply."""
        if not self.fits.search(word):
            return None
        if self.is_prefix:
            return self.add + word[len(self.cut) :]
        return word[: len(word) - len(self.cut)] + self.add


def read_rules(text: str) -> dict[str, list[Rule]]:
    """The rules of each flag. Raises ``ValueError`` for a form of rule that the British dictionary has not."""
    rules: dict[str, list[Rule]] = {}
    for line in text.splitlines():
        parts = line.split()
        if not parts or parts[0] not in ("PFX", "SFX") or len(parts) < 5:
            continue
        kind, flag, cut, add, fits = parts[:5]
        if "/" in add:
            raise ValueError(f"an affix with flags of its own: {line}")
        is_prefix = kind == "PFX"
        pattern = re.compile(f"^{fits}" if is_prefix else f"{fits}$")
        made = Rule(cut="" if cut == "0" else cut, add="" if add == "0" else add, fits=pattern, is_prefix=is_prefix)
        rules.setdefault(flag, []).append(made)
    return rules


def forms(word: str, flags: str, rules: dict[str, list[Rule]]) -> set[str]:
    """The word and what its flags make of it; a prefix goes before every form that a suffix made too."""
    mine = [rule for flag in flags if flag != _POSSESSIVE for rule in rules.get(flag, [])]
    made = {word} | {form for rule in mine if not rule.is_prefix if (form := rule.form(word))}
    return made | {form for rule in mine if rule.is_prefix for one in made if (form := rule.form(one))}


def read_words(aff: str, dic: str) -> tuple[set[str], set[str]]:
    """Every form, and those among them that are never to be suggested."""
    rules = read_rules(aff)
    known: set[str] = set()
    unsaid: set[str] = set()
    for line in dic.splitlines()[1:]:
        word, _, flags = line.strip().partition("/")
        if not word or any(char.isdigit() for char in word) or "c" in flags:  # parts of ordinals
            continue
        made = {form.removesuffix("'s") for form in forms(word, flags, rules)}
        (unsaid if _SEPARATE in flags else known).update(made)
    return known | unsaid, unsaid - known


def main() -> None:
    """Write the list and its licence."""
    folder = Path(sys.argv[1])
    known, unsaid = read_words(
        (folder / "index.aff").read_text(encoding="utf-8"), (folder / "index.dic").read_text(encoding="utf-8")
    )
    lines = sorted((word + (_SEPARATE if word in unsaid else "") for word in known if word), key=str.encode)
    beside = resources.path("words")
    target = beside / "british.txt"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    licence = (folder / "license").read_text(encoding="utf-8")
    (beside / "LICENSE-british.txt").write_text(licence, encoding="utf-8")
    print(f"{len(lines)} words, {target.stat().st_size:,} bytes, {len(unsaid)} never suggested")


if __name__ == "__main__":
    main()
