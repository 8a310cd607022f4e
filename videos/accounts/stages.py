"""The step of a log-in at which a new person waits for an operator's approval."""

from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect


class ApprovalStage(LoginStage):
    """Ends the log-in of a person whom no operator has approved yet."""

    key = "approval"
    urlname = "videos:approval_pending"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Return the page that says so and False, or None and True to go on."""
        user = self.login.user
        if user is None or user.approval_requested_at is None:
            return None, True
        return redirect(self.urlname), False
