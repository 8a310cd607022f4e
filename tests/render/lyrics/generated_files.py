"""Writes lyrics files of all formats with the faults that real ones have, from a seed."""

import html
import json
from collections.abc import Callable
from random import Random

WORDS = [
    "night",
    "over",
    "town",
    "rain",
    "comes",
    "down",
    "hear",
    "my",
    "voice",
    "from",
    "far",
    "away",
    "don't",
    "I'm",
    "la",
    "ooh",
    "café",
    "señor",
    "über",
    "ночной",
    "город",
    "ещё",
    "не",
    "спит",
    "ночь",
    "любовь",
    "звезда",
    "夜空",
    "に歌う",
    "星",
    "君の声",
    "사랑",
    "밤하늘",
    "나는",
    "ليلة",
    "قلبي",
    "שיר",
    "ירח",
    "रात",
    "गीत",
    "καρδιά",
    "νύχτα",
    "ñandú",
    "24/7",
    "rock'n'roll",
    "o’clock",
    "f**k",
    "co-op",
]
HEADERS = ("[ar:Somebody]", "[by:me]", "[hash:d41d8cd9]", "[offset:+250ms]", "[re: x]", "[ve:1]")
TAGS = (
    "[Verse 1]",
    "[Chorus | big | loud]",
    "**[Bridge]**",
    "### Outro",
    "[Intro – soft\npiano, rain]",
    "【副歌】",
    "[Verse 2: Male Vocal, low and intimate, with a long description of what follows it here]",
)


def write_words(random: Random) -> str:
    """Return the words of a line; some lines are much longer than a window."""
    count = random.choice((1, 2, 3, 5, 8, 8, 12, 60)) if random.random() < 0.9 else 150
    return " ".join(random.choice(WORDS) for _ in range(count))


def write_file(seed: int) -> tuple[str, str]:
    """Return a file, and its text without tags in the same rows."""
    random = Random(seed)
    rows = [write_words(random) for _ in range(random.randint(1, 25))]
    return random.choice(WRITERS)(random, rows)


def _stamp(random: Random, time: float) -> str:
    minutes, seconds = int(time) // 60, time % 60
    return random.choice(
        (f"[{minutes:02}:{seconds:05.2f}]", f"[{minutes}:{seconds:06.3f}]",
         f"[ {minutes:02}:{seconds:05.2f} ]", f"［{minutes:02}：{seconds:05.2f}］",
         f"[{minutes:02}:{int(seconds):02}]")
    )  # fmt: skip


def write_lrc(random: Random, rows: list[str]) -> tuple[str, str]:
    """Return LRC with rows without stamps, equal stamps, pauses, headers, entities and voices."""
    file = [header for header in HEADERS if random.random() < 0.3]
    plain = [""] * len(file)
    time = random.choice((0.0, 0.0, 1.0, 12.3))
    step = random.choice((0.0, 0.03, 1.0, 3.0, 3.0, 3.0, 20.0))
    loose = random.choice((0.0, 0.0, 0.1, 0.5, 0.95))
    for row in rows:
        if random.random() < 0.15:
            tag = random.choice(TAGS)
            file += tag.split("\n")
            plain += [""] * (1 + tag.count("\n"))
        if random.random() < 0.1:
            file.append(random.choice(("", f"{_stamp(random, time)}")))
            plain.append("")
        text = html.escape(row) if random.random() < 0.2 else row
        if random.random() < loose:
            file.append(text)
        else:
            voice = random.choice(("", "", "", "v1: ", "F: "))
            file.append(f"{_stamp(random, time)}{voice}{text}")
        plain.append(row)
        time += step * random.uniform(0.5, 1.5)
    return "\n".join(file), "\n".join(plain)


def write_enhanced_lrc(random: Random, rows: list[str]) -> tuple[str, str]:
    """Return LRC with stamps of words, and second voices in brackets."""
    file, time = [], 1.0
    for row in rows:
        words = []
        start = time
        for word in row.split():
            words.append(f"<{int(time) // 60:02}:{time % 60:05.2f}>{word} ")
            time += 0.3
        is_background = file and random.random() < 0.15
        if is_background:
            file.append(f"[bg: {''.join(words)}]")
        else:
            file.append(f"[{int(start) // 60:02}:{start % 60:05.2f}]{''.join(words)}")
        time += random.choice((0.0, 0.5, 15.0))
    return "\n".join(file), "\n".join(rows)


def _cue_time(random: Random, time: float, mark: str) -> str:
    hours, rest = divmod(time, 3600)
    minutes, seconds = divmod(rest, 60)
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{int(hours):02}:{int(minutes):02}:{whole:02}{mark}{thousandths:03}"


def write_srt(random: Random, rows: list[str]) -> tuple[str, str]:
    """Return SubRip with blank rows inside cues, wrong marks and missing numbers."""
    file: list[str] = []
    plain: list[str] = []
    time = 1.0
    mark = random.choice((",", ",", ".", ":", ", "))
    has_numbers = random.random() < 0.8
    for number, row in enumerate(rows, 1):
        words = row.split()
        end = time + random.choice((0.02, 1.5, 3.0))
        if has_numbers:
            file.append(str(number))
            plain.append("")
        file.append(f"{_cue_time(random, time, mark)} --> {_cue_time(random, end, mark)}")
        plain.append("")
        half = random.randint(0, len(words))
        parts = [
            " ".join(words[:half]),
            *[""] * random.choice((0, 0, 1, 2)),
            " ".join(words[half:]),
        ]
        if random.random() < 0.8:
            parts.append("")
        file += [f"<i>{part}</i>" if part and random.random() < 0.2 else part for part in parts]
        plain += parts
        time = end + random.choice((0.0, 0.0, 0.5, 9.0))
    return "\n".join(file), "\n".join(plain)


def write_vtt(random: Random, rows: list[str]) -> tuple[str, str]:
    """Return WebVTT with notes, settings and escaped text."""
    file, plain, time = ["WEBVTT", ""], ["", ""], 1.0
    for row in rows:
        if random.random() < 0.1:
            file += ["NOTE left out", ""]
            plain += ["", ""]
        times = f"{_cue_time(random, time, '.')} --> {_cue_time(random, time + 2, '.')}"
        file += [f"{times}{random.choice(('', ' align:start position:0%'))}", html.escape(row), ""]
        plain += ["", row, ""]
        time += random.choice((2.0, 2.5, 9.0))
    return "\n".join(file), "\n".join(plain)


def write_plain(random: Random, rows: list[str]) -> tuple[str, str]:
    """Return lyrics without times, with tags and Markdown, and sometimes with one stamp."""
    file: list[str] = []
    plain: list[str] = []
    for row in rows:
        if random.random() < 0.2:
            tag = random.choice(TAGS)
            file += tag.split("\n")
            plain += [""] * (1 + tag.count("\n"))
        frame = random.choice(("{}", "{}", "{}", "**{}**", "> {}", "{}\\", "({})", "* {}", "_{}_"))
        file.append(frame.format(row))
        plain.append(row)
        if random.random() < 0.2:
            file.append(random.choice(("", "---", "   ")))
            plain.append("")
    if random.random() < 0.2:
        at = random.randrange(len(file))
        if plain[at]:
            file[at] = f"[0:45] {plain[at]}"
    return "\n".join(file), "\n".join(plain)


def write_sbv(random: Random, rows: list[str]) -> tuple[str, str]:
    """Return YouTube's SBV."""
    file, plain = [], []
    for number, row in enumerate(rows):
        start, end = (_cue_time(random, number * 3 + add, ".")[1:] for add in (1, 3))
        file += [f"{start},{end}", row, ""]
        plain += ["", row, ""]
    return "\n".join(file), "\n".join(plain)


def write_ass(random: Random, rows: list[str]) -> tuple[str, str]:
    """Return ASS with karaoke tags, line breaks and an event that cannot be read."""
    file = ["[Script Info]", "ScriptType: v4.00+", "", "[Events]"]
    file.append("Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text")
    plain = [""] * len(file)
    for number, row in enumerate(rows):
        start, end = (_cue_time(random, number * 3 + add, ".")[1:-1] for add in (1, 3))
        if random.random() < 0.05:
            start = "soon"
        glue = random.choice((" ", r"\N", r" {\k30}", r" {\kf20\i1}"))
        file.append(f"Dialogue: 0,{start},{end},Default,,0,0,0,,{glue.join(row.split(' '))}")
        plain.append(row)
    return "\n".join(file), "\n".join(plain)


def write_ttml(random: Random, rows: list[str]) -> tuple[str, str]:
    """Return TTML in Apple's way, in one row of text or many."""
    glue = random.choice(("", "\n"))
    paragraphs = []
    for number, row in enumerate(rows):
        start = number * 3 + 1
        step = 2 / len(row.split())
        spans = " ".join(
            f'<span begin="{start + at * step:.3f}" end="{start + (at + 1) * step:.3f}">'
            f"{html.escape(word)}</span>"
            for at, word in enumerate(row.split())
        )
        text = spans if random.random() < 0.7 else html.escape(row)
        paragraphs.append(f'<p begin="{start}.000" end="{start + 2}.000">{text}</p>')
    head = '<tt xmlns="http://www.w3.org/ns/ttml"><body><div>'
    return f"{head}{glue}{glue.join(paragraphs)}{glue}</div></body></tt>", "\n".join(rows)


def write_suno_json(random: Random, rows: list[str]) -> tuple[str, str]:
    """Return Suno's aligned words as JSON, with tags inside words."""
    items, time = [], 1.0
    for row in rows:
        tag = random.choice(TAGS) + "\n" if random.random() < 0.2 else ""
        words = row.split()
        for number, word in enumerate(words):
            text = (
                f"{tag if number == 0 else ''}{word}{chr(10) if number == len(words) - 1 else ' '}"
            )
            items.append({"word": text, "success": True, "startS": time, "endS": time + 0.2})
            time += 0.25
        time += random.choice((0.0, 0.5, 9.0))
    data = random.choice((items, {"alignedWords": items}, {"data": {"alignedWords": items}}))
    return json.dumps(data, ensure_ascii=False), "\n".join(rows)


def write_whisper_json(random: Random, rows: list[str]) -> tuple[str, str]:
    """Return Whisper's segments as JSON, some with times of words."""
    segments = []
    for number, row in enumerate(rows):
        segment: dict[str, object] = {"start": number * 3.0, "end": number * 3 + 2.5}
        segment["text"] = f" {row}"
        if random.random() < 0.5:
            words = [f" {word}" for word in row.split()]
            segment["words"] = [
                {"word": word, "start": number * 3 + at * 0.01, "end": number * 3 + at * 0.01}
                for at, word in enumerate(words)
            ]
        segments.append(segment)
    data = {"text": " ".join(rows), "segments": segments, "language": "en"}
    return json.dumps(data, indent=random.choice((None, 1))), "\n".join(rows)


Writer = Callable[[Random, list[str]], tuple[str, str]]
WRITERS: tuple[Writer, ...] = (
    write_lrc,
    write_lrc,
    write_enhanced_lrc,
    write_srt,
    write_vtt,
    write_plain,
    write_sbv,
    write_ass,
    write_ttml,
    write_suno_json,
    write_whisper_json,
)
