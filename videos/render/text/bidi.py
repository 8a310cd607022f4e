"""The Unicode Bidirectional Algorithm (UAX 9) for a line without explicit formatting characters.

"Class" is the character property Bidi_Class; W1, N0 and the like are the rules of UAX 9.
"""

from collections.abc import Sequence
from unicodedata import bidirectional

PAIRED_BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "（": "）", "［": "］", "｛": "｝"}
PAIRED_BRACKETS |= {
    "〈": "〉",
    "《": "》",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
    "⟪": "⟫",
}
OPENING_OF = {closing: opening for opening, closing in PAIRED_BRACKETS.items()}
NEUTRALS = {"B", "S", "WS", "ON"}
MAX_OPEN_BRACKETS = 63  # UAX 9, BD16


def is_rtl(text: str) -> bool:
    """Return whether the first strong character of ``text`` runs from right to left (P2, P3)."""
    strong = (bidirectional(character) for character in text)
    return next(
        (bidi_class != "L" for bidi_class in strong if bidi_class in {"L", "R", "AL"}), False
    )


def resolve_levels(text: str) -> list[int]:
    """Return the embedding level of each character: an odd level runs from right to left."""
    paragraph_level = int(is_rtl(text))
    classes = [bidirectional(character) or "L" for character in text]
    if not paragraph_level and not {"R", "AL", "AN"}.intersection(classes):
        return [0] * len(text)
    visible = [i for i, bidi_class in enumerate(classes) if bidi_class != "BN"]
    resolved = [classes[i] for i in visible]
    direction = "R" if paragraph_level else "L"
    nonspacing = [bidi_class == "NSM" for bidi_class in resolved]
    _resolve_weak_types(resolved, direction)
    _resolve_brackets([text[i] for i in visible], resolved, nonspacing, direction)
    _resolve_neutrals(resolved, direction)
    implicit = (_implicit_level(bidi_class, paragraph_level) for bidi_class in resolved)
    return _restore_removed(text, dict(zip(visible, implicit, strict=True)), paragraph_level)


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


def _resolve_weak_types(classes: list[str], embedding: str) -> None:
    """Resolve nonspacing marks, numbers, and the separators of numbers (W1 to W7)."""
    strong, previous = embedding, embedding
    for i, bidi_class in enumerate(classes):
        classes[i] = bidi_class = previous if bidi_class == "NSM" else bidi_class
        previous = bidi_class
        if bidi_class in {"L", "R", "AL"}:
            strong = bidi_class
        elif bidi_class == "EN" and strong == "AL":
            classes[i] = "AN"
    classes[:] = ["R" if bidi_class == "AL" else bidi_class for bidi_class in classes]
    _resolve_separators(classes)
    strong = embedding
    for i, bidi_class in enumerate(classes):
        if bidi_class in {"L", "R"}:
            strong = bidi_class
        elif bidi_class == "EN" and strong == "L":
            classes[i] = "L"


def _resolve_separators(classes: list[str]) -> None:
    """Resolve separators and terminators beside numbers to numbers, others to ON (W4 to W6)."""
    for i in range(1, len(classes) - 1):
        before, bidi_class, after = classes[i - 1 : i + 2]
        if before == after and (bidi_class, before) in {("ES", "EN"), ("CS", "EN"), ("CS", "AN")}:
            classes[i] = before
    for order in (range(1, len(classes)), range(len(classes) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for i in order:
            if classes[i] == "ET" and classes[i + step] == "EN":
                classes[i] = "EN"
    classes[:] = [
        "ON" if bidi_class in {"ES", "ET", "CS"} else bidi_class for bidi_class in classes
    ]


def _resolve_brackets(
    characters: list[str], classes: list[str], nonspacing: list[bool], embedding: str
) -> None:
    """Give both brackets of a pair the direction of their content or of what precedes (N0)."""
    for opening, closing in _bracket_pairs(characters, classes):
        inside = {
            _strong_direction(bidi_class) for bidi_class in classes[opening + 1 : closing]
        } - {""}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            before = (_strong_direction(bidi_class) for bidi_class in reversed(classes[:opening]))
            context = next((bidi_class for bidi_class in before if bidi_class), embedding)
            direction = context if context in inside else embedding
        for bracket in (opening, closing):
            classes[bracket] = direction
            following = bracket + 1
            while following < len(classes) and nonspacing[following]:
                classes[following] = direction
                following += 1


def _bracket_pairs(characters: list[str], classes: list[str]) -> list[tuple[int, int]]:
    """Return the indices of bracket pairs, sorted by the opening bracket (BD16)."""
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for i, character in enumerate(characters):
        if classes[i] != "ON":
            continue
        if character in PAIRED_BRACKETS:
            if len(stack) == MAX_OPEN_BRACKETS:
                return []
            stack.append((character, i))
        elif character in OPENING_OF:
            matches = [
                j for j, (opening, _) in enumerate(stack) if opening == OPENING_OF[character]
            ]
            if matches:
                pairs.append((stack[matches[-1]][1], i))
                del stack[matches[-1] :]
    return sorted(pairs)


def _resolve_neutrals(classes: list[str], embedding: str) -> None:
    """Give neutrals the direction on both their sides, or the embedding direction (N1, N2)."""
    start = 0
    while start < len(classes):
        end = start
        while end < len(classes) and classes[end] in NEUTRALS:
            end += 1
        before = _strong_direction(classes[start - 1]) if start else embedding
        after = _strong_direction(classes[end]) if end < len(classes) else embedding
        classes[start:end] = [before if before == after else embedding] * (end - start)
        start = max(end, start + 1)


def _strong_direction(bidi_class: str) -> str:
    """Return the strong direction of a resolved class, "" for a neutral; numbers count as R."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(bidi_class, "")


def _implicit_level(bidi_class: str, paragraph_level: int) -> int:
    """Return the implicit level of a resolved class (I1, I2)."""
    if paragraph_level:
        return 1 if bidi_class == "R" else 2
    return {"L": 0, "R": 1}.get(bidi_class, 2)


def _restore_removed(text: str, resolved: dict[int, int], paragraph_level: int) -> list[int]:
    """Return a level for every character, from the ``resolved`` levels by index.

    Boundary neutrals such as joiners, which X9 removes, get the level of the character before them;
    whitespace at the end gets the paragraph's (L1).
    """
    all_levels: list[int] = []
    for i in range(len(text)):
        all_levels.append(resolved.get(i, all_levels[-1] if all_levels else paragraph_level))
    for i in range(len(text) - 1, -1, -1):
        if bidirectional(text[i]) not in {"WS", "S", "B", "BN"}:
            break
        all_levels[i] = paragraph_level
    return all_levels
