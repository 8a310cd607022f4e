"""The options of a film: each one is declared here, once, for all that offer or obey it.

The form, the preview, the API, the command line, the columns of a video, the admin, the key of a
repeated order and the renderer read these declarations. To add an option, add a field to
``StyleOptions``, its column to ``videos/models/video.py``, and obey it where the film is drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum, IntEnum, StrEnum
from typing import Self

from videos.render.errors import gettext_noop
from videos.render.styles.colours import parse_colour


class VideoFormat(StrEnum):
    """The shape of the picture, as width to height."""

    WIDE = "16:9"
    TALL = "9:16"
    SQUARE = "1:1"


class Look(StrEnum):
    """How the pictures move with the sound."""

    GLOW = "glow"
    ORBIT = "orbit"
    WAVE = "wave"
    KINETIC = "kinetic"
    STAGE = "stage"
    DRIFT = "drift"


BACKDROP_LOOKS = (Look.STAGE, Look.DRIFT)  # those that show pictures of the creator's own


class Resolution(IntEnum):
    """Pixels of the shorter side of the picture."""

    HD = 720
    FULL_HD = 1080
    QUAD_HD = 1440
    ULTRA_HD = 2160


class FrameRate(IntEnum):
    """Frames a second."""

    STANDARD = 30
    SMOOTH = 60


class Sound(StrEnum):
    """How loud the film is."""

    NORMALISED = "normalised"  # to -14 LUFS
    SOURCE = "source"


class SectionLanguage(StrEnum):
    """In which language the usual names of sections are shown."""

    AS_WRITTEN = "as_written"
    ENGLISH = "en"
    RUSSIAN = "ru"
    CHINESE = "zh-hans"


class TextSize(StrEnum):
    """How large the words are, beside those that the look has by itself."""

    SMALL = "S"
    MEDIUM = "M"
    LARGE = "L"


class Typeface(StrEnum):
    """The letters of Latin and Cyrillic texts, and of Greek in the first one."""

    SANS = "sans"
    SERIF = "serif"
    CONDENSED = "condensed"


CHOICE_LABELS: Mapping[Enum, str] = {
    VideoFormat.WIDE: gettext_noop("Wide (16:9)"),
    VideoFormat.TALL: gettext_noop("Tall (9:16)"),
    VideoFormat.SQUARE: gettext_noop("Square (1:1)"),
    Look.GLOW: gettext_noop("Glow"),
    Look.ORBIT: gettext_noop("Orbit"),
    Look.WAVE: gettext_noop("Wave"),
    Look.KINETIC: gettext_noop("Kinetic"),
    Look.STAGE: gettext_noop("Stage"),
    Look.DRIFT: gettext_noop("Drift"),
    Resolution.HD: gettext_noop("720p"),
    Resolution.FULL_HD: gettext_noop("1080p"),
    Resolution.QUAD_HD: gettext_noop("1440p"),
    Resolution.ULTRA_HD: gettext_noop("2160p (4K)"),
    FrameRate.STANDARD: gettext_noop("30 pictures a second"),
    FrameRate.SMOOTH: gettext_noop("60 pictures a second"),
    Sound.NORMALISED: gettext_noop("Levelled to −14 LUFS"),
    Sound.SOURCE: gettext_noop("As loud as the song"),
    SectionLanguage.AS_WRITTEN: gettext_noop("As the lyrics have them"),
    SectionLanguage.ENGLISH: "English",
    SectionLanguage.RUSSIAN: "Русский",
    SectionLanguage.CHINESE: "简体中文",
    TextSize.SMALL: gettext_noop("Small"),
    TextSize.MEDIUM: gettext_noop("Medium"),
    TextSize.LARGE: gettext_noop("Large"),
    Typeface.SANS: gettext_noop("Clear (Inter)"),
    Typeface.SERIF: gettext_noop("Elegant (Playfair)"),
    Typeface.CONDENSED: gettext_noop("Poster (Oswald)"),
}


def _texts(
    label: str, description: str, form_label: str = "", *, in_preview: bool = True
) -> dict[str, str | bool]:
    """Return what is declared of an option beside its type and its default.

    ``label`` names it in rows and in the admin, ``form_label`` in the form where that differs;
    ``description`` tells programs and operators what it does. ``in_preview`` is False for what a
    small still picture does not show.
    """
    texts = {"label": label, "description": description, "form_label": form_label}
    return {**texts, "in_preview": in_preview}


@dataclass(frozen=True, kw_only=True)
class StyleOptions:
    """How a film looks and sounds. Only the built-in renderer obeys these options."""

    format: VideoFormat = field(
        default=VideoFormat.WIDE,
        metadata=_texts(gettext_noop("format"), gettext_noop("Shape of the film.")),
    )
    look: Look = field(
        default=Look.GLOW,
        metadata=_texts(gettext_noop("look"), gettext_noop("Look of the film.")),
    )
    resolution: Resolution = field(
        default=Resolution.HD,
        metadata=_texts(
            gettext_noop("resolution"),
            gettext_noop("Pixels of the shorter side of the picture."),
            in_preview=False,
        ),
    )
    fps: FrameRate = field(
        default=FrameRate.STANDARD,
        metadata=_texts(
            gettext_noop("frame rate"), gettext_noop("Frames a second."), in_preview=False
        ),
    )
    sound: Sound = field(
        default=Sound.NORMALISED,
        metadata=_texts(
            gettext_noop("sound"),
            gettext_noop("Loudness of the film: levelled to −14 LUFS, or as the song is."),
            gettext_noop("Loudness"),
            in_preview=False,
        ),
    )
    section_tags: bool = field(
        default=True,
        metadata=_texts(
            gettext_noop("section names"),
            gettext_noop("Whether Verse, Chorus and the like are shown above their lines."),
            gettext_noop("Show the names of sections, such as Chorus"),
        ),
    )
    section_language: SectionLanguage = field(
        default=SectionLanguage.AS_WRITTEN,
        metadata=_texts(
            gettext_noop("language of section names"),
            gettext_noop("Language in which usual names of sections are shown, such as Chorus."),
            gettext_noop("Names of sections in"),
        ),
    )
    typeface: Typeface = field(
        default=Typeface.SANS,
        metadata=_texts(gettext_noop("typeface"), gettext_noop("Typeface of all texts.")),
    )
    text_size: TextSize = field(
        default=TextSize.MEDIUM,
        metadata=_texts(
            gettext_noop("size of the words"),
            gettext_noop("How large the words are."),
        ),
    )
    accent: str = field(
        default="",
        metadata=_texts(
            gettext_noop("colour"),
            gettext_noop("Colour (#rrggbb) instead of the cover's."),
        ),
    )
    second_accent: str = field(
        default="",
        metadata=_texts(
            gettext_noop("second colour"),
            gettext_noop("Colour (#rrggbb) that the first one runs into."),
        ),
    )
    hide_title: bool = field(
        default=False,
        metadata=_texts(
            gettext_noop("without title"),
            gettext_noop("Leaves out title and author beside the pictures."),
            gettext_noop("Title"),
        ),
    )
    hide_signature: bool = field(
        default=False,
        metadata=_texts(
            gettext_noop("without signature"),
            gettext_noop("Leaves out the signature on the cover."),
            gettext_noop("Signature"),
        ),
    )
    hide_bars: bool = field(
        default=False,
        metadata=_texts(
            gettext_noop("without bars"),
            gettext_noop("Leaves out bars, ring or line that move with the sound."),
            gettext_noop("Bars"),
        ),
    )
    hide_timeline: bool = field(
        default=False,
        metadata=_texts(
            gettext_noop("without timeline"),
            gettext_noop("Leaves out the line that shows how much has played."),
            gettext_noop("Timeline"),
        ),
    )
    hide_clock: bool = field(
        default=False,
        metadata=_texts(
            gettext_noop("without clock"),
            gettext_noop("Leaves out the time that has passed, and that of the song."),
            gettext_noop("Clock"),
        ),
    )
    hide_site: bool = field(
        default=False,
        metadata=_texts(
            gettext_noop("without site"),
            gettext_noop("Leaves out the domain name at the bottom."),
            gettext_noop("Domain name"),
        ),
    )

    @classmethod
    def parse(cls, values: Mapping[str, object]) -> Self:
        """Return the options from plain ``values``; what is missing has its default.

        Raises ``ValueError`` for a value that an option does not have.
        """
        named = (option for option in OPTIONS if option.name in values)
        return cls(**{option.name: option.parse(values[option.name]) for option in named})  # type: ignore[arg-type]

    def values(self) -> dict[str, str | int | bool]:
        """Return all options as plain values, as rows and JSON hold them."""
        return {option.name: plain(getattr(self, option.name)) for option in OPTIONS}

    def changed(self) -> dict[str, str | int | bool]:
        """Return the options that are not at their defaults, as plain values."""
        return {
            option.name: value
            for option in OPTIONS
            if (value := self.values()[option.name]) != option.plain_default
        }


@dataclass(frozen=True)
class Option:
    """One option, as it was declared."""

    name: str
    default: Enum | bool | str
    label: str
    description: str
    form_label: str
    in_preview: bool

    @property
    def is_flag(self) -> bool:
        """Whether it is on or off, instead of one of several choices."""
        return isinstance(self.default, bool)

    @property
    def is_colour(self) -> bool:
        """Whether it is a colour (#rrggbb), or "" for none."""
        return isinstance(self.default, str) and not isinstance(self.default, Enum)

    @property
    def plain_default(self) -> str | int | bool:
        """The default as rows and JSON hold it."""
        return plain(self.default)

    @property
    def choices(self) -> tuple[tuple[str | int | bool, str], ...]:
        """The plain values that a choice has, each with its label; none for others."""
        members = tuple(type(self.default)) if isinstance(self.default, Enum) else ()
        return tuple((plain(member), CHOICE_LABELS[member]) for member in members)

    def parse(self, value: object) -> Enum | bool | str:
        """Return the option's value for a plain one. Raises ``ValueError`` for any other."""
        if isinstance(self.default, Enum):
            return type(self.default)(value)
        if self.is_colour:
            return parse_colour(value)
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} is neither true nor false.")
        return value


def plain(value: object) -> str | int | bool:
    """Return an option's value as a string, a number or a flag."""
    raw = value.value if isinstance(value, Enum) else value
    assert isinstance(raw, str | int)
    return raw


OPTIONS = tuple(Option(each.name, each.default, **each.metadata) for each in fields(StyleOptions))
FPS = FrameRate.STANDARD
RESOLUTION = Resolution.HD
DEFAULT_STYLE = StyleOptions()
