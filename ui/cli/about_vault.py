"""``fieldkit vault …``: create, look at, prove, repair, back up, get back into."""

from __future__ import annotations

from ui.cli import about_law, keeping, purging, wiping
from ui.cli.parser import Commands, add, group, with_vault


def add_to(commands: Commands) -> None:
    """Add the group."""
    vault = group(commands, "vault", "The encrypted vault on this laptop", "fieldkit vault info")
    _add_create(vault)
    with_vault(add(vault, "info", "Say what the vault holds", keeping.info, examples="fieldkit vault info --json"))
    with_vault(
        add(
            vault, "unlock-check", "Check that the passphrase opens the vault", keeping.unlock_check,
            examples="fieldkit vault unlock-check --passphrase-file /run/secrets/vault && echo it opens",
        )
    )  # fmt: skip
    with_vault(
        add(
            vault, "verify", "Prove the log: chain, signatures, digests, receipts, and tables equal to a rebuild",
            keeping.verify, more="Ends with 1 and names each thing that is wrong.", examples="fieldkit vault verify",
        )
    )  # fmt: skip
    with_vault(
        add(
            vault, "rebuild", "Compute every table again from the log", keeping.rebuild,
            more="Loses nothing: the log is the only truth.", examples="fieldkit vault rebuild",
        )
    )  # fmt: skip
    with_vault(
        add(
            vault,
            "backup",
            "Make a dated encrypted backup and prove it",
            keeping.backup,
            examples="fieldkit vault backup",
        )
    )
    restore_parser = with_vault(
        add(
            vault, "restore", "Go back to a backup, keeping whatever can still be read of the vault that is there",
            keeping.restore,
            more="Nothing is deleted: the vault that is there is moved aside. Without FILE, the newest of its backups.",
            examples="fieldkit vault restore",
        )
    )  # fmt: skip
    restore_parser.add_argument("file", nargs="?", metavar="FILE", help="a backup, ending .db, with its .key beside it")
    about_law.add_to_vault(vault)
    _add_keys(vault)
    _add_wipe(vault)
    _add_purge(vault)


def _add_create(vault: Commands) -> None:
    create_parser = with_vault(
        add(
            vault, "create", "Create a vault", keeping.create,
            more="The recovery key is shown once. With --sheet it is written to a page for printing instead.",
            examples="""fieldkit vault create
            fieldkit vault create --name "A. Lead" --initials AL --sheet recovery.pdf
            fieldkit vault create --vault /media/stick/vault --name "A. Lead" --initials AL""",
        )
    )  # fmt: skip
    create_parser.add_argument("--name", help="your name, as your team knows you; asked for if not given")
    create_parser.add_argument("--initials", help="asked for if not given")
    create_parser.add_argument(
        "--sheet", metavar="FILE", help="write the recovery sheet to FILE (.pdf, .html or .txt) and do not show the key"
    )


def _add_keys(vault: Commands) -> None:
    recover_parser = with_vault(
        add(
            vault, "recover", "Open the vault with the recovery key and set a new passphrase", keeping.recover,
            more="--passphrase-file and FIELDKIT_PASSPHRASE give the new passphrase here.",
            examples="fieldkit vault recover",
        )
    )  # fmt: skip
    recover_parser.add_argument("--recovery-key-file", metavar="FILE", help="read the recovery key from FILE")
    change_parser = with_vault(
        add(
            vault, "passphrase", "Change the passphrase", keeping.change_passphrase,
            more="FIELDKIT_NEW_PASSPHRASE gives the new one too.", examples="fieldkit vault passphrase",
        )
    )  # fmt: skip
    change_parser.add_argument("--new-passphrase-file", metavar="FILE", help="read the new passphrase from FILE")


def _add_purge(vault: Commands) -> None:
    purge = with_vault(
        add(
            vault, "purge", "Remove words and files of closed visits that the office has, as its policy says",
            purging.purge,
            more="Only what has a verified receipt goes, and only while the central store agrees on all of it. Proofs\n"
            "stay, and what went can be read from the office again. It also happens by itself after a sending.",
            examples="""fieldkit vault purge --dry-run
            fieldkit vault purge --again "Visit 1\"""",
        )
    )  # fmt: skip
    purge.add_argument("--dry-run", action="store_true", help="say what would go and when; remove nothing")
    purge.add_argument("--again", metavar="VISIT", help="read what was removed of this visit from the office again")


def _add_wipe(vault: Commands) -> None:
    wipe = with_vault(
        add(
            vault, "wipe", "Erase a vault that was handed in, after saving its wipe certificate", wiping.wipe,
            more="Refused while anything in it has no verified receipt. The word ERASE is asked for, or given with"
            " --confirm. The certificate must lie outside the vault.",
            examples="fieldkit vault wipe --certificate wipe.pdf\nfieldkit vault wipe --look",
        )
    )  # fmt: skip
    wipe.add_argument("--certificate", metavar="FILE", help="where to save it (.pdf, .html or .txt)")
    wipe.add_argument("--confirm", metavar="ERASE", default=None, help="the word ERASE, where nobody can be asked")
    wipe.add_argument(
        "--boxes", action="store_true", help="what lies under passphrases of its own (names, disclosures) goes too"
    )
    wipe.add_argument(
        "--asked", action="store_true", help="your office asked for it: no ERASE is typed; still only once all is there"
    )
    wipe.add_argument("--look", action="store_true", help="tell what stands in the way and erase nothing")
