"""The page of interview guides: what is in use, what came with the program, what a file would bring."""
