"""The errors of the renderer."""

import errno

import pytest

from videos.render.errors import (
    AudioError,
    CoverError,
    InputError,
    RenderError,
    StorageError,
    is_disk_full,
)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_seen_behind_other_errors(number):
    error = RenderError("The film could not be made.")
    error.__cause__ = OSError(number, "full")
    assert is_disk_full(error)
    hidden = RenderError("The film could not be made.")
    hidden.__context__ = error
    assert is_disk_full(hidden)
    assert is_disk_full(OSError(number, "full"))
    assert is_disk_full(StorageError("full"))


def test_other_errors_are_no_full_disk():
    assert not is_disk_full(None)
    assert not is_disk_full(OSError(errno.EACCES, "no"))
    assert not is_disk_full(RenderError("no"))


def test_what_a_person_can_mend_is_told_apart_from_what_is_our_fault():
    assert issubclass(AudioError, InputError)
    assert issubclass(CoverError, InputError)
    assert not issubclass(RenderError, InputError)
