"""Finds what is written in lyrics but not sung: section tags, directions and Markdown.

All of it is masked: each of its characters is replaced by ``PLACEHOLDER``, so that the places of
words and timestamps in the row stay the same. ``clean_text`` removes the placeholders.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from videos.render.lyrics.lines import clean_text
from videos.render.lyrics.sections import NAME, choose_section, get_section, is_section_name

PLACEHOLDER = "\0"
MAX_TAG_LENGTH = 2000  # characters
MAX_TAG_ROWS = 12
MAX_MARKDOWN_LENGTH = 2000  # characters: a longer row is no Markdown

_STAMP = r"[ ]*~?[0-9０-９]{1,4}[:：][0-9０-９]"  # how a timestamp in square brackets begins
_OPEN, _CLOSE = r"[\[［【]", r"[\]］】]"
TAG = re.compile(rf"{_OPEN}(?!{_STAMP})([^\[\]［］【】\n]{{0,{MAX_TAG_LENGTH}}}){_CLOSE}")
_TAG_OVER_ROWS = re.compile(
    rf"^[ \t*_#>]*{_OPEN}(?!{_STAMP})[^\[\]［］【】]{{1,{MAX_TAG_LENGTH}}}{_CLOSE}[ \t*_]*$", re.M
)
_BLANK_ROW = re.compile(r"\n[ \t]*\n")

_SPECIAL = re.compile(r"[\[\]［】【*_#>\\(){}:：<=~`–—-]")
_ESCAPE = re.compile(r"\\(?=[\\*_#\[\]()<>~.!|`+-])|\\+[ \t]*$")
_HTML = re.compile(
    r"</?(?:br|b|i|u|s|em|strong|p|div|span|font|small|sub|sup)(?:[ /][^<>]{0,200})?>", re.I
)
_RULE = re.compile(r"[ \t]*(?:(?:[-*_=~] ?){3,}|[-*_=~—–]{3,})[ \t]*")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+(.*?)[# \t]*")
_BLOCK_MARK = re.compile(r"[ \t]*(?:>[ \t>]*|[*+•][ \t]+)(?=\S)")
_EMPHASIS = re.compile(
    r"(?<![\w*_])(\*{1,3}|_{1,3}|~~|`)(?=[^\s*_])([^\n]{1,300}?)(?<=[^\s*_])\1(?![\w*_])"
)
_EMPHASISED_ROW = re.compile(
    rf"[ \t{PLACEHOLDER}]*(\*{{1,3}}|_{{1,3}})"
    rf"([^\s*_](?:[^*_]|(?<=\w)[*_]{{1,3}}(?=\w))*)(?<=[^\s*_])\1[ \t{PLACEHOLDER}]*"
)
_BRACKETED_ROW = re.compile(rf"[({{<（]({NAME})(?:[ ]*[:：,–—-][^(){{}}<>]*)?[)}}>）]", re.I)
_LABEL = re.compile(rf"({NAME})(?:[ ]*\([^()]{{0,80}}\))?[ ]*[:：](?=\s|$)[ ]*", re.I)
# Names of sections that no line consists of, as headings are written
_BARE_LABEL = re.compile(
    r"(?:Final |Last )?(?:(?:Pre|Post)[- ]?[Cc]horus|Chorus|Verse [0-9]{1,2}|Outro|Intro)"
    r"(?: [0-9]{1,2})?(?: ?[x×][0-9]{1,2})?"
    r"|(?:(?:PRE|POST)[- ]?)?CHORUS(?: [0-9]{1,2})?|VERSE [0-9]{1,2}|OUTRO|INTRO"
    r"|Припев|Куплет [0-9]{1,2}|Refrão|Estribillo|副歌|主歌|サビ|후렴"
)
# In italics and round brackets, as plays have them; a second voice may stand so, too
_STAGE_DIRECTION = re.compile(
    r"(?<![\w*_])([*_])\((?:[\w’'-]+ ){0,3}"
    r"(?:[a-z]{3,}ly|whisper\w*|spoken|shout(?:ed|ing)|fad(?:e|es|ing)(?: out| in)?|instrumental"
    r"|solo|pause|silence|repeat|laugh(?:s|ing)?|sigh(?:s|ing)?|breath(?:e|es|ing)?|humm?(?:s|ing)?"
    r"|guitar|piano|drums|music|beat)(?: [\w’'-]+){0,3}\)\1(?![\w*_])",
    re.I,
)
_SPEAKER = re.compile(
    r"[ \t]*(?:spoken|whisper(?:ed|ing)?|shout(?:ed|ing)?|sung|rapped|narrator|all|both|everyone"
    r"|male|female|man|woman|duet|(?:male|female|lead|backing|background) vocals?|singer [0-9]"
    r"|vocalist [0-9])(?: ?\([^()]{0,60}\))?[ ]?[:：](?=\s)",
    re.I,
)

# How often a line is repeated: at the end of it in round brackets, or a row of its own
_TIMES = r"(?:[x×] ?[0-9]{1,2}|[0-9]{1,2} ?[x×])"
_REPETITION = re.compile(
    rf"[(（] ?(?:repeat(?:ed)? ?)?(?:{_TIMES}|(?:[0-9]{{1,2}}|two|three|four) times|repeat|bis)"
    rf" ?[)）][ \t]*$|^[ \t]*{_TIMES}[ \t]*$",
    re.I,
)
MAX_REPEATED_LENGTH = 300  # characters of a row


class MaskedRow(NamedTuple):
    """A row whose tags and directions are masked.

    ``section`` is the name in its tags, "" without; ``has_tag`` tells whether there is any tag;
    ``left_out`` are the directions that are no tags.
    """

    text: str
    section: str = ""
    has_tag: bool = False
    left_out: tuple[str, ...] = ()


def mask_directions(row: str) -> MaskedRow:
    """Mask what is not sung in one row."""
    if not _SPECIAL.search(row):
        if len(row) < 40 and _BARE_LABEL.fullmatch(row.strip()):
            return MaskedRow(PLACEHOLDER * len(row), clean_text(row), True)
        return _mask_repetition(MaskedRow(row))
    if len(row) <= MAX_MARKDOWN_LENGTH:
        row = _HTML.sub(_mask, _ESCAPE.sub(_mask, row))
        if _RULE.fullmatch(row):
            return MaskedRow(PLACEHOLDER * len(row))
    masked = _mask_tags(row)
    if len(row) > MAX_MARKDOWN_LENGTH:
        return masked
    masked = _mask_markdown(masked)
    return _mask_repetition(masked if masked.has_tag else _mask_labels(masked))


def fold_tags(text: str) -> str:
    """Return ``text``, equally long, with spaces for the line breaks inside tags."""
    return _TAG_OVER_ROWS.sub(_fold, text)


def fold_rows(rows: Sequence[str]) -> list[str]:
    """Return as many rows, where a tag over several rows stands in its first one."""
    if not any(row.count("[") > row.count("]") for row in rows):
        return list(rows)
    marked = "\n".join(row.replace("\x1f", " ") for row in rows)
    folded: list[str] = []
    for row in _TAG_OVER_ROWS.sub(lambda match: _fold(match, "\x1f"), marked).split("\n"):
        folded += [row.replace("\x1f", " "), *("" for _ in range(row.count("\x1f")))]
    return folded


def _fold(match: re.Match[str], mark: str = " ") -> str:
    tag = match[0]
    if tag.count("\n") >= MAX_TAG_ROWS or _BLANK_ROW.search(tag):
        return tag
    return tag.replace("\n", mark)


def _mask(match: re.Match[str]) -> str:
    return PLACEHOLDER * len(match[0])


def _mask_tags(row: str) -> MaskedRow:
    """Mask the tags of a row; tags inside tags go first."""
    section, has_tag = "", False
    while True:
        tags = list(TAG.finditer(row))
        if not tags:
            return MaskedRow(row, section, has_tag)
        at, is_inside = 0, False
        for tag in tags:
            is_inside = is_inside or bool(clean_text(row[at : tag.start()]).strip("*_#> "))
            at = tag.end()
            name = get_section(tag[1])
            if not is_inside or is_section_name(name):
                section = choose_section(section, name)
        has_tag = True
        row = TAG.sub(_mask, row)


def _mask_markdown(masked: MaskedRow) -> MaskedRow:
    """Mask the marks of Markdown: headings with their text, quotes, bullets and emphasis."""
    row = masked.text
    if heading := _HEADING.fullmatch(row):
        text = clean_text(heading[1]).strip("*_:： ")
        name = choose_section(masked.section, get_section(text))
        unnamed = (text,) if text and not name else ()
        return MaskedRow(PLACEHOLDER * len(row), name, True, unnamed)
    left_out = [clean_text(match[0]).strip("*_") for match in _STAGE_DIRECTION.finditer(row)]
    row = _STAGE_DIRECTION.sub(_mask, row)
    row = _BLOCK_MARK.sub(_mask, row, count=1) if _BLOCK_MARK.match(row) else row
    if whole := _EMPHASISED_ROW.fullmatch(row):
        start, end = whole.span(2)
        row = f"{PLACEHOLDER * start}{row[start:end]}{PLACEHOLDER * (len(row) - end)}"
    for _ in range(2):  # bold inside italics
        row = _EMPHASIS.sub(lambda match: _mask_ends(match[0], len(match[1])), row)
    if not clean_text(row).strip("*_#> "):
        row = PLACEHOLDER * len(row)
    return masked._replace(text=row, left_out=tuple(left_out))


def _mask_ends(text: str, length: int) -> str:
    return f"{PLACEHOLDER * length}{text[length:-length]}{PLACEHOLDER * length}"


def _mask_repetition(masked: MaskedRow) -> MaskedRow:
    """Mask how often a line is repeated ("(x2)")."""
    is_short = len(masked.text) <= MAX_REPEATED_LENGTH
    repetition = _REPETITION.search(masked.text) if is_short else None
    if not repetition:
        return masked
    text = masked.text[: repetition.start()] + PLACEHOLDER * len(repetition[0])
    return masked._replace(text=text, left_out=(*masked.left_out, clean_text(repetition[0])))


def _mask_labels(masked: MaskedRow) -> MaskedRow:
    """Mask a section's name without square brackets ("Verse 1:"), and who speaks."""
    row = masked.text
    visible = clean_text(row)
    label = _BRACKETED_ROW.fullmatch(visible) or _BARE_LABEL.fullmatch(visible)
    if label:
        name = get_section(visible.strip("(){}<>（）"))
        return masked._replace(text=PLACEHOLDER * len(row), section=name, has_tag=True)
    start = len(row) - len(row.lstrip(f" \t{PLACEHOLDER}"))
    if prefix := _LABEL.match(row, start):
        text = f"{PLACEHOLDER * prefix.end()}{row[prefix.end() :]}"
        return masked._replace(text=text, section=get_section(prefix[1]), has_tag=True)
    if speaker := _SPEAKER.match(row, start):
        text = f"{PLACEHOLDER * speaker.end()}{row[speaker.end() :]}"
        return masked._replace(text=text, left_out=(*masked.left_out, clean_text(speaker[0])))
    return masked
