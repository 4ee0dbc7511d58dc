"""What people type to sign up, to sign in, and to look after their account.

allauth's forms with our controls, our words and no placeholders.
"""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.forms import CharField, Field, TextInput
from django.http import HttpRequest, HttpResponse

from kakehashi.config.accounts import prove, vouch_for
from kakehashi.directory.models import Person
from kakehashi.kernel.words import Words, _
from kakehashi.web.forms import Fields

ADDRESS = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
AGAIN = _("The same password again")
GOOD_PASSWORD = _(
    "At least 8 characters. Not only digits, not a common password, and not like your address."
)


class Worded(Fields):
    """Gives allauth's fields our labels and hints: {name: (label, hint)}."""

    words: ClassVar[dict[str, tuple[Words, Words]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            field: Field = self.fields[name]
            field.label, field.help_text = str(label), str(hint)
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Worded, allauth.LoginForm):  # type: ignore[misc]  # allauth carries no types
    """Address and password, and whether this device may remember them."""

    words: ClassVar = {
        "login": (ADDRESS, ""),
        "password": (PASSWORD, ""),
        "remember": (_("Stay signed in on this device for two weeks"), ""),
    }


class SignUpForm(Worded, allauth.SignupForm):  # type: ignore[misc]  # allauth carries no types
    """Name, address and a password of one's own."""

    field_order: ClassVar = ["family_name", "given_name", "email", "password1", "password2"]
    words: ClassVar = {
        "family_name": (_("Family name"), _("As in your passport, in Latin letters.")),
        "given_name": (
            _("Given name"),
            _("If you have only one name, write it in family name and leave this empty."),
        ),
        "email": (ADDRESS, _("We send a link there. You need it before you can sign in.")),
        "password1": (PASSWORD, GOOD_PASSWORD),
        "password2": (AGAIN, ""),
    }
    family_name = CharField(max_length=80, widget=TextInput({"autocomplete": "family-name"}))
    given_name = CharField(
        max_length=80, required=False, widget=TextInput({"autocomplete": "given-name"})
    )

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """Open the account, or write to its owner; both take the time of a hash."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        user, response = super().try_save(request)
        return user, response


class AddressForm(Worded, allauth.AddEmailForm):  # type: ignore[misc]  # allauth carries no types
    """A new address; the present one stays until the new one is confirmed."""

    words: ClassVar = {"email": (_("New e-mail address"), "")}

    def save(self, request: HttpRequest) -> EmailAddress:
        """Keep the present address as the proven one, and write to the new one."""
        vouch_for(self.user)
        return super().save(request)


class ChangePasswordForm(Worded, allauth.ChangePasswordForm):  # type: ignore[misc]  # allauth carries no types
    """The present password, and a new one."""

    words: ClassVar = {
        "oldpassword": (_("Present password"), ""),
        "password1": (NEW_PASSWORD, GOOD_PASSWORD),
        "password2": (AGAIN, ""),
    }


class SetPasswordForm(Worded, allauth.SetPasswordForm):  # type: ignore[misc]  # allauth carries no types
    """A first password, for somebody who came in without one."""

    words: ClassVar = {"password1": (NEW_PASSWORD, GOOD_PASSWORD), "password2": (AGAIN, "")}


class AskForLinkForm(Worded, allauth.ResetPasswordForm):  # type: ignore[misc]  # allauth carries no types
    """The address to which the link for a new password goes."""

    words: ClassVar = {"email": (ADDRESS, "")}


class NewPasswordForm(Worded, allauth.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth carries no types
    """A new password, by the link from a mail."""

    words: ClassVar = {"password1": (NEW_PASSWORD, GOOD_PASSWORD), "password2": (AGAIN, "")}

    def save(self) -> None:
        """Keep the password; whoever has the link reads the mail of this address."""
        super().save()
        prove(self.user)


class AskAgainForm(Worded, allauth.ReauthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """The password once more, before something that matters."""

    words: ClassVar = {"password": (PASSWORD, "")}
