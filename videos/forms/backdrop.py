"""The fields with which people choose pictures of their own, or a looping video, for a film."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import Widget
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, ngettext

from videos import pipeline
from videos.forms.files import MEBIBYTE, NO_ROOM, NOT_NOW
from videos.languages.late_translation import translate_late
from videos.models import Asset, User
from videos.render.backdrops.formats import MAX_PICTURES, TOO_MANY
from videos.render.covers.formats import ACCEPT
from videos.render.errors import BackdropError, RenderError, StorageError
from videos.render.options import BACKDROP_LOOKS

VIDEO_ACCEPT = ".mp4,.m4v,.mov,.webm,video/mp4,video/quicktime,video/webm"


class FilesInput(forms.FileInput):
    """An input for several files."""

    allow_multiple_selected = True


class BackdropField(forms.FileField):
    """Up to twelve pictures, or one video; the cleaned value is a list of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: object = None) -> "list[UploadedFile[bytes]]":  # noqa: ANN401 - as Django's
        """Return the files; raises ``ValidationError`` for too many or too large ones."""
        chosen = data or []
        if len(chosen) > MAX_PICTURES:
            words = {"count": len(chosen), "max": MAX_PICTURES}
            raise ValidationError(gettext(TOO_MANY) % words)
        files = [super(BackdropField, self).clean(each, initial) for each in chosen]
        for file in files:
            if getattr(file, "is_incomplete", False):
                raise ValidationError(NO_ROOM)
            limit = settings.MAX_BACKDROP_BYTES
            if file.size > limit:
                sentence = gettext("%(name)s has %(size)d MB; %(most)d MB are the limit.")
                size = -(-file.size // MEBIBYTE)
                values = {"name": file.name, "size": size, "most": limit // MEBIBYTE}
                raise ValidationError(sentence % values)
        return files

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Return the attributes of the input: the accepted types and the limit in bytes."""
        accept, limit = f"{ACCEPT},{VIDEO_ACCEPT}", settings.MAX_BACKDROP_BYTES
        return super().widget_attrs(widget) | {"accept": accept, "data-maxbytes": str(limit)}


class BackdropForm(forms.Form):
    """What is chosen now, and what was uploaded with an earlier attempt: nothing is sent twice."""

    backdrop = BackdropField(
        label=gettext_lazy("Your pictures or a looping video"),
        required=False,
        help_text=gettext_lazy(
            "Up to 12 pictures, or a video of at most 15 seconds; else the cover."
        ),
    )
    assets = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    owner: User

    def clean_backdrop(self) -> list[Asset]:
        """Store the files and return their assets; an error where one cannot be used."""
        files = self.cleaned_data["backdrop"]
        try:
            return pipeline.store_backdrop(self.owner, files) if files else []
        except (BackdropError, pipeline.QuotaReached) as error:
            raise ValidationError(translate_late(str(error))) from error
        except StorageError as error:
            raise ValidationError(NO_ROOM) from error
        except RenderError as error:
            raise ValidationError(NOT_NOW) from error

    def clean_chosen(self) -> list[Asset]:
        """Return the assets that were chosen, now or before; the form shows them from now on."""
        data = self.cleaned_data
        chosen = data.get("backdrop") or Asset.objects.for_user(self.owner).in_order(
            (data.get("assets") or "").split()
        )
        if "clear_backdrop" in self.data:
            chosen = []
        shown = cast("QueryDict", self.data).copy()
        shown["assets"] = pipeline.join_ids(chosen)
        self.data = shown
        self.chosen_assets = chosen
        return chosen

    def clean_backdrop_of(self, look: str) -> str:
        """Return the ids of what a look shows of what was chosen, "" for nothing.

        Files that are sent with a look that shows none are an error.
        """
        chosen = self.clean_chosen()
        if look in BACKDROP_LOOKS:
            return pipeline.join_ids(chosen)
        if self.cleaned_data.get("backdrop"):
            sentence = gettext("This look shows no pictures of yours: choose Stage or Drift.")
            self.add_error("backdrop", sentence)
        return ""

    @property
    def chosen_text(self) -> str:
        """What was chosen, in words; "" for nothing."""
        chosen: list[Asset] = getattr(self, "chosen_assets", [])
        if not chosen:
            return ""
        if chosen[0].kind == Asset.Kind.LOOP:
            return gettext("A video of %(n)d s") % {"n": round(chosen[0].duration or 0)}
        return ngettext("%(n)d picture", "%(n)d pictures", len(chosen)) % {"n": len(chosen)}


class BackdropUploadForm(BackdropForm):
    """The files alone, which the page sends as soon as they are chosen."""

    def __init__(self, owner: User, *args: object) -> None:
        """Validate the files of ``owner``."""
        super().__init__(*args)  # type: ignore[arg-type]
        self.owner = owner

    def clean(self) -> dict[str, object]:
        """Return the values, with what is chosen from now on."""
        data = super().clean() or {}
        self.clean_chosen()
        return data
