"""``fieldkit central …``: running a store for years: migrate, back up, report, audit, tell others."""

from __future__ import annotations

import argparse

from ui.cli import running
from ui.cli.parser import Commands, add, group


def add_to(central: Commands) -> None:
    """Add the commands."""
    _store(
        add(
            central, "migrate", "Bring the store’s tables up to date with this FieldKit", running.migrate,
            more="Make a backup first. Servers that are running go on; start them anew afterwards.",
            examples="fieldkit central migrate office",
        )
    )  # fmt: skip
    _add_backups(central)
    _store(
        add(
            central, "report", "Check the store and print what is worth keeping beside its backups", running.report,
            more="Reads the whole log: the chain, the audit, what waits. Ends with 1 where something is wrong.",
            examples="fieldkit central report office",
        )
    )  # fmt: skip
    _add_audit(central)
    _add_webhooks(central)


def serving(parser: argparse.ArgumentParser) -> None:
    """What ``serve`` may be told; it comes before what the settings file says."""
    parser.add_argument("--processes", type=int, metavar="N", help="that answer; more than one needs PostgreSQL")
    parser.add_argument("--metrics-port", type=int, metavar="PORT", help="tell figures for Prometheus there")
    parser.add_argument("--metrics-host", metavar="ADDRESS", help="… on this address (default 127.0.0.1)")
    parser.add_argument("--trusted-proxies", metavar="LIST", help="believed on who asks (default 127.0.0.1)")
    parser.add_argument("--logs", choices=("json", "none"), help="one line of JSON for each event, on standard error")


def _add_backups(central: Commands) -> None:
    backup = _store(
        add(
            central, "backup", "Write a backup of database and files into a new folder, and check it", running.backup,
            more="The store may be serving. The backup holds its signing key: keep it as you keep the store.",
            examples="""fieldkit central backup office /backups/2026-11-30
            fieldkit central backup office /backups/2026-11-30 --files""",
        )
    )  # fmt: skip
    backup.add_argument(
        "--files", action="store_true", help="copy along what lies with an S3 service; else it is listed"
    )
    backup.add_argument("target", metavar="FOLDER", help="a folder that is not there yet")
    check = add(
        central, "check-backup", "Read a backup back, piece by piece", running.check_backup,
        examples="""fieldkit central check-backup /backups/2026-11-30
        fieldkit central check-backup /backups/2026-11-30 --elsewhere""",
    )  # fmt: skip
    check.add_argument("--elsewhere", action="store_true", help="look for the files that are only listed, too")
    check.add_argument("backup", metavar="FOLDER")
    restore = _store(
        add(
            central, "restore", "Put a backup into an empty place", running.restore,
            more="Then serve it: laptops find out by themselves and bring what it lacks.",
            examples="""fieldkit central restore office --from /backups/2026-11-30
            fieldkit central restore office --from /backups/2026-11-30 --database -""",
        )
    )  # fmt: skip
    restore.add_argument("--from", dest="backup", required=True, metavar="FOLDER")
    restore.add_argument("--database", default="", metavar="URL", help="- reads it from FIELDKIT_DATABASE_URL")


def _add_audit(central: Commands) -> None:
    audit = group(central, "audit", "Who did or looked at what", "fieldkit central audit list office")
    listed = _store(
        add(
            audit, "list", "Show it, the newest last", running.audit_list, examples="fieldkit central audit list office"
        )
    )
    listed.add_argument("--after", type=int, default=0, metavar="NUMBER", help="only lines after this one")
    _store(
        add(
            audit, "verify", "Prove that no line was changed or taken out", running.audit_verify,
            more="Compare the head it prints with the one in your last report: lines cut off the end show there.",
            examples="fieldkit central audit verify office",
        )
    )  # fmt: skip
    export = _store(
        add(
            audit, "export", "Write it as lines of JSON, closed by its signed head", running.audit_export,
            examples="fieldkit central audit export office --to audit.jsonl",
        )
    )  # fmt: skip
    export.add_argument("--to", required=True, metavar="FILE", help="a file that is not there yet")


def _add_webhooks(central: Commands) -> None:
    hooks = group(
        central, "webhook", "Tell other systems when something urgent comes", "fieldkit central webhook list office"
    )
    made = _store(
        add(
            hooks, "add", "Tell an address from now on", running.webhook_add,
            more="It hears ids and times, nothing about anybody. The secret for checking signatures is shown once.",
            examples='fieldkit central webhook add office "Duty desk" https://desk.example/urgent',
        )
    )  # fmt: skip
    made.add_argument("name", metavar="NAME")
    made.add_argument("url", metavar="URL", help="https://…")
    _store(add(hooks, "list", "Show them", running.webhook_list, examples="fieldkit central webhook list office"))
    for name, summary, run in (
        ("test", "Tell one of them something that says it is a test", running.webhook_test),
        ("remove", "Tell one of them no more", running.webhook_remove),
    ):
        parser = _store(add(hooks, name, summary, run, examples=f'fieldkit central webhook {name} office "Duty desk"'))
        parser.add_argument("name", metavar="NAME")


def _store(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("store", metavar="DIR", help="the store’s folder")
    return parser
