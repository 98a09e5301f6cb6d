"""What is entered about feeds."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.people.web.forms.base import ActionForm


class FeedForm(ActionForm):
    """A new address of one's calendar."""

    name = forms.CharField(
        label=_("Where it is used"),
        max_length=60,
        required=False,
        help_text=_("For you to know it again: phone, Outlook."),
    )
