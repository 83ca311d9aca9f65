"""``fieldkit central files …``: where the files of attachments lie at the office."""

from __future__ import annotations

import argparse

from ui.cli import placing
from ui.cli.parser import Commands, add, group

_KEYS = (
    "A key is read from FIELDKIT_FILES_KEY and FIELDKIT_FILES_SECRET, or from files_key and files_secret in the"
    " store’s central.toml, which nobody else may read then. Neither is ever shown."
)


def add_to(central: Commands) -> None:
    """Add the group."""
    files = group(
        central, "files", "Where files of attachments lie: choose, move, check", "fieldkit central files check office"
    )
    use = add(
        files, "use", "Choose where files go from now on", placing.use,
        more=f"folder, or s3://bucket/prefix of any S3 service. The place is tried first. {_KEYS} Start the store again"
        " afterwards. What lies in the folder is found there until it is moved.",
        examples="""fieldkit central files use office s3://evidence/fieldkit --endpoint https://s3.example.org
        fieldkit central files use office folder""",
    )  # fmt: skip
    _store(use)
    use.add_argument("place", metavar="PLACE", help="folder, or s3://bucket/prefix")
    use.add_argument("--endpoint", default="", metavar="URL", help="address of the S3 service (default Amazon’s)")
    use.add_argument("--region", default="us-east-1", metavar="NAME", help="default us-east-1")
    _store(
        add(
            files, "move", "Move what lies in the folder to the chosen place", placing.move,
            more="Each file is hashed on its way and deleted here when it lies there. The store may be running, and the"
            " command may be broken off and begun again.",
            examples="fieldkit central files move office",
        )
    )  # fmt: skip
    back = add(
        files, "move-back", "Move what lies in the chosen place back into the store’s folder", placing.move_back,
        more="Each file is hashed on its way and deleted there when it is durable here. The command may be broken off"
        " and begun again. To give the place up: stop the store, move back, choose the folder, start it.",
        examples="""fieldkit central files move-back office
        fieldkit central files move-back office --keep""",
    )  # fmt: skip
    _store(back)
    back.add_argument("--keep", action="store_true", help="copy: nothing is deleted there")
    check = add(
        files, "check", "Read every file again and compare it with its hash", placing.check,
        more="Ends with 1 where one is missing or changed. Nothing is deleted.",
        examples="""fieldkit central files check office
        fieldkit central files check office --quick""",
    )  # fmt: skip
    _store(check)
    check.add_argument("--quick", action="store_true", help="compare sizes only")


def _store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", metavar="STORE", help="the store’s folder")
