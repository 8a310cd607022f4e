"""Reads the frames of a looping video that ``convert_loop`` has made: any of them, by number."""

import os
from collections.abc import Iterator
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame

from videos.render.errors import BackdropError
from videos.render.errors import gettext_noop as _

RATE = 30  # frames a second
KEY_INTERVAL = 15  # frames
DEMUXER, DECODER = "mov", "h264"
OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": DEMUXER,
    "codec_whitelist": DECODER,
}
UNREADABLE = _("The looping video cannot be read: its file is damaged. Upload it again.")


class LoopFilm:
    """An open video. Frames in order are the fastest; each process has the file open by itself."""

    def __init__(self, path: Path) -> None:
        """Open the video. Raises BackdropError."""
        self._path = path.absolute()
        self._process, self._next = 0, 0
        self._decoder: Iterator[VideoFrame] = iter(())
        stream = self._container.streams.video[0]
        self.size = stream.width, stream.height
        self.frames = stream.frames
        if not self.frames:
            raise BackdropError(UNREADABLE)

    def read(self, number: int) -> VideoFrame:
        """Return the frame with this number, from 0. Raises BackdropError."""
        container = self._container
        try:
            if not self._next <= number <= self._next + KEY_INTERVAL:
                stream = container.streams.video[0]
                assert stream.time_base is not None
                container.seek(round(number / RATE / stream.time_base), stream=stream)
                self._decoder = container.decode(video=0)
            for frame in self._decoder:
                position = round((frame.time or 0.0) * RATE)
                self._next = position + 1
                if position >= number:
                    return frame
        except av.FFmpegError as error:
            raise BackdropError(UNREADABLE) from error
        raise BackdropError(UNREADABLE)

    @property
    def _container(self) -> InputContainer:
        """The file, opened by this process: another has moved its own position in it."""
        if self._process != os.getpid():
            try:
                self._open_file = av.open(
                    str(self._path), format=DEMUXER, options=OPTIONS, container_options=OPTIONS
                )
                self._open_file.streams.video[0].codec_context.thread_count = 1
            except (av.FFmpegError, OSError, IndexError) as error:
                raise BackdropError(UNREADABLE) from error
            self._process, self._next = os.getpid(), 0
            self._decoder = self._open_file.decode(video=0)
        return self._open_file
