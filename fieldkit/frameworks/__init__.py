"""Framework packs: folders of YAML, read whole or not at all, and pinned by the digest of their bytes.

Nothing is imported here, so that starting the program never pays for the YAML reader (25 ms).
"""
