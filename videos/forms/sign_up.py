"""Forms of sign-up and reset that say, and take, the same for known and unknown addresses."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm, ResetPasswordKeyForm, SignupForm
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from videos.accounts import proof, sign_up
from videos.models import PasswordResetRequest, User
from videos.queue import enqueue_account_work


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth has no types
    """Makes an account; an address that is taken costs the same time, and looks the same."""

    waits_for_approval = False

    def validate_unique_email(self, value: str) -> str:
        """Return the address; one that another account only added, unproved, is not taken."""
        is_confirmed = EmailAddress.objects.filter(email=value, verified=True).exists()
        is_taken = is_confirmed or User.objects.filter(email=value).exists()
        if is_taken and settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
            raise get_adapter().validation_error("email_taken")
        self.account_already_exists = is_taken
        return str(get_adapter().validate_unique_email(value))

    @transaction.atomic
    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Save the new person, or only mail the owner of the address; use up the invitation."""
        self.waits_for_approval = sign_up.needs_approval(request)
        if not sign_up.use_invitation(request):
            return None, redirect("account_signup")
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])  # takes the time of a new account
        else:
            email = self.cleaned_data["email"]
            EmailAddress.objects.filter(email=email, verified=False).delete()
        result: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return result


class ResetRequestForm(ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Takes the address of somebody who forgot the password; a worker looks for the account."""

    def clean_email(self) -> str:
        """Return the address, without any look-up."""
        return str(get_adapter().clean_email(self.cleaned_data["email"].lower()))

    def save(self, request: HttpRequest, **options: object) -> str:
        """Have a worker answer by mail, if there is an account."""
        email: str = self.cleaned_data["email"]
        with transaction.atomic():
            PasswordResetRequest.objects.enqueue(email)
            enqueue_account_work()
        return email


class ResetForm(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """Sets a new password by a mailed link, which proves that the address is this person's."""

    @transaction.atomic
    def save(self) -> None:
        """Set the password, and evict whoever was in the account before."""
        super().save()
        proof.prove_by_reset(self.user)
