"""The admin of accounts, which are identified by their e-mail address."""

from collections.abc import Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from videos import accounts, keyset
from videos.accounts import second_factor
from videos.accounts.notices import notify
from videos.admin.large_tables import LargeTable, count_related
from videos.admin.search import AnyIdSearch
from videos.models import AccountEvent, ApiKey, Asset, Delivery, Track, User, Video

MAX_COUNT = 1000  # rows of a person that a confirmation counts


class NewUserForm(AdminUserCreationForm):  # type: ignore[type-arg]  # generic for mypy only
    """A new account, from an e-mail address."""

    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        """Return the address in lower case, as log-in compares it."""
        return str(self.cleaned_data["email"]).lower()


class EditUserForm(UserChangeForm):  # type: ignore[type-arg]  # generic for mypy only
    """An account that is edited."""

    class Meta:
        model = User
        fields = "__all__"

    def clean_email(self) -> str:
        """Return the address in lower case; raises ``ValidationError`` if it is another's."""
        email = str(self.cleaned_data["email"]).lower()
        addresses = EmailAddress.objects.filter(email__iexact=email).exclude(user=self.instance)
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if addresses.exists() or others.exists():
            raise ValidationError(_("Somebody else has this address."))
        return email


@admin.register(User)
class UserAdmin(AnyIdSearch, LargeTable, StockUserAdmin):  # type: ignore[type-arg]  # generic for mypy only
    """Every account."""

    form = EditUserForm
    add_form = NewUserForm
    ordering = ("-date_joined",)
    list_display = (
        "email",
        "display_name",
        "videos",
        "is_active",
        "is_staff",
        "approval_requested_at",
        "last_login",
        "date_joined",
    )
    list_filter = (
        *("is_staff", "is_superuser", "is_active"),
        ("approval_requested_at", admin.EmptyFieldListFilter),
        "date_joined",
    )
    actions = ("approve", "remove_second_factor")
    search_fields = search_texts = ("email", "first_name", "last_name", "author")
    readonly_fields = ("last_login", "date_joined", "approval_requested_at", "second_factor")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "author", "domain_name", "language")}),
        (
            _("Permissions"),
            {
                "fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions"),
                "description": _(
                    "Who is not active can no longer log in or use API keys, and nobody else can "
                    "open what they shared. Nothing is deleted."
                ),
            },
        ),
        (_("Log-in"), {"fields": ("second_factor", "approval_requested_at")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Annotate the number of videos."""
        rows: QuerySet[User] = super().get_queryset(request)
        return rows.annotate(video_count=count_related(Video.with_trash.all(), "owner"))

    @admin.display(description=_("name"))
    def display_name(self, user: User) -> str:
        """Return the person's name, "" where they have entered none."""
        return user.get_full_name()

    @admin.display(description=_("videos"), ordering="video_count")
    def videos(self, user: User) -> int:
        """Return the number of the person's videos."""
        return int(getattr(user, "video_count", 0))

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, user: User) -> bool:
        """Return whether the person logs in with a second factor."""
        return second_factor.has_second_factor(user)

    @admin.action(description=_("Approve"), permissions=["change"])
    def approve(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        """Let the selected new people log in, and tell them by mail."""
        approved = [user for user in rows if accounts.approve(user)]
        for user in approved:
            self.log_change(request, user, "Approved.")
        text = ngettext("%(n)d person was approved.", "%(n)d people were approved.", len(approved))
        messages.success(request, text % {"n": len(approved)})

    @admin.action(description=_("Take the second factor away"), permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        """Let people who have lost their second factor log in with the password alone."""
        without = [user for user in rows if second_factor.remove(user)]
        for user in without:
            self.log_change(request, user, "Second factor taken away.")
            notify(user, AccountEvent.Kind.SECOND_FACTOR_REMOVED)
        text = ngettext(
            "The second factor of %(n)d person was taken away.",
            "The second factors of %(n)d people were taken away.",
            len(without),
        )
        messages.success(request, text % {"n": len(without)})

    def save_model(
        self, request: HttpRequest, obj: User, form: "ModelForm[User]", change: bool
    ) -> None:
        """Save the account; its address replaces all addresses of allauth, and is confirmed."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if not change or "email" in form.changed_data:
                EmailAddress.objects.filter(user=obj).delete()
                EmailAddress.objects.filter(email=obj.email, verified=False).delete()
                EmailAddress.objects.create(user=obj, email=obj.email, primary=True, verified=True)
            if change and "email" in form.changed_data:
                before = str(form.initial["email"])
                notify(obj, AccountEvent.Kind.EMAIL_CHANGED, obj.email, email=before)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Set the password of a person, who hears of it."""
        response: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            notify(User.objects.get(pk=id), AccountEvent.Kind.PASSWORD_CHANGED)
        return response

    def get_deleted_objects(
        self, objs: Sequence[User] | QuerySet[User], request: HttpRequest
    ) -> tuple[list[Any], dict[str, Any], set[str], list[str]]:
        """Return what is deleted, too, as numbers: a person may have a hundred thousand videos.

        They are counted up to a limit.
        """
        counts: dict[str, keyset.RowCount] = {}
        lines: list[Any] = []  # a list in it belongs to the line before
        for user in objs:
            own = {
                str(rows.model._meta.verbose_name_plural): keyset.count_rows(rows, MAX_COUNT)
                for rows in (
                    Video.with_trash.for_user(user),
                    Track.objects.for_user(user),
                    Asset.objects.for_user(user),
                    ApiKey.objects.for_user(user),
                    Delivery.objects.for_user(user),
                )
            }
            counts |= {
                name: counts[name] + own[name] if name in counts else own[name] for name in own
            }
            texts = [f"{name}: {count}" for name, count in own.items() if count]
            lines += [str(user), texts] if texts else [str(user)]
        totals = {name: str(count) for name, count in counts.items() if count}
        totals[str(User._meta.verbose_name_plural)] = str(len(objs))
        is_allowed = self.has_delete_permission(request)
        refused = set() if is_allowed else {str(User._meta.verbose_name)}
        return lines, totals, refused, []

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Delete the person with their videos, songs and all files."""
        accounts.delete_everything(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Delete the people with their videos, songs and all files."""
        for user in queryset:
            self.delete_model(request, user)
