"""How the central store's tables grow from version to version (Alembic)."""
