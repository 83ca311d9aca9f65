"""Reports: facts become neutral blocks, blocks become files."""
