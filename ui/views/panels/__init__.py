"""The panels that open beside the notes."""
