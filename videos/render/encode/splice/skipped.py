"""Encodes P slices in which every macroblock is skipped: the pixels stay as they were, exactly.

Such a slice repeats the same two decisions for each macroblock, "skipped" and "not the last", which
are written with the arithmetic coder of H.264 (CABAC, clause 9.3.4.2). Only the parts of CABAC that
these decisions need are here.
"""

from videos.render.encode.splice.bits import BitWriter

# The quantiser of skipped slices. There is nothing to quantise, but it decides the state in which
# the coder starts: in this one, skipped macroblocks are the most probable.
SKIP_QUANTISER = 51

# How the first state of ``mb_skip_flag``, context 11, follows from the quantiser (table 9-13).
SLOPE, OFFSET = 23, 33

# How probable the coder thinks its most probable symbol is: at first, and at most.
FIRST_STATE, LAST_STATE = (SLOPE * SKIP_QUANTISER >> 4) + OFFSET - 64, 62

# The width of the least probable symbol's part of the interval for each state from ``FIRST_STATE``
# on, by the width of the whole interval in quarters (table 9-44, ``rangeTabLPS``).
LPS_RANGES = (
    (16, 20, 23, 27), (15, 19, 22, 25), (14, 18, 21, 24), (14, 17, 20, 23), (13, 16, 19, 22),
    (12, 15, 18, 21), (12, 14, 17, 20), (11, 14, 16, 19), (11, 13, 15, 18), (10, 12, 15, 17),
    (10, 12, 14, 16), (9, 11, 13, 15), (9, 11, 12, 14), (8, 10, 12, 14), (8, 9, 11, 13),
    (7, 9, 11, 12), (7, 9, 10, 12), (7, 8, 10, 11), (6, 8, 9, 11), (6, 7, 9, 10), (6, 7, 8, 9),
)  # fmt: skip


def encode_skipped_slice(macroblocks: int) -> bytes:
    """Return the payload of a P slice that skips ``macroblocks``, with the end of its unit."""
    encoder = _CabacEncoder()
    state = FIRST_STATE
    for left in range(macroblocks - 1, -1, -1):
        encoder.encode_most_probable(state)
        state = min(state + 1, LAST_STATE)
        if left:
            encoder.encode_continue()
    return encoder.finish()


class _CabacEncoder:
    """The arithmetic encoder, for most probable symbols and for the end of a slice."""

    def __init__(self) -> None:
        self._writer = BitWriter()
        self._low, self._range = 0, 510
        self._outstanding = 0
        self._is_first = True

    def encode_most_probable(self, state: int) -> None:
        """Write the symbol that is the most probable in ``state``."""
        row = LPS_RANGES[state - FIRST_STATE]
        self._range -= row[self._range >> 6 & 3]
        self._renormalise()

    def encode_continue(self) -> None:
        """Write that the slice does not end here."""
        self._range -= 2
        self._renormalise()

    def finish(self) -> bytes:
        """Write that the slice ends here; return all of it, with the bit that ends its unit."""
        self._low += self._range - 2
        self._range = 2
        self._renormalise()
        self._put(self._low >> 9 & 1)
        self._writer.write_bits(self._low >> 7 & 2 | 1, 2)
        return self._writer.to_bytes(0)

    def _renormalise(self) -> None:
        while self._range < 256:
            if self._low < 256:
                self._put(0)
            elif self._low >= 512:
                self._low -= 512
                self._put(1)
            else:
                self._low -= 256
                self._outstanding += 1
            self._range <<= 1
            self._low <<= 1

    def _put(self, bit: int) -> None:
        if self._is_first:  # the first bit has no meaning and is left out
            self._is_first = False
        else:
            self._writer.write_bits(bit, 1)
        for _ in range(self._outstanding):
            self._writer.write_bits(1 - bit, 1)
        self._outstanding = 0
