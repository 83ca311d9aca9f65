"""Figures for Prometheus, told on a port of their own: the one door to prometheus-client.

Nothing in them is about anybody: counts, sizes and durations by the name of a route. Where several processes answer,
each writes its counts to a folder and the one that minds them adds them up, so it does not matter which was asked.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIServer

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from central import tables
from central.core import free_bytes
from central.database import Database
from central.running_tables import ringing
from central.settings import Settings
from fieldkit.kernel.errors import Trouble

FOLDER = "figures"
"""Below the store's folder: what processes count, made anew at each start."""
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""prometheus-client's own name for it; to be set before this module is first imported in any process."""
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class RequestFigures:
    """See ``central.figures.Figures``."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        labels = ("route", "status")
        self._requests = Counter("fieldkit_requests", "Requests answered.", labels, registry=registry)
        self._seconds = Histogram(
            "fieldkit_request_seconds", "Seconds from the head of a request to the last byte of its answer.",
            ("route",), buckets=_BUCKETS, registry=registry,
        )  # fmt: skip
        self._taken = Counter("fieldkit_taken_bytes", "Bytes of requests' bodies.", ("route",), registry=registry)
        self._given = Counter("fieldkit_given_bytes", "Bytes of answers' bodies.", ("route",), registry=registry)
        self._busy = Gauge(
            "fieldkit_pool_busy", "Connections to the database in use.", registry=registry,
            multiprocess_mode="livesum",
        )  # fmt: skip

    def answered(self, route: str, status: int, seconds: float, taken: int, given: int, busy: int) -> None:
        """Count a request."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        self._taken.labels(route).inc(taken)
        self._given.labels(route).inc(given)
        self._busy.set(busy)


class StoreFigures(Collector):
    """What the database knows, read when somebody asks."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    def collect(self) -> Iterable[Metric]:
        """The figures; where the database does not answer only ``fieldkit_database_up`` 0."""
        try:
            with self._database.read() as connection:
                row = connection.execute(_FIGURES).one()._mapping
        except (sa.exc.DBAPIError, sa.exc.TimeoutError):
            yield GaugeMetricFamily("fieldkit_database_up", "Whether the database answers.", 0)
            return
        yield GaugeMetricFamily("fieldkit_database_up", "Whether the database answers.", 1)
        for name, (meaning, _) in _OF_STORE.items():
            yield GaugeMetricFamily(f"fieldkit_{name}", meaning, row[name])
        free = free_bytes(self._settings.folder)
        yield GaugeMetricFamily("fieldkit_disk_free_bytes", "Bytes free on the disk of the store's folder.", free)


class Telling:
    """The port on which figures are told; ``stop`` ends it."""

    def __init__(self, server: WSGIServer, thread: Thread, database: Database) -> None:
        self._server, self._thread, self._database = server, thread, database
        self.port = server.server_port

    def stop(self) -> None:
        """Tell no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._database.close()


def gather_from_processes(settings: Settings) -> Path:
    """Before processes start: an empty folder for what they count, and its name told to them."""
    folder = settings.folder / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    os.environ[VARIABLE] = str(folder)
    return folder


def tell(settings: Settings, registry: CollectorRegistry) -> Telling:
    """Tell ``registry`` and the store's own figures on the settings' port. Raises ``Trouble('central.port')``."""
    database = Database(settings.url, 1, settings.walls.word)
    registry.register(StoreFigures(settings, database))
    running = settings.running
    try:
        server, thread = start_http_server(running.metrics_port, running.metrics_host, registry)
    except OSError as error:
        database.close()
        raise Trouble("central.port", host=running.metrics_host, port=running.metrics_port) from error
    return Telling(server, thread, database)


def registry_of_processes(folder: Path) -> CollectorRegistry:
    """What all processes together counted."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    return registry


_store, _quarantine, _ringing = tables.store.c, tables.quarantine.c, ringing.c
_OF_STORE: dict[str, tuple[str, sa.ColumnElement[int]]] = {
    "log_number": ("Number of the last revision kept.", sa.select(_store.number).scalar_subquery()),
    "proved_number": ("Up to which signatures are checked.", sa.select(tables.proving.c.upto).scalar_subquery()),
    "epochs": ("Epochs begun; more than one means that a backup was put back.",
               sa.select(sa.func.count(tables.epoch.c.id)).scalar_subquery()),
    "waiting": ("Revisions that wait for a person to let them in.",
                sa.select(sa.func.count()).where(_quarantine.released_as.is_(None)).scalar_subquery()),
    "alarms": ("Things the office should know.", sa.select(sa.func.count(tables.alarm.c.id)).scalar_subquery()),
    "laptops": ("Laptops that may read and hand in.",
                sa.select(sa.func.count()).where(tables.device.c.status == "active").scalar_subquery()),
    "webhooks_waiting": ("Calls of webhooks that are still to be answered.",
                         sa.select(sa.func.count()).where(_ringing.next_at.is_not(None)).scalar_subquery()),
    "uploads_open": ("Files that are on their way.",
                     sa.select(sa.func.count()).where(tables.upload.c.reached < tables.upload.c.size)
                     .scalar_subquery()),
    "files": ("Files that are here whole.", sa.select(sa.func.count()).select_from(tables.file).scalar_subquery()),
}  # fmt: skip
_FIGURES = sa.select(*(column.label(name) for name, (_, column) in _OF_STORE.items()))
