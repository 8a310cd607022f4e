from dataclasses import replace
from pathlib import Path

import av
import av.logging
import pytest
from PIL import Image

from tests.joined_names import FAMILY, JOINED_NAMES
from tests.render.films import read_boxes
from tests.render.samples import music, scene, write_song
from videos.render.encode.tags import COVER_SIDE, Chapter, make_chapters, make_tags
from videos.render.film import render
from videos.render.lyrics import Line

LINES = (
    Line(1.0, 2.0, "One", section="Verse 1"),
    Line(2.0, 3.0, "Two"),
    Line(3.5, 4.0, "Three", section="Chorus"),
)


def test_sections_become_chapters_from_their_first_line() -> None:
    assert make_chapters(LINES, 5.0) == (
        Chapter(0.0, 1.0, "Intro"),
        Chapter(1.0, 3.5, "Verse 1"),
        Chapter(3.5, 5.0, "Chorus"),
    )


@pytest.mark.parametrize("lines", [(), (Line(1.0, 2.0, "One"),)])
def test_without_sections_there_are_no_chapters(lines: tuple[Line, ...]) -> None:
    assert make_chapters(lines, 5.0) == ()


def test_a_section_after_the_end_is_no_chapter() -> None:
    assert [each.title for each in make_chapters(LINES, 3.0)] == ["Intro", "Verse 1"]


def test_a_film_without_a_known_model_says_nothing_of_it() -> None:
    assert "comment" not in make_tags(scene(Path("song.mp3")))


@pytest.mark.parametrize("name", JOINED_NAMES.values(), ids=JOINED_NAMES)
def test_names_keep_their_joiners(name: str) -> None:
    tags = make_tags(replace(scene(Path("song.mp3")), title=name, author=name, domain_name=name))
    assert (tags["title"], tags["artist"], tags["description"]) == (name, name, name)
    (chapter,) = make_chapters((Line(0.0, 2.0, "One", section=name),), 5.0)
    assert chapter.title == name


def test_a_long_section_is_cut_between_letters() -> None:
    (chapter,) = make_chapters((Line(0.0, 2.0, "One", section=FAMILY * 20),), 5.0)
    assert chapter.title == FAMILY * 11


def test_tags_have_no_controls_and_turn_nothing_round() -> None:
    tags = make_tags(replace(scene(Path("song.mp3")), title="a\x00\nb\u202ec\ud800"))
    assert tags["title"] == "a bc"


def test_joiners_can_be_read_back_from_the_film(tmp_path: Path) -> None:
    names = list(JOINED_NAMES.values())
    lines = [Line(0.2 * i, 0.2 * i + 0.2, "One", section=name) for i, name in enumerate(names)]
    song = write_song(tmp_path / "song.mp3", music(5))
    joined = replace(scene(song, lyrics=tuple(lines)), title="".join(names[:4]), author=names[-1])
    film = render(joined, tmp_path / "film.mp4", processes=1).path
    with av.open(str(film)) as container:
        assert container.metadata["title"] == "".join(names[:4])
        assert container.metadata["artist"] == names[-1]
        assert [each["metadata"]["title"] for each in container.chapters()] == names


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tags")
    cover = folder / "cover.png"
    Image.new("RGB", (900, 700), "#c03020").save(cover)
    film_scene = scene(
        write_song(folder / "song.mp3", music(5)), cover=cover, lyrics=LINES, model_name="V4_5"
    )
    return render(film_scene, folder / "film.mp4", processes=1).path


def test_a_film_says_who_made_it_and_with_what(film: Path) -> None:
    with av.open(str(film)) as container:
        tags = container.metadata
    assert (tags["title"], tags["artist"]) == ("Afterglow", "Mira Solène")
    assert (tags["comment"], tags["description"]) == ("Made with Suno V4_5", "music.example.com")


def test_chapters_can_be_read_back(film: Path) -> None:
    with av.open(str(film)) as container:
        chapters = [
            (float(each["start"] * each["time_base"]), each["metadata"]["title"])
            for each in container.chapters()
        ]
    assert chapters == [(0.0, "Intro"), (1.0, "Verse 1"), (3.5, "Chorus")]


def test_its_cover_is_inside_and_whole(film: Path) -> None:
    with av.open(str(film)) as container:
        stream = next(each for each in container.streams.video if each.disposition.value == 1024)
        picture = next(container.decode(stream)).to_image()
    assert picture.size == (COVER_SIDE, round(COVER_SIDE * 7 / 9))
    red, green, blue = picture.getpixel((300, 300))
    assert red > 150 > 80 > green > blue - 30


def test_a_player_can_still_start_before_it_has_everything(film: Path) -> None:
    names = read_boxes(film)
    assert names.index("moov") < names.index("mdat")


def test_picture_and_sound_come_first(film: Path) -> None:
    with av.open(str(film)) as container:
        assert [stream.type for stream in container.streams][:2] == ["video", "audio"]
        assert container.streams.best("video").index == 0


def test_it_decodes_without_a_warning(film: Path) -> None:
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture(local=False) as logs, av.open(str(film)) as container:
            streams = container.streams.video[0], container.streams.audio[0]
            assert sum(len(packet.decode()) for packet in container.demux(streams)) > 300
    finally:
        av.logging.set_level(None)
    # FFmpeg's demuxer warns so about every MP4 with a cover, also about its own
    assert {text.strip() for _, _, text in logs} <= {"stream 0, timescale not set"}
