"""P slices in which every macroblock is skipped: what was there before stays, bit for bit.

Such a slice is a row of the same two decisions for each macroblock, "skipped" and "not the last",
written by the arithmetic coder of H.264 (CABAC, clause 9.3.4.2), of which no more is needed here.
"""

from videos.render.encode.splice.bits import BitWriter

QUANTISER = 51
"""The quantiser of skipped slices. There is nothing to quantise, but it decides on the state that
the coder starts in: this one expects macroblocks to be skipped, and never learns otherwise.
"""

SLOPE, OFFSET = 23, 33
"""How the first state of `mb_skip_flag`, context 11, follows from the quantiser (table 9-13)."""

FIRST_STATE, LAST_STATE = (SLOPE * QUANTISER >> 4) + OFFSET - 64, 62
"""How sure the coder is of what comes next: at first, and at most."""

LEAST_LIKELY = (
    (16, 20, 23, 27), (15, 19, 22, 25), (14, 18, 21, 24), (14, 17, 20, 23), (13, 16, 19, 22),
    (12, 15, 18, 21), (12, 14, 17, 20), (11, 14, 16, 19), (11, 13, 15, 18), (10, 12, 15, 17),
    (10, 12, 14, 16), (9, 11, 13, 15), (9, 11, 12, 14), (8, 10, 12, 14), (8, 9, 11, 13),
    (7, 9, 11, 12), (7, 9, 10, 12), (7, 8, 10, 11), (6, 8, 9, 11), (6, 7, 9, 10), (6, 7, 8, 9),
)  # fmt: skip
"""The width of the unlikely part of the interval in the last states, by its whole width in
quarters (table 9-44, `rangeTabLPS`, from `FIRST_STATE` on)."""


def skipped(macroblocks: int) -> bytes:
    """Return the payload of a P slice that skips so many macroblocks, ended as a unit is."""
    coder = _Coder()
    state = FIRST_STATE
    for left in range(macroblocks - 1, -1, -1):
        coder.expected(state)
        state = min(state + 1, LAST_STATE)
        if left:
            coder.go_on()
    return coder.end()


class _Coder:
    """The arithmetic coder, for decisions that come out as expected and for the end of a slice."""

    def __init__(self) -> None:
        self._writer = BitWriter()
        self._low, self._range = 0, 510
        self._outstanding = 0
        self._is_first = True

    def expected(self, state: int) -> None:
        """Write a decision that comes out as its `state` makes likely."""
        row = LEAST_LIKELY[state - FIRST_STATE]
        self._range -= row[self._range >> 6 & 3]
        self._renormalise()

    def go_on(self) -> None:
        """Write that the slice does not end here."""
        self._range -= 2
        self._renormalise()

    def end(self) -> bytes:
        """Write that the slice ends here; return all of it, with the bit that ends its unit."""
        self._low += self._range - 2
        self._range = 2
        self._renormalise()
        self._put(self._low >> 9 & 1)
        self._writer.bits(self._low >> 7 & 2 | 1, 2)
        return self._writer.filled(0)

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
        if self._is_first:  # the first bit says nothing, and is left out
            self._is_first = False
        else:
            self._writer.bits(bit, 1)
        for _ in range(self._outstanding):
            self._writer.bits(1 - bit, 1)
        self._outstanding = 0
