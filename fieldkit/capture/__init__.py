"""The capture line: what is typed becomes text, speaker and tags, purely."""
