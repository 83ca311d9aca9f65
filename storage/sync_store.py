"""placeholder"""


class VaultSyncStore:
    def __init__(self, *a):
        pass
