"""Who may import whom (pyproject.toml, tool.importlinter), and what importing a part may cost."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.tree import ROOT, python_files

_IMPORT_ALL = """
import importlib, sys
for module in sys.argv[1].split(","):
    importlib.import_module(module)
print(",".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def _modules(package: str) -> list[str]:
    paths = [path.relative_to(ROOT).with_suffix("") for path in python_files(package)]
    return [".".join(p.parts).removesuffix(".__init__") for p in paths if p.name != "__main__"]


def _loaded_by(modules: list[str]) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALL, ",".join(modules)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.strip().split(","))


def test_the_import_contracts_hold() -> None:
    """In a process of its own: the linter configures logging and thereby silences every logger there is."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("package", "never"),
    [
        ("ui/presenters", {"PySide6", "shiboken6", "sqlalchemy", "storage", "sync", "central"}),
        ("fieldkit", {"PySide6", "sqlalchemy", "pydantic", "httpx2", "sqlcipher3", "storage", "sync", "central", "ui"}),
        ("sync/wire", {"PySide6", "sqlalchemy", "httpx2", "storage", "central", "ui"}),
        ("ui/qt", {"sqlalchemy", "reportlab", "pydantic", "httpx2", "sqlcipher3", "cryptography", "storage", "sync"}),
        ("ui/widgets", {"sqlalchemy", "reportlab", "pydantic", "httpx2", "sqlcipher3", "storage", "sync"}),
    ],
)
def test_importing_every_module_of_a_part_loads_nothing_foreign(package: str, never: set[str]) -> None:
    assert _loaded_by(_modules(package)) & never == set()


def test_importing_the_core_loads_neither_reportlab_nor_cryptography() -> None:
    modules = [module for module in _modules("fieldkit") if not module.startswith("fieldkit.reports")]
    assert _loaded_by(modules) & {"reportlab", "cryptography"} == set()
