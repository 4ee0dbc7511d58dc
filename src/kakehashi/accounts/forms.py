"""What people type about accounts: an invitation, a new account, a successor, a reason."""

from collections.abc import Sequence

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from kakehashi.accounts.models import AccountRule
from kakehashi.accounts.rules import LEAST, RULE_NAMES, RuleCode
from kakehashi.directory.models import Person
from kakehashi.directory.rules import ROLE_NAMES, Role
from kakehashi.kernel.words import LANGUAGES, _, pgettext_lazy
from kakehashi.web.forms import Form

ENDONYMS = {"en": "English", "ja": "日本語"}


class InvitationForm(Form):
    """Who is invited, to which seat, for which days."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Their own address. The letter with the link goes there."),
    )
    role = forms.ChoiceField(label=_("Role"))
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Leave empty while it is not known.")
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=[(code, ENDONYMS.get(code, code)) for code in LANGUAGES],
    )

    def __init__(self, *args: object, roles: Sequence[Role], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(role), ROLE_NAMES[role]) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class NewAccountForm(Form):
    """A name and a password, for whoever was invited and has no account yet."""

    family_name = forms.CharField(
        label=_("Family name"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    given_name = forms.CharField(
        label=_("Given name"),
        max_length=80,
        required=False,
        help_text=_("If you have only one name, write it in family name and leave this empty."),
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    name_ja = forms.CharField(
        label=_("Name in Japanese"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"lang": "ja"}),
    )
    password1 = forms.CharField(
        label=_("Password"),
        help_text=_(
            "At least 8 characters. Not only digits, not a common password, and not like your "
            "address."
        ),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, email: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, object]:
        """See that the password is good enough, and was typed twice alike."""
        given = super().clean() or {}
        names = {name: given.get(name, "") for name in ("family_name", "given_name")}
        if first := given.get("password1"):
            try:
                validate_password(first, Person(email=self.email, **names))
            except ValidationError as error:
                self.add_error("password1", error)
            if given.get("password2") and given["password2"] != first:
                self.add_error("password2", _("Type the same password twice."))
        return given


class HandOverForm(Form):
    """Who carries on, and with what."""

    to = forms.ChoiceField(label=_("Who carries on with it"))
    piece = forms.MultipleChoiceField(
        label=pgettext_lazy("leaving a seat", "Open work"),
        error_messages={"required": _("Choose what is handed over.")},
    )

    def __init__(
        self,
        *args: object,
        successors: Sequence[Person],
        pieces: Sequence[str],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in successors}
        self.fields["to"].choices = [(pk, str(one)) for pk, one in self.people.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["piece"].choices = [(one, one) for one in pieces]  # type: ignore[attr-defined]  # a ChoiceField


class LeaveForm(Form):
    """The last day of a seat."""

    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("Its rights hold until the end of this day.")
    )


class ResetForm(Form):
    """Whose second factor is lost, and how one knows that it is really them."""

    email = forms.EmailField(label=_("E-mail address of the account"))
    reason = forms.CharField(
        label=_("How you know that it is they who ask"),
        help_text=_("Such as: called back on the office's number. The second person reads it."),
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
    )


class RulesForm(Form):
    """The numbers that govern accounts, and the roles that need a second factor."""

    roles = forms.MultipleChoiceField(
        label=_("Seats that need a second factor"),
        required=False,
        choices=list(ROLE_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, written: Sequence[AccountRule], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        there = {row.code: row for row in written}
        for code in RuleCode:
            row = there.get(code)
            self.fields[code] = forms.IntegerField(
                label=str(RULE_NAMES[code]),
                min_value=LEAST[code],
                max_value=100_000,
                help_text=_("Assumed; no source says so.") if row and row.assumed else "",
                widget=forms.NumberInput({"class": "k-input"}),
            )
        self.order_fields([*RuleCode, "roles"])
