"""The Tab order of every screen, written down (T07): ``python -m tests.gui.tab_orders`` writes it anew.

A change of order is a decision about how the screen is used by keys, so it is looked at in a review, not overlooked.
Two layouts are held: beside each other (100 % at 1366 pixels) and in one column (200 %).
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.gui.support.looks import Look

FILE = Path(__file__).with_name("tab_orders.json")
LAYOUTS = {"wide": Look(), "single": Look(percent=200)}


def expected_order(look: Look, part: str) -> dict[str, list[str]] | None:
    """The order in this layout; None where no order was written down for it."""
    layout = next((name for name, one in LAYOUTS.items() if (one.percent, one.size) == (look.percent, look.size)), None)
    return None if layout is None else _orders()[layout][part]


@cache
def _orders() -> dict[str, dict[str, dict[str, list[str]]]]:
    orders: dict[str, dict[str, dict[str, list[str]]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return orders


def main(*only: str) -> int:
    """Walk through both layouts and write what Tab does: in the parts that are named, or in all of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.gui.stage import Stage
    from tests.gui.support.inspector import Inspector
    from tests.gui.tour import PARTS
    from tests.support.vaults import quick_keys
    from ui.launch.application import make_application

    app = make_application(["tab_orders"])
    orders = _orders() if only else {}
    for layout, look in LAYOUTS.items():
        for name, part in PARTS.items():
            if only and name not in only:
                continue
            with tempfile.TemporaryDirectory(prefix="fieldkit-tab-") as folder, quick_keys():
                part.prepare(Path(folder))
                with Stage(Path(folder)) as stage:
                    inspector = Inspector(stage, look)
                    part.walk(inspector)
            orders.setdefault(layout, {})[name] = inspector.orders
    FILE.write_text(json.dumps(orders, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
