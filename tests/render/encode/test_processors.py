"""How many processes draw side by side: what processors, limits of containers and memory allow."""

import os
from pathlib import Path

import pytest

from videos.render.encode.processors import (
    MAX_PROCESSES,
    count_processors,
    default_processes,
    free_memory,
)

MIB = 1 << 20
HD = (1280, 720)


def write(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own"
    path.write_text("0::/system/portal\n")
    return path


@pytest.fixture
def cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(64)), raising=False)


@pytest.mark.parametrize(
    ("group", "parent", "expected"),
    [
        ("max 100000", "max 100000", 64),
        ("400000 100000", "max 100000", 4),
        ("max 100000", "250000 100000", 2),
        ("50000 100000", "max 100000", 1),
        ("odd", "", 64),
    ],
)
def test_the_smallest_limit_of_a_container_counts(
    tmp_path: Path, own: Path, cores: None, group: str, parent: str, expected: int
) -> None:
    write(tmp_path / "system/portal", cpu__max=group)
    write(tmp_path / "system", cpu__max=parent)
    assert count_processors(tmp_path, own) == expected


def test_older_kernels_have_a_folder_for_each_kind_of_limit(tmp_path: Path, cores: None) -> None:
    own = tmp_path / "own"
    own.write_text("4:cpu,cpuacct:/docker/ab12\n2:memory:/docker/ab12\n")
    write(tmp_path / "cpu,cpuacct", cpu__cfs_quota_us="300000", cpu__cfs_period_us="100000")
    write(
        tmp_path / "memory",
        memory__limit_in_bytes=str(900 * MIB),
        memory__usage_in_bytes=str(600 * MIB),
        memory__stat=f"cache 1\ntotal_inactive_file {100 * MIB}\n",
    )
    assert count_processors(tmp_path, own) == 3
    assert free_memory(tmp_path / "none", tmp_path, own) == 400 * MIB


def test_where_nothing_tells_limits_there_are_none(tmp_path: Path, cores: None) -> None:
    assert count_processors(tmp_path, tmp_path / "none") == 64
    assert free_memory(tmp_path / "none", tmp_path, tmp_path / "none") is None


def test_free_memory_is_the_smaller_of_machine_and_container(tmp_path: Path, own: Path) -> None:
    info = tmp_path / "meminfo"
    info.write_text("MemTotal: 9 kB\nMemAvailable:  2048000 kB\n")
    assert free_memory(info, tmp_path, own) == 2000 * MIB
    write(
        tmp_path / "system",
        memory__max=str(500 * MIB),
        memory__current=str(450 * MIB),
        memory__stat=f"anon 1\ninactive_file {30 * MIB}\n",
    )
    assert free_memory(info, tmp_path, own) == 80 * MIB


def test_a_film_has_as_many_processes_as_the_machine_can_bear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = "videos.render.encode.processors"
    monkeypatch.delenv("RENDER_PROCESSES", raising=False)
    monkeypatch.setattr(f"{module}.count_processors", lambda: 64)
    monkeypatch.setattr(f"{module}.free_memory", lambda: 64 << 30)
    assert default_processes(HD) == MAX_PROCESSES
    monkeypatch.setattr(f"{module}.free_memory", lambda: 1 << 30)
    few, large = default_processes(HD), default_processes((3840, 2160))
    assert MAX_PROCESSES > few > large >= 1
    monkeypatch.setattr(f"{module}.free_memory", lambda: 0)
    assert default_processes(HD) == 1
    monkeypatch.setattr(f"{module}.free_memory", lambda: None)
    monkeypatch.setattr(f"{module}.count_processors", lambda: 3)
    assert default_processes(HD) == 3


def test_the_environment_decides_if_it_says_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("videos.render.encode.processors.count_processors", lambda: 2)
    monkeypatch.setattr("videos.render.encode.processors.free_memory", lambda: None)
    for setting, expected in {"5": 5, "0": 2, "": 2, "-1": 2, "many": 2}.items():
        monkeypatch.setenv("RENDER_PROCESSES", setting)
        assert default_processes(HD) == expected
