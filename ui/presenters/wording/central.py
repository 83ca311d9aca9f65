"""Sentences for notes that the office keeps apart, and for the person who runs the central store.

What the store answers to a laptop's request is worded in ``sync``.
"""

from __future__ import annotations

SET_ASIDE = {
    "quarantine.not_member": (
        "Kept safe at the office: you are not on the team of this assessment, or your role there hands nothing in. Ask"
        " its lead"
    ),
    "quarantine.device_revoked": "Kept safe at the office for a person to look at: this laptop was stopped",
    "quarantine.device_unknown": "Kept safe at the office, but it was made on a laptop that is not enrolled there",
    "quarantine.author_foreign": "Kept safe at the office, but it names a person who does not use that laptop",
    "quarantine.collision": "Kept safe at the office, but another record has its number. Tell IT",
}
"""Why a note waits at the office: ``quarantine.`` and the code of its receipt."""

OFFICE = {
    "central.policy": "This cannot be decided: {reason}. Nothing was changed",
    "central.no_store": "There is no central store in {folder}. Make one first: fieldkit central init",
    "central.settings": "The settings in {file} did not read as they should. Restore them, or make a new store",
    "central.exists": "There is a central store in {folder} already. Nothing was changed",
    "central.no_office": "Enter the name of your office",
    "central.no_name": "Enter the name of the person",
    "central.no_reason": "Enter why this content is to be destroyed",
    "central.adviser_key": "‘{name}’ is a specialist adviser: what is allotted to them is on their laptop. No key",
    "central.adviser_reads": (
        "‘{name}’ is a specialist adviser: what is allotted to them is on their laptop. Nothing was read"
    ),
    "central.person_unknown": "The store knows nobody called ‘{name}’. Invite them first",
    "central.last_lead": "{name} is the only lead of this assessment. Make somebody else lead first",
    "central.owner_needed": (
        "This needs the database’s owner, and the settings do not say how to reach it. Run it where owner_url is set"
    ),
    "central.wall_database": "A second wall needs two roles of one PostgreSQL database. Nothing was changed",
    "central.wall_role": (
        "The store cannot work under the database role {role}: {reason}. Name one that owns nothing and is no superuser"
    ),
    "central.wall_missing": (
        "There is no database role {role}, and the owner may not make one. Ask whoever runs the database for it"
    ),
    "central.wall_does_not_hold": (
        "The database still shows that role what it should not. The store goes on as before: check its roles"
    ),
    "central.device": "The store knows no laptop {device}. Choose one of those listed by fieldkit central show",
    "central.revision": "{revision} is not the id of a revision, which looks like 0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e",
    "central.role": "Role must be one of {roles}",
    "central.assessment_unknown": (
        "The store knows no assessment {assessment}. It appears when its lead first sends something of it"
    ),
    "central.files_place": "{place} is no place for files. Write s3://bucket/prefix, or folder for the store’s own",
    "central.files_endpoint": (
        "{endpoint} is not a protected address of an S3 service. Write https:// and its name; http is for this machine"
    ),
    "central.files_folder": (
        "The files of this store lie in its folder. Choose another place first: fieldkit central files use"
    ),
    "central.files_elsewhere": (
        "There are files in {place}, and they would not be found any more. Nothing was changed. Move them back first: "
        "fieldkit central files move-back"
    ),
    "central.files_room": (
        "There are {free} GB free on this disk, and {wanted} are needed. Nothing was moved. Make room, or use another "
        "disk"
    ),
    "central.files_key": (
        "{place} did not take the key. Nothing was changed. Check FIELDKIT_FILES_KEY and FIELDKIT_FILES_SECRET, or "
        "files_key and files_secret in central.toml"
    ),
    "central.files_bucket": "There is no bucket for {place}. Nothing was changed. Make it first, or check its name",
    "central.settings_open": (
        "{file} holds a secret key, and others on this machine may read it. Nothing was started. Allow only its owner: "
        "chmod 600 {file}"
    ),
    "central.store_newer": (
        "This store was opened by a later FieldKit ({version}). Nothing was changed. Update FieldKit on this machine"
    ),
    "central.held": "A legal hold stands on {what}. Nothing was erased. Look at: fieldkit central hold list",
    "central.webhook_url": (
        "The address of a webhook begins with https:// (http:// only for this very machine) and holds no password"
    ),
    "central.webhook_known": "There is a webhook called ‘{name}’ already. Remove it first, or choose another name",
    "central.webhook_unknown": "There is no webhook called ‘{name}’. Look at: fieldkit central webhook list",
    "central.retention_class": "Months must be from 1 to 1,200, and a class must have a name",
    "central.retention_unknown": "There is no class called ‘{name}’. Look at: fieldkit central retention show",
    "central.retention_day": "{day} is not a day such as 2026-11-30",
    "central.backup_exists": "{folder} is there already. Nothing was written. Choose another name",
    "central.backup_tool": "{tool} was not found on this machine. Install PostgreSQL’s client programs",
    "central.backup_failed": "The backup was not made: {tool} said so. Nothing that was there was changed",
    "central.backup_file": (
        "File {sha256} in {place} is not what its name says. No backup was made. Look at: fieldkit central files check"
    ),
    "central.backup_damaged": "This backup is not whole: {what}. Use another one",
    "central.restore_target": "There is a store in {folder}, or its database is not empty. Restore into an empty place",
    "central.no_hold": "No hold {hold} stands. Look at: fieldkit central hold list",
    "central.store_older": (
        "The tables of this store are of an earlier FieldKit ({version}). Nothing was changed."
        " Make a backup, then run: fieldkit central migrate"
    ),
    "central.one_process": "SQLite serves one process. Use PostgreSQL for {field}, or leave it at 1",
    "central.database": "The database did not answer. Nothing was changed. Check its address and that it is running",
    "central.database_url": "The address of the database must start with sqlite:/// or postgresql://",
    "central.port": "Port {port} on {host} is in use, or may not be used. Choose another port",
    "central.not_started": "The central store did not start within ten seconds. Nothing was changed. Try again",
}
"""For the person who runs the store."""

ERASED = {
    "erased.overwritten": (
        "The store’s database has written over the words: no file of it holds them. Backups made before hold them"
        " until you delete them"
    ),
    "erased.later": (
        "The store shows the words to nobody. PostgreSQL’s files hold their bytes until it uses their place again: to"
        " get them out now, give the same command with --off-disk. Backups made before hold them until you delete them"
    ),
    "erased.rewritten": (
        "The table was written anew, and its files hold the words no more. What no store can promise: PostgreSQL’s"
        " write-ahead log (pg_wal) until it is used again, its archive, replicas, and backups made before hold them"
    ),
    "erased.seen": (
        "The store shows the words to nobody, but the table’s files still hold them: something that began to read"
        " before is reading on, a backup perhaps. Give the same command once more when it has ended"
    ),
    "erased.busy": (
        "The store shows the words to nobody, but the table could not be written anew: something else was using it for"
        " half a minute. Its files still hold them. Give the same command once more in a quiet hour"
    ),
}
"""Where the bytes of what was erased are: ``central.off_disk``."""
