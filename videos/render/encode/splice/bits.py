"""Bits, and the numbers of variable length that H.264 writes its headers in (clause 9.1)."""


class BitReader:
    """Reads a few bytes from their highest bit on. Past their end it reads zeros."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._length = 8 * len(data)
        self.position = 0

    def bits(self, count: int) -> int:
        """Return the next `count` bits as a number."""
        self.position += count
        beyond = self._length - self.position
        value = self._value >> beyond if beyond >= 0 else self._value << -beyond
        return value & ((1 << count) - 1)

    def flag(self) -> bool:
        """Return the next bit."""
        return self.bits(1) == 1

    def number(self) -> int:
        """Return the next number from 0 up, ue(v). Raises ValueError if there is none."""
        zeros = 0
        while not self.flag():
            zeros += 1
            if zeros > 31:
                raise ValueError("There is no number in these bits.")
        return (1 << zeros) - 1 + self.bits(zeros)

    def signed(self) -> int:
        """Return the next number that may be negative, se(v)."""
        number = self.number()
        return (number + 1) // 2 if number % 2 else -(number // 2)


class BitWriter:
    """Collects bits, the highest first."""

    def __init__(self) -> None:
        self._value = 0
        self._length = 0

    def bits(self, value: int, count: int) -> None:
        """Write `value` with `count` bits."""
        self._value = self._value << count | value
        self._length += count

    def number(self, value: int) -> None:
        """Write a number from 0 up, ue(v)."""
        self.bits(value + 1, 2 * (value + 1).bit_length() - 1)

    def signed(self, value: int) -> None:
        """Write a number that may be negative, se(v)."""
        self.number(2 * value - 1 if value > 0 else -2 * value)

    def filled(self, bit: int) -> bytes:
        """Return the bytes, the last one filled up with `bit`."""
        missing = -self._length % 8
        self.bits(((1 << missing) - 1) * bit, missing)
        return self._value.to_bytes(self._length // 8, "big")
