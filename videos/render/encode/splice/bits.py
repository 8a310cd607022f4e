"""Reads and writes bits and the Exp-Golomb codes in the headers of H.264 (clause 9.1)."""


class BitReader:
    """Reads bits from a few bytes, the highest first. Past the end it reads zeros."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._length = 8 * len(data)
        self.position = 0

    def read_bits(self, count: int) -> int:
        """Return the next ``count`` bits as a number."""
        self.position += count
        beyond = self._length - self.position
        value = self._value >> beyond if beyond >= 0 else self._value << -beyond
        return value & ((1 << count) - 1)

    def read_flag(self) -> bool:
        """Return the next bit."""
        return self.read_bits(1) == 1

    def read_ue(self) -> int:
        """Return the next unsigned number, ue(v). Raises ValueError if there is none."""
        zeros = 0
        while not self.read_flag():
            zeros += 1
            if zeros > 31:
                raise ValueError("There is no number in these bits.")
        return (1 << zeros) - 1 + self.read_bits(zeros)

    def read_se(self) -> int:
        """Return the next signed number, se(v). Raises ValueError if there is none."""
        number = self.read_ue()
        return (number + 1) // 2 if number % 2 else -(number // 2)


class BitWriter:
    """Collects bits, the highest first."""

    def __init__(self) -> None:
        self._value = 0
        self._length = 0

    def write_bits(self, value: int, count: int) -> None:
        """Write ``value`` with ``count`` bits."""
        self._value = self._value << count | value
        self._length += count

    def write_ue(self, value: int) -> None:
        """Write an unsigned number, ue(v)."""
        self.write_bits(value + 1, 2 * (value + 1).bit_length() - 1)

    def write_se(self, value: int) -> None:
        """Write a signed number, se(v)."""
        self.write_ue(2 * value - 1 if value > 0 else -2 * value)

    def to_bytes(self, padding: int) -> bytes:
        """Return the bytes, the last one padded with the bit ``padding``."""
        missing = -self._length % 8
        self.write_bits(((1 << missing) - 1) * padding, missing)
        return self._value.to_bytes(self._length // 8, "big")
