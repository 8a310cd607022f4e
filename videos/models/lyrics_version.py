"""Versions of a track's lyrics: each save is one, and an earlier one can be brought back."""

from dataclasses import asdict, dataclass
from typing import ClassVar, Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from videos.models.track import Track

MAX_VERSIONS = 200  # of a track; older ones go, but for those that films were made of


class LyricsConflict(Exception):
    """The lyrics were changed since they were read; ``version`` is the number of what they are."""

    def __init__(self, version: int) -> None:
        super().__init__(f"The lyrics are at version {version}.")
        self.version = version


@dataclass(frozen=True)
class LyricsState:
    """All that decides which words a track's film shows, and when: three columns of the track."""

    lyrics: str
    lyrics_offset: int = 0
    use_aligned_words: bool = False

    @classmethod
    def of(cls, row: "Track | LyricsVersion") -> Self:
        """Return the state of a track, or that which a version holds."""
        has_words = bool(row.active_aligned_words) if isinstance(row, Track) else None
        is_sung_by_words = row.use_aligned_words if has_words is None else has_words
        return cls(row.lyrics, row.lyrics_offset, is_sung_by_words)


class Origin(models.TextChoices):
    """Where the lyrics of a version come from."""

    BEFORE = "before", _("As it was before")
    TYPED = "typed", _("Typed")
    IMPORTED = "imported", _("From a file")
    EDITED = "edited", _("Timed here")
    GUESSED = "guessed", _("Guessed from the sound")
    VENDOR = "vendor", _("The vendor's word times")
    RESTORED = "restored", _("Brought back")
    SET_ASIDE = "set_aside", _("Set aside, from another window")


class LyricsVersionQuerySet(models.QuerySet["LyricsVersion"]):
    """Versions of one track or many."""

    def save_state(
        self, track: Track, state: LyricsState, origin: Origin, expected: int | None = None
    ) -> int:
        """Give ``track`` the lyrics ``state`` as a new version; return its number.

        Lyrics that changed without a version get one first. A state that the track has already
        makes no new one. Raises ``LyricsConflict`` where ``expected`` is not the track's number.
        """
        with transaction.atomic():
            row = Track.objects.select_for_update().get(pk=track.pk)
            if expected is not None and expected != row.lyrics_version:
                raise LyricsConflict(row.lyrics_version)
            number = self._record_present(row)
            if state != LyricsState.of(row):
                number += 1
                self.create(track=row, number=number, origin=origin, **asdict(state))
            changes = {**asdict(state), "lyrics_version": number}
            Track.objects.filter(pk=row.pk).update(**changes)
            self._drop_old(row, number)
        for name, value in changes.items():
            setattr(track, name, value)
        return number

    def _record_present(self, row: Track) -> int:
        """Return the number of the version that the track has now, which may be added here."""
        present = self.filter(track=row, number=row.lyrics_version).first()
        if present and LyricsState.of(present) == LyricsState.of(row):
            return present.number
        # Number 0 is what the films were made of before there were versions
        number = row.lyrics_version + 1 if present else row.lyrics_version
        state = asdict(LyricsState.of(row))
        self.create(track=row, number=number, origin=Origin.BEFORE, **state)
        return number

    def _drop_old(self, row: Track, newest: int) -> None:
        used = row.videos.values("lyrics_version")
        oldest = newest - MAX_VERSIONS
        self.filter(track=row, number__lte=oldest).exclude(number__in=used).delete()


class LyricsVersion(models.Model):
    """The lyrics of a track as they were once saved."""

    track = models.ForeignKey(
        Track, models.CASCADE, related_name="lyrics_versions", verbose_name=_("track")
    )
    number = models.PositiveIntegerField(_("number"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.TYPED)
    lyrics = models.TextField(_("lyrics"), blank=True)
    lyrics_offset = models.IntegerField(_("lyrics offset"), default=0)
    use_aligned_words = models.BooleanField(_("sing by the word times"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects: ClassVar[LyricsVersionQuerySet] = LyricsVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("version of lyrics")
        verbose_name_plural = _("versions of lyrics")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("track", "number"), name="one_lyrics_per_number"),
        )

    def __str__(self) -> str:
        return f"{self.track} ({self.number})"
