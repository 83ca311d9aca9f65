"""Record review: records that are opened, one after another, and what is noted from each."""
