"""The parts of the Send screen (ux S12): its rows, its words, its progress and its log of rounds."""
