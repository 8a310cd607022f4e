"""The Unicode bidirectional algorithm (UAX 9) for a line without explicit formatting characters."""

from collections.abc import Sequence
from unicodedata import bidirectional

BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "（": "）", "［": "］", "｛": "｝"}
BRACKETS |= {"〈": "〉", "《": "》", "「": "」", "『": "』", "【": "】", "〔": "〕", "⟪": "⟫"}
CLOSING = {closing: opening for opening, closing in BRACKETS.items()}
NEUTRAL = {"B", "S", "WS", "ON"}
MOST_OPEN_BRACKETS = 63  # UAX 9, BD16


def is_rtl(text: str) -> bool:
    """Return whether the first strong character of `text` runs from right to left (P2, P3)."""
    strong = (bidirectional(character) for character in text)
    return next((kind != "L" for kind in strong if kind in {"L", "R", "AL"}), False)


def levels(text: str) -> list[int]:
    """Return the embedding level of each character: odd ones run from right to left."""
    base = int(is_rtl(text))
    kinds = [bidirectional(character) or "L" for character in text]
    if not base and not {"R", "AL", "AN"}.intersection(kinds):
        return [0] * len(text)
    visible = [i for i, kind in enumerate(kinds) if kind != "BN"]
    resolved = [kinds[i] for i in visible]
    direction = "R" if base else "L"
    marks = [kind == "NSM" for kind in resolved]
    _resolve_weak(resolved, direction)
    _resolve_brackets([text[i] for i in visible], resolved, marks, direction)
    _resolve_neutral(resolved, direction)
    found = dict(zip(visible, (_implicit(kind, base) for kind in resolved), strict=True))
    return _with_invisible(text, found, base)


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Return the indices of runs from left to right (L2)."""
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return order


def _resolve_weak(kinds: list[str], base: str) -> None:
    """Resolve marks, numbers and what stands with numbers (W1 to W7)."""
    strong, previous = base, base
    for i, kind in enumerate(kinds):
        kinds[i] = kind = previous if kind == "NSM" else kind
        previous = kind
        if kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[i] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    _resolve_separators(kinds)
    strong = base
    for i, kind in enumerate(kinds):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"


def _resolve_separators(kinds: list[str]) -> None:
    """Join separators and terminators to the numbers beside them (W4 to W6)."""
    for i in range(1, len(kinds) - 1):
        before, kind, after = kinds[i - 1 : i + 2]
        if before == after and (kind, before) in {("ES", "EN"), ("CS", "EN"), ("CS", "AN")}:
            kinds[i] = before
    for order in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for i in order:
            if kinds[i] == "ET" and kinds[i + step] == "EN":
                kinds[i] = "EN"
    kinds[:] = ["ON" if kind in {"ES", "ET", "CS"} else kind for kind in kinds]


def _resolve_brackets(
    characters: list[str], kinds: list[str], marks: list[bool], base: str
) -> None:
    """Give both brackets of a pair the direction of what they hold or of what precedes (N0)."""
    for opening, closing in _bracket_pairs(characters, kinds):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if not inside:
            continue
        direction = base
        if base not in inside:
            before = (_strong(kind) for kind in reversed(kinds[:opening]))
            context = next((kind for kind in before if kind), base)
            direction = context if context in inside else base
        for bracket in (opening, closing):
            kinds[bracket] = direction
            following = bracket + 1
            while following < len(kinds) and marks[following]:
                kinds[following] = direction
                following += 1


def _bracket_pairs(characters: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Return the indices of matching brackets, in the order of the opening ones (BD16)."""
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for i, character in enumerate(characters):
        if kinds[i] != "ON":
            continue
        if character in BRACKETS:
            if len(stack) == MOST_OPEN_BRACKETS:
                return []
            stack.append((character, i))
        elif character in CLOSING:
            opened = [j for j, (opening, _) in enumerate(stack) if opening == CLOSING[character]]
            if opened:
                pairs.append((stack[opened[-1]][1], i))
                del stack[opened[-1] :]
    return sorted(pairs)


def _resolve_neutral(kinds: list[str], base: str) -> None:
    """Give neutrals the direction on both their sides, or the line's (N1, N2)."""
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] in NEUTRAL:
            end += 1
        before = _strong(kinds[start - 1]) if start else base
        after = _strong(kinds[end]) if end < len(kinds) else base
        kinds[start:end] = [before if before == after else base] * (end - start)
        start = max(end, start + 1)


def _strong(kind: str) -> str:
    """Return the direction that a resolved kind stands for, "" for a neutral."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _implicit(kind: str, base: int) -> int:
    """Return the level of a resolved kind (I1, I2)."""
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)


def _with_invisible(text: str, found: dict[int, int], base: int) -> list[int]:
    """Return a level for every character: joiners follow what precedes, last spaces the line."""
    levels: list[int] = []
    for i in range(len(text)):
        levels.append(found.get(i, levels[-1] if levels else base))
    for i in range(len(text) - 1, -1, -1):
        if bidirectional(text[i]) not in {"WS", "S", "B", "BN"}:
            break
        levels[i] = base
    return levels
