"""What everybody enters about themselves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.people.models import Person
from kakehashi.people.web.forms.base import EditForm


class OwnForm(EditForm):
    """One's language and phone."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=Person.Language,
        widget=forms.RadioSelect,
        help_text=_("Of every page and every mail."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)


class OwnAddressForm(EditForm):
    """One's e-mail address."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("One may sign in by it, and a link for a new password goes there."),
    )
