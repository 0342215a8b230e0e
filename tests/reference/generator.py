"""Numbers that are the same on every machine, going in and coming out."""


class Generator:
    """Steele and Vigna's SplitMix64: the same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def bits(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def below(self, n):
        return self.bits() % n

    def unit(self):
        return (self.bits() >> 11) / (1 << 53)


def plain(number):
    """A float with 12 significant digits: what is compared, and no more."""
    return float(f"{float(number):.12g}")
