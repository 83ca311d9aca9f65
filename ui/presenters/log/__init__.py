"""The live observation log (ux S5): the line that is typed into, the notes below each other, what is done to them."""
