"""The form of what a job does with a newer version of its brief."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.web.forms.base import ActionForm
from kakehashi.traffic.actions import Judgement

LINES = {"rows": 3}


class JudgeForm(ActionForm):
    """Whether the version that was looked at is taken over."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    judgement = forms.ChoiceField(
        label=_("What the job does with it"), choices=Judgement.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why not"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("Needed if it is left: others read it on the job sheet."),
    )
