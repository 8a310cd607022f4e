"""The checks of the machine."""

import os
import sys
from pathlib import Path

import pytest

from tests.checks.deploy import ids
from videos import checks
from videos.checks import machine


def test_the_data_folder_must_be_there(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert checks.check_data_dir() == []
    settings.DATA_DIR = tmp_path / "missing"
    assert ids(checks.check_data_dir()) == ["videos.E002"]


def test_the_data_folder_must_be_writable(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("os.access", lambda path, mode: not mode & os.W_OK)
    assert ids(checks.check_data_dir()) == ["videos.E002"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have I003")
@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ((True, True), []),
        ((False, True), ["videos.W020"]),
        ((True, False), ["videos.W021"]),
        ((False, False), ["videos.W020", "videos.W021"]),
    ],
)
def test_a_kernel_that_cannot_shut_decoders_in_is_reported(monkeypatch, layers, expected):
    monkeypatch.setattr(machine, "has_landlock", lambda: layers[0])
    monkeypatch.setattr(machine, "has_filter", lambda: layers[1])
    assert [message.id for message in checks.check_sandbox()] == expected


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have I003")
def test_data_beside_python_are_reported(settings, monkeypatch):
    settings.DATA_DIR = Path(sys.prefix) / "var"
    (message,) = [each for each in checks.check_sandbox() if each.id == "videos.W022"]
    assert sys.prefix in message.msg
