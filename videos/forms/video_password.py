"""The form by which a visitor opens a video that has a password."""

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from videos.models import Video
from videos.pipeline.rations import RationSpent
from videos.share import password


class VideoPasswordForm(forms.Form):
    """The password of a shared video."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=1000,  # also one that is too long is only a wrong one
        error_messages={"required": gettext_lazy("Enter the password.")},
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def __init__(self, request: HttpRequest, video: Video, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.request, self.video = request, video

    def clean_password(self) -> str:
        """Return the password if it is right; raises ``ValidationError`` also after many."""
        entered = str(self.cleaned_data["password"])
        try:
            if password.is_right(self.request, self.video, entered):
                return entered
        except RationSpent as error:
            sentence = _("Too many wrong passwords. Wait a while, then try again.")
            raise forms.ValidationError(sentence) from error
        raise forms.ValidationError(_("This is not the password of this video."))
