"""What is wrong in a pack, as file, line and sentence, gathered so that an author sees everything at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldkit.frameworks.sentences import SENTENCES


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing that is wrong: the file inside the pack, its line (from 1; 0 = the whole file) and why."""

    file: str
    line: int
    sentence: str
    code: str = field(compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}" if self.line else f"{self.file}: {self.sentence}"


class Report:
    """Collects problems while a pack is read. A pack with one problem is not used at all."""

    LONGEST = 200
    """Enough to repair a pack by, and a limit for a file made to fill the memory."""

    def __init__(self) -> None:
        self._problems: dict[Problem, None] = {}

    def __bool__(self) -> bool:
        return bool(self._problems)

    def add(self, file: str, line: int, code: str, /, **details: object) -> None:
        """Note a problem; ``code`` names its sentence in ``sentences``. The same one twice counts once."""
        if len(self._problems) < self.LONGEST:
            shown = {key: _short(value) for key, value in details.items()}
            sentence = SENTENCES[code].format_map(shown)
            self._problems[Problem(file=file, line=line, sentence=sentence, code=code)] = None

    def tells_of(self, file: str) -> bool:
        """Whether anything has been noted about this file."""
        return any(problem.file == file for problem in self._problems)

    def problems(self) -> tuple[Problem, ...]:
        """Everything found, by file and line."""
        return tuple(sorted(self._problems))


def _short(value: object) -> str:
    """A value as a sentence shows it: printable and no longer than a line."""
    text = "".join(char if char.isprintable() else "�" for char in str(value))
    return text if len(text) <= 120 else text[:119] + "…"
