"""Framework packs: read, check and keep versioned frameworks as data."""
