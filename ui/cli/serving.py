"""What the command line says over a store's settings when it is served."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake

if TYPE_CHECKING:
    from central.settings import Settings


def chosen(settings: Settings, options: argparse.Namespace) -> Settings:
    """The settings of the store with what the command line says over them."""
    names = ("processes", "metrics_port", "metrics_host", "trusted_proxies")
    given: dict[str, Any] = {name: value for name in names if (value := getattr(options, name)) is not None}
    if options.logs is not None:
        given["logs"] = "" if options.logs == "none" else options.logs
    if given.get("processes", 1) < 1:
        raise Mistake("cli.value", what="--processes", given=given["processes"])
    return replace(settings, running=replace(settings.running, **given))
