"""Practice: the sample visit in a vault of its own, with its own central store on this laptop."""
