"""The sentences that a creator reads when a vendor fails or refuses."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from videos.providers import errors

_SENTENCES: Mapping[type[errors.VendorError], Promise] = {
    errors.AuthenticationError: gettext_lazy(
        "%(vendor)s does not accept this site's key. The people who run the site have to mend that."
    ),
    errors.CreditsError: gettext_lazy(
        "This site's account at %(vendor)s has no credits left. Once it has been topped up, try "
        "again, or make the video with another provider."
    ),
    errors.Throttled: gettext_lazy(
        "%(vendor)s gets too many orders at the moment. Nothing is lost: it is asked again soon."
    ),
    errors.AlreadyExists: gettext_lazy(
        "%(vendor)s has made a video of this song before, and makes one only. It does not say "
        "which: look into your list of tasks there, and enter the task's id here."
    ),
    errors.Invalid: gettext_lazy("%(vendor)s does not accept this order."),
    errors.NotYet: gettext_lazy(
        "%(vendor)s has no record of this task. Check the id; a task that was ordered a moment ago "
        "may take a minute to appear."
    ),
    errors.NotFound: gettext_lazy(
        "%(vendor)s does not know this task or this track. Check both ids, and that they come from "
        "this vendor."
    ),
    errors.Maintenance: gettext_lazy(
        "%(vendor)s is under maintenance. Nothing is lost: it is asked again later."
    ),
    errors.Transient: gettext_lazy(
        "%(vendor)s does not answer as it should. Nothing is lost: it is asked again soon."
    ),
    errors.GenerationFailed: gettext_lazy("%(vendor)s tried, and could not make this."),
    errors.Disabled: gettext_lazy(
        "%(vendor)s does not offer this at the moment. Choose another provider."
    ),
}
# For these errors the vendor's message says more than our sentence
_WITH_VENDOR_MESSAGE = (
    errors.CreditsError,
    errors.Invalid,
    errors.Maintenance,
    errors.Transient,
    errors.GenerationFailed,
    errors.Disabled,
)


def sentence_for(kind: type[errors.VendorError], vendor: str, vendor_message: str = "") -> str:
    """Return the sentence for an error of ``kind``, with the vendor's message where it helps."""
    sentence = str(_SENTENCES[kind]) % {"vendor": vendor}
    if not vendor_message or kind not in _WITH_VENDOR_MESSAGE:
        return sentence
    words = {"sentence": sentence, "message": vendor_message}
    return _("%(sentence)s It says: %(message)s") % words
