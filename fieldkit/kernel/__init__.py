"""What every part stands on: ids, clock, errors, canonical JSON, signatures."""
