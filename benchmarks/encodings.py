"""``python -m benchmarks.encodings``: how often detectors read the tests' verses right.

charset-normalizer is tried where it is installed. Its table is in the README of the samples.
"""

import importlib
import time
from collections import Counter
from collections.abc import Callable
from unicodedata import normalize

import chardet

from tests.render.encodings.samples import languages, samples_of
from videos.render.lyrics import EncodingDoubt, LyricsError, decode

SIZES = (0, 4, 2, 1)  # lines of a file; 0 for all
Detector = Callable[[bytes], str]


def main() -> None:
    """Print the share of files that each detector reads right, wrong or not at all."""
    for name, detector in _detectors().items():
        start = time.perf_counter()
        for size in SIZES:
            outcomes = Counter(
                _outcome(detector, sample.data, sample.text)
                for language in languages()
                for sample in samples_of(language, size)
            )
            shares = ", ".join(
                f"{key} {100 * n / outcomes.total():.1f} %" for key, n in outcomes.most_common()
            )
            print(f"{name}, {size or 'all'} lines, {outcomes.total()} files: {shares}")
        print(f"{name}: {time.perf_counter() - start:.1f} s")


def _detectors() -> dict[str, Detector]:
    detectors: dict[str, Detector] = {"chardet": _by_chardet, "ours": decode}
    try:
        normalizer = importlib.import_module("charset_normalizer")
    except ImportError:
        return detectors
    return {"charset-normalizer": lambda data: str(normalizer.from_bytes(data).best()), **detectors}


def _by_chardet(data: bytes) -> str:
    encoding = chardet.detect(data, compat_names=False)["encoding"]
    return data.decode(encoding or "ascii")


def _outcome(detector: Detector, data: bytes, text: str) -> str:
    try:
        return "right" if normalize("NFC", detector(data)) == text else "wrong"
    except EncodingDoubt:
        return "in doubt"
    except (LyricsError, UnicodeDecodeError):
        return "refused"


if __name__ == "__main__":
    main()
