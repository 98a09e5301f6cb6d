"""Forms of what the client is shown, and of what they say of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.web.forms.base import ActionForm
from kakehashi.traffic.models import Review

LINES = {"rows": 5}


class ShowForm(ActionForm):
    """What the client is to look at."""

    old = forms.CharField(widget=forms.HiddenInput)
    shown = forms.CharField(
        label=_("What the client is to look at"),
        widget=forms.Textarea(attrs=LINES),
        help_text=_("Say where it is: what was sent, or an address. The client reads it."),
    )


class AnswerForm(ActionForm):
    """What the client thinks of the work."""

    verdict = forms.ChoiceField(
        label=_("Your answer"), choices=Review.Verdict.choices, widget=forms.RadioSelect
    )
    said = forms.CharField(
        label=_("In words"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("What is to change, and where. Needed if something is."),
    )
