"""The code of a second factor, at a log-in and later: wrong ones are counted."""

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm

from videos.accounts import log_ins
from videos.pipeline.rations import RationSpent


class CountedCode(BaseAuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """Counts what is tried, before it is compared, and gives the right code back."""

    def clean_code(self) -> str:
        """Return the code; raises ``ValidationError`` for a wrong one, and for any after many."""
        try:
            give_back = log_ins.count_code(self.user)
        except RationSpent as error:
            raise get_adapter().validation_error("too_many_login_attempts") from error
        code: str = super().clean_code()
        give_back()
        return code


class CodeForm(CountedCode, AuthenticateForm):  # type: ignore[misc]
    """The code of a log-in."""


class CodeAgainForm(CountedCode, ReauthenticateForm):  # type: ignore[misc]
    """The code that is entered again before something is changed."""
