"""Random schedules on the real stack: SQLCipher vaults, the real engine, HTTP, a database, sticks and files."""
