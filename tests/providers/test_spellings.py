"""The table of the vendors' spellings, and each row of the stand-in's through our clients."""

import pytest

from tests.standin.variants import FILM, MUSIC_VARIANTS, VARIANTS
from videos.providers import crun, spellings, suno
from videos.statuses import MusicStatus, VideoStatus

ADDRESS = "https://cdn.example/film.mp4"
TRACKS = [
    {"id": str(n), "suno_id": str(n), "audioUrl": ADDRESS, "audio_url": ADDRESS} for n in (1, 2)
]


def test_every_word_is_in_its_table_once_and_has_a_source():
    for table in (spellings.VIDEO_SPELLINGS, spellings.MUSIC_SPELLINGS):
        words = [each.word for each in table]
        assert len(words) == len(set(words))
        assert all(each.source and each.word == each.word.upper() for each in table)
    assert all(cause.source for cause in spellings.MESSAGE_CAUSES)
    assert {each.word for each in spellings.VIDEO_SPELLINGS} >= set(VideoStatus.values)
    assert {each.word for each in spellings.MUSIC_SPELLINGS} >= set(MusicStatus.values)


@pytest.mark.parametrize("variant", [each for each in VARIANTS if each.suno])
def test_every_spelling_of_a_film_is_read_in_sunos_family(variant):
    address = ADDRESS if variant.url == FILM else ""
    record = suno.parse_video(
        {
            "taskId": "x",
            "successFlag": variant.word,
            "response": {"videoUrl": address},
            "errorCode": variant.code,
            "errorMessage": variant.message,
        }
    )
    assert (record.status, record.video_url) == (variant.expected, address)


@pytest.mark.parametrize("variant", [each for each in VARIANTS if each.crun])
def test_every_spelling_of_a_film_is_read_at_crun(variant):
    result = {"media_urls": [ADDRESS]} if variant.url == FILM else None
    if variant.code or variant.message:
        result = {"code": variant.code, "message": variant.message}
    record = crun.parse_video({"task_id": "x", "status": variant.word, "result": result})
    assert record.status == variant.expected


@pytest.mark.parametrize(("word", "expected"), MUSIC_VARIANTS)
def test_every_spelling_of_a_song_is_read_by_both_families(word, expected):
    for data, client in (
        ({"taskId": "x", "status": word, "response": {"sunoData": TRACKS}}, suno),
        ({"task_id": "x", "status": word, "result": {"suno_data": TRACKS}}, crun),
    ):
        assert client.parse_music(data, "x").status == expected


def test_a_strange_word_beside_one_track_is_no_whole_song():
    data = {"taskId": "x", "status": "ALMOST_THERE", "response": {"sunoData": TRACKS[:1]}}
    assert suno.parse_music(data, "x").status == MusicStatus.FIRST_SUCCESS
    silent = {"sunoData": [{"id": "1"}, {"id": "2"}]}
    assert suno.parse_music(data | {"response": silent}, "x").status == MusicStatus.PENDING


@pytest.mark.parametrize(
    "fields",
    [
        {"response": {"videoUrl": ADDRESS}},
        {"response": {"video_url": ADDRESS}},
        {"response": f'{{"videoUrl": "{ADDRESS}"}}'},
        {"response": {"resultUrls": [ADDRESS]}},
        {"response": {"resultUrls": f'["{ADDRESS}"]'}},
        {"response": None, "videoUrl": ADDRESS},
        {"video_url": ADDRESS},
    ],
)
def test_a_films_address_is_found_wherever_hosts_put_it(fields):
    record = suno.parse_video({"taskId": "x", "successFlag": "SUCCESS", **fields})
    assert (record.status, record.video_url) == (VideoStatus.SUCCESS, ADDRESS)
