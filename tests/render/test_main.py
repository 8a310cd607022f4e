"""The command line: ``python -m videos.render``."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from mutagen.flac import FLAC
from mutagen.id3 import APIC
from PIL import Image

from tests import tagged_songs
from tests.joined_names import JOINED_NAMES
from tests.pairwise import at_night
from tests.render.films import read_boxes
from tests.render.samples import music, tone, write_silent_wav, write_song
from videos.render.__main__ import main
from videos.render.errors import RenderError


@pytest.fixture(autouse=True)
def restore_signals() -> None:
    """Restore the signal handlers of the tests' process, which the command line replaces."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def run(*arguments: object) -> int:
    return main([*map(str, arguments), "--processes", "1"])


def read_tags(path: Path) -> dict[str, str]:
    with av.open(str(path)) as film:
        return film.metadata


def test_a_title_from_a_file_keeps_its_joiners(tmp_path: Path) -> None:
    name = " ".join([*JOINED_NAMES.values()][:9])
    song = write_silent_wav(tmp_path / f"{name}.wav", 1)
    assert run(song, "--output", tmp_path / "film.mp4") == 0
    assert read_tags(tmp_path / "film.mp4")["title"] == name


def test_a_song_and_an_output_are_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audio = write_song(tmp_path / "Night Train.mp3", tone(0.3))
    assert run(audio, "--output", tmp_path / "film.mp4") == 0
    assert read_boxes(tmp_path / "film.mp4")[0] == "ftyp"
    assert read_tags(tmp_path / "film.mp4")["title"] == "Night Train"
    out, err = capsys.readouterr()
    assert out == ""
    assert "1280×720" in err


def test_every_option_is_used(tmp_path: Path) -> None:
    audio = write_song(tmp_path / "song.mp3", music(1))
    (tmp_path / "words.lrc").write_text("[00:00.10]Hello\n[00:00.60]World\n", encoding="utf-8")
    options = {
        "--lyrics": tmp_path / "words.lrc",
        "--title": "Заря",
        "--author": "Mira",
        "--domain": "example.com",
        "--format": "9:16",
        "--fps": "60",
        "--model": "V5",
        "--output": tmp_path / "film.mp4",
    }
    args = [arg for pair in options.items() for arg in pair]
    assert run(audio, *args) == 0
    tags = read_tags(tmp_path / "film.mp4")
    assert tags["comment"] == "Made with Suno V5"
    assert (tags["title"], tags["artist"], tags["description"]) == ("Заря", "Mira", "example.com")
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert film.streams.video[0].width == 720
        assert film.streams.video[0].average_rate == 60


def test_the_song_may_stay_as_loud_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audio = write_song(tmp_path / "song.wav", music(1) * 0.1)
    loudness = []
    for args in ((), ("--source-loudness",)):
        assert run(audio, "--json", "--output", tmp_path / "film.mp4", *args) == 0
        loudness.append(json.loads(capsys.readouterr().out.splitlines()[-1])["film"]["loudness"])
    assert loudness[0] == pytest.approx(-14, abs=1)
    assert loudness[1] < -30


def test_programs_get_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audio = write_song(tmp_path / "song.mp3", tone(0.3))
    assert run(audio, "--output", tmp_path / "film.mp4", "--json") == 0
    messages = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert messages[0]["progress"]["stage"] == "reading"
    assert messages[-1]["film"]["path"] == str(tmp_path / "film.mp4")


@pytest.mark.parametrize("is_json", [False, True])
def test_what_is_guessed_or_left_out_of_lyrics_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], is_json: bool
) -> None:
    audio, words = write_song(tmp_path / "song.mp3", tone(0.3)), tmp_path / "words.lrc"
    words.write_text("[00:00.05]one\n\nloose\n[00:00.10]two\n[00:00.15]three", encoding="utf-8")
    options = ["--lyrics", words, *(["--json"] if is_json else [])]
    assert run(audio, "--output", tmp_path / "film.mp4", *options) == 0
    out, err = capsys.readouterr()
    warning = "Line 3 (“loose”): it has no time; its time is guessed."
    if is_json:
        assert {"warning": warning} in [json.loads(line) for line in out.splitlines()]
    else:
        assert warning in err.splitlines()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"--lyrics": rb"{\rtf1 la}"}, "This is an RTF document"),
        ({"--lyrics": b"[1000,500](1000,500,0)la"}, "This is a YRC file"),
        ({"song.mp3": b"no song"}, "This is not an mp3, wav, flac, m4a or ogg file."),
        ({}, "There is no file "),
        ({"--cover": b"no cover"}, "The cover cannot be read"),
        ({"--logo": b"no logo"}, "The logo is no picture that can be used"),
        (
            {"--lyrics": b"la\nla", "--translation": b"one"},
            "Lines of the lyrics: 2, of the translation: 1.",
        ),
        ({"--lyrics": b"la la \x00\x01\x02" * 99}, ""),
        ({"--lyrics": b"la " * 400_000}, "The lyrics are longer than a megabyte."),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, bytes], sentence: str
) -> None:
    audio = tmp_path / "song.mp3"
    options = [arg for name in files if name[0] == "-" for arg in (name, tmp_path / name[2:])]
    if options:
        write_song(audio, tone(0.3))
    for name, data in files.items():
        (tmp_path / name.removeprefix("--")).write_bytes(data)
    assert run(audio, "--output", tmp_path / "film.mp4", *options) == 2
    output = capsys.readouterr().err.strip().splitlines()[-1]
    assert sentence in output
    assert output.endswith(".")
    assert not (tmp_path / "film.mp4").exists()


def test_the_encoding_of_lyrics_is_told_by_an_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audio, words = write_song(tmp_path / "song.mp3", tone(0.3)), tmp_path / "words.txt"
    words.write_bytes("naš".encode("iso8859-2"))
    options = ("--output", tmp_path / "film.mp4", "--lyrics", words)
    assert run(audio, *options) == 2
    error = capsys.readouterr().err
    assert "iso-8859-2 (“naš”)" in error
    assert "--lyrics-encoding" in error
    assert run(audio, *options, "--lyrics-encoding", "klingon") == 2
    assert "There is no encoding “klingon”" in capsys.readouterr().err
    assert run(audio, *options, "--lyrics-encoding", "iso-8859-2") == 0


def test_a_missing_lyrics_file_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audio = write_song(tmp_path / "song.mp3", tone(0.3))
    lyrics = tmp_path / "nowhere.lrc"
    assert run(audio, "--output", tmp_path / "film.mp4", "--lyrics", lyrics) == 2
    assert "The lyrics cannot be read" in capsys.readouterr().err


def test_it_does_not_overwrite_the_song(tmp_path: Path) -> None:
    audio = write_song(tmp_path / "song.mp3", tone(0.3))
    before = audio.read_bytes()
    assert run(audio, "--output", audio) == 2
    assert audio.read_bytes() == before


def test_it_does_not_overwrite_the_cover_with_the_poster(tmp_path: Path) -> None:
    audio = write_song(tmp_path / "song.mp3", tone(0.3))
    cover = tmp_path / "film.poster.jpg"
    Image.new("RGB", (64, 64), "red").save(cover)
    before = cover.read_bytes()
    assert run(audio, "--output", tmp_path / "film.mp4", "--cover", cover) == 2
    assert cover.read_bytes() == before


def test_it_recognises_a_file_by_another_path(tmp_path: Path) -> None:
    audio = write_song(tmp_path / "song.mp3", tone(0.3))
    before = audio.read_bytes()
    (tmp_path / "folder").mkdir()
    assert run(tmp_path / "folder" / ".." / "song.mp3", "--output", audio) == 2
    (tmp_path / "linked.mp4").symlink_to(audio)
    assert run(audio, "--output", tmp_path / "linked.mp4") == 2
    assert audio.read_bytes() == before


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_it_replaces_nothing_but_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    audio, output = write_song(tmp_path / "song.mp3", tone(0.3)), tmp_path / "film.mp4"
    (output.mkdir if kind == "folder" else lambda: os.mkfifo(output))()
    assert run(audio, "--output", output) == 2
    assert "is not a file" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.mp4", "song.mp3"]


def test_a_missing_folder_is_an_error_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audio = write_song(tmp_path / "song.mp3", tone(0.3))
    assert run(audio, "--output", tmp_path / "nowhere" / "film.mp4") == 2
    assert "There is no folder" in capsys.readouterr().err


def test_it_prints_the_loudness_of_the_film(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audio = write_song(tmp_path / "song.mp3", tone(1))
    assert run(audio, "--output", tmp_path / "film.mp4") == 0
    assert "LUFS" in capsys.readouterr().err


def test_a_failure_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise RenderError("The film could not be written: the disk is full.")

    monkeypatch.setattr("videos.render.__main__.render", fail)
    audio = write_song(tmp_path / "song.mp3", tone(0.3))
    assert run(audio, "--output", tmp_path / "film.mp4") == 1
    assert "could not be written" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_there_is_one_process_at_least(capsys: pytest.CaptureFixture[str], number: str) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(["song.mp3", "--output", "film.mp4", "--processes", number])
    assert exit_info.value.code == 2
    assert "from 1 up" in capsys.readouterr().err


def test_a_closed_standard_output_prints_no_traceback(tmp_path: Path) -> None:
    audio = write_silent_wav(tmp_path / "song.wav", 60)
    command = [sys.executable, "-m", "videos.render", str(audio), "--json"]
    command += ["--output", str(tmp_path / "film.mp4")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        output = process.stderr.read()
    assert (process.returncode, output) == (1, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["song.wav"]


@pytest.mark.parametrize(
    ("clip", "sentence"), [("0:50-0:30", "A clip ends after it begins"), ("20", "A clip is 15")]
)
def test_a_clip_that_is_none_ends_with_2_and_a_sentence(
    capsys: pytest.CaptureFixture[str], clip: str, sentence: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("song.mp3", "--output", "film.mp4", "--clip", clip)
    assert sentence in capsys.readouterr().err


def test_a_colour_that_is_none_ends_with_2_and_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("song.mp3", "--output", "film.mp4", "--accent", "red")
    assert "“red” is no colour: it is written as #rrggbb" in capsys.readouterr().err


def test_a_wrong_option_ends_with_2_and_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(["song.mp3", "--output", "film.mp4", "--format", "4:3"])
    assert exit_info.value.code == 2
    output = capsys.readouterr().err
    assert "usage: python -m videos.render" in output
    assert "9:16" in output.splitlines()[-1]
    assert "VideoFormat" not in output


@pytest.mark.parametrize("number", [signal.SIGINT, *at_night([signal.SIGTERM])])
def test_an_interruption_ends_with_130_and_leaves_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    audio = write_silent_wav(tmp_path / "song.wav", 600)
    command = [sys.executable, "-m", "videos.render", str(audio), "--json"]
    command += ["--output", str(tmp_path / "film.mp4"), "--processes", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if b"drawing" in line:
                process.send_signal(number)
                break
        assert b"Stopped" in process.stdout.read()
        assert process.wait(5) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["song.wav"]


def warnings_of(output: str) -> list[str]:
    messages = [json.loads(line) for line in output.splitlines()]
    return [message["warning"] for message in messages if "warning" in message]


def test_what_the_file_says_is_used(tmp_path: Path) -> None:
    song, output = tmp_path / "song.mp3", tmp_path / "film.mp4"
    song.write_bytes(tagged_songs.synced_mp3())
    assert run(song, "--output", output) == 0
    tags = read_tags(output)
    assert (tags["title"], tags["artist"]) == ("Night over Town", "Test Singer, Second Singer")
    assert tags["comment"] == tagged_songs.SUNO
    red = cover_of(output)[300, 300]
    assert red[0] > 150
    assert max(red[1:]) < 90
    plain = tmp_path / "plain.mp4"
    assert run(song, "--output", plain, "--no-tags") == 0
    assert read_tags(plain)["title"] == "song"
    assert "artist" not in read_tags(plain)
    assert not np.allclose(cover_of(plain)[300, 300], red, atol=40)


def cover_of(film: Path) -> np.ndarray:
    """Return the picture that file lists show for a film, as RGB."""
    with av.open(str(film)) as container:
        frame = next(container.decode(container.streams.video[1]))
        return frame.to_ndarray(format="rgb24")


@pytest.mark.parametrize("names", ["TITLE ARTIST", "title artist", "Title Artist"])
def test_tags_are_read_in_any_case(tmp_path: Path, names: str) -> None:
    song, output = write_song(tmp_path / "song.flac", tone(0.3)), tmp_path / "film.mp4"
    file, (title, artist) = FLAC(song), names.split()
    file[title], file[artist] = "Night", ["A", "B"]
    file.save()
    assert run(song, "--output", output) == 0
    tags = read_tags(output)
    assert (tags["title"], tags["artist"]) == ("Night", "A, B")


@pytest.mark.parametrize(
    ("song", "sentence"),
    [
        (tagged_songs.truncated_mp3, "This file ends after 0:04, though it should last 0:08"),
        (tagged_songs.damaged_flac, "seconds within this song are damaged"),
    ],
)
def test_what_is_missing_in_the_sound_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], song, sentence: str
) -> None:
    path = tmp_path / "song"
    path.write_bytes(song())
    assert run(path, "--output", tmp_path / "film.mp4", "--json") == 0
    assert [sentence in each for each in warnings_of(capsys.readouterr().out)] == [True]


def test_a_cover_in_the_file_that_cannot_be_read_is_told_of_and_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = APIC(encoding=3, mime="image/jpeg", type=3, desc="", data=b"no picture")
    path = tmp_path / "song.mp3"
    path.write_bytes(tagged_songs.mp3(cover=broken, lyrics=None))
    assert run(path, "--output", tmp_path / "film.mp4", "--json") == 0
    expected = ["The cover in this file cannot be read; it is left out."]
    assert warnings_of(capsys.readouterr().out) == expected
