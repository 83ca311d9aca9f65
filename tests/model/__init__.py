"""The model of sync: what may happen to laptops, office and everything between them, without disk or network."""
