"""Fixtures of the pipeline: a scratch folder, and a renderer in place of the real one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django.fixtures import Settings

if TYPE_CHECKING:
    from tests.pipeline.renderers import Renderer


@pytest.fixture(autouse=True)
def scratch(settings: Settings, tmp_path: Path) -> Path:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    return settings.SCRATCH_DIR


@pytest.fixture
def not_stopping() -> Iterator[None]:
    """Let the workers of later tests begin, whatever this one does."""
    from videos import pipeline

    yield
    pipeline.stopping.clear()


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> "Callable[[Renderer], None]":
    """Return a function that replaces the renderer by another function."""
    from videos.providers import builtin

    return lambda function: monkeypatch.setattr(builtin, "render_in_child", function)
