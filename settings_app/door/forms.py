"""The forms of the door."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, BaseUserCreationForm, PasswordChangeForm
from django.contrib.auth.models import User


def _new_password() -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"class": "input", "autocomplete": "new-password"})


class ClaimForm(BaseUserCreationForm):  # type: ignore[type-arg]
    """The owner's name and password."""

    class Meta(BaseUserCreationForm.Meta):
        model = User
        fields = ("username",)
        labels = {"username": "Your name"}
        help_texts = {"username": "Letters, digits and @ . + - _ are fine."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs |= {"class": "input", "autocomplete": "username"}
        self.fields["password1"].widget = _new_password()
        self.fields["password1"].help_text = "At least ten characters. A few unrelated words are easy to remember."
        self.fields["password2"].widget = _new_password()
        self.fields["password2"].label = "Password again"
        self.fields["password2"].help_text = ""


class SignInForm(AuthenticationForm):
    """Name and password."""

    error_messages = {
        "invalid_login": "The name or the password is not right.",
        "inactive": "This account is switched off.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


class PasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Present password"
        self.fields["old_password"].widget.attrs["class"] = "input"
        self.fields["new_password1"].widget = _new_password()
        self.fields["new_password1"].help_text = "At least ten characters."
        self.fields["new_password2"].widget = _new_password()
        self.fields["new_password2"].label = "New password again"
        self.fields["new_password2"].help_text = ""
