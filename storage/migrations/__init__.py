"""Steps from each shape of the vault's database to the next, run by Alembic on the vault's own connection."""
