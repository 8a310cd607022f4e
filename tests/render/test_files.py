import os
from pathlib import Path

import pytest

from videos.render.files import discard_parts, poster_path, temporary_part, write_atomically


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_appear_when_all_of_them_are_whole(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with write_atomically(film, poster_path(film)) as parts:
        for part in parts:
            part.write_bytes(b"x")
        assert all(
            name.startswith(".film.") and name.endswith(".part") for name in list_names(tmp_path)
        )
    assert list_names(tmp_path) == ["film.mp4", "film.poster.jpg"]


def test_nothing_is_left_when_something_goes_wrong(tmp_path: Path) -> None:
    def fail() -> None:
        with write_atomically(tmp_path / "film.mp4") as (part,):
            part.write_bytes(b"x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list_names(tmp_path) == []


def test_a_file_that_was_never_written_makes_none_appear(tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotFoundError),
        write_atomically(tmp_path / "a", tmp_path / "b") as (first, _),
    ):
        first.write_bytes(b"x")
    assert list_names(tmp_path) == []


def test_a_temporary_part_is_gone_in_the_end_and_removed_like_a_part(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with temporary_part(film) as path:
        path.write_bytes(b"x")
        assert list_names(tmp_path) == [path.name]
    assert list_names(tmp_path) == []
    with temporary_part(film) as path:
        path.write_bytes(b"x")
        discard_parts(film, os.getpid())
        assert list_names(tmp_path) == []


@pytest.mark.parametrize("name", ["film.mp4", "[*]?.mp4", "фильм\n.mp4"])
def test_only_the_parts_of_that_film_and_process_are_discarded(tmp_path: Path, name: str) -> None:
    others = [f".other.mp4.{os.getpid()}-1.part", f".{name}.1{os.getpid()}-1.part", name]
    film = tmp_path / name
    own = [f".{each.name}.{os.getpid()}-0a.part" for each in (film, poster_path(film))]
    for each in others + own:
        (tmp_path / each).touch()
    discard_parts(film, os.getpid())
    assert list_names(tmp_path) == sorted(others)
