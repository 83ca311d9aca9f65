"""Sound: the recording that runs, the one that is played, and where notes are in them."""
