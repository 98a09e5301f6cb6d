"""The form of the account book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.models import Fact
from kakehashi.clients.web.forms.base import ActionForm, DayField, EditForm

if TYPE_CHECKING:
    import datetime as dt


class FactFields(ActionForm):
    """One thing we know, whence, and as of when."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Fact.Topic)
    text = forms.CharField(label=_("What we know"), widget=forms.Textarea(attrs={"rows": 4}))
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Who said it, or where it stands.")
    )
    as_of = DayField(label=_("As of"))


class WriteFactForm(FactFields):
    """A new entry."""

    def __init__(self, *args: Any, today: dt.date, topic: str = "", **options: Any) -> None:
        super().__init__(*args, initial={"as_of": today, "topic": topic}, **options)


class EditFactForm(FactFields, EditForm):
    """An entry as it stands."""

    def standing_of(self, row: Fact) -> dict[str, Any]:
        names = ("topic", "text", "source", "as_of", "version")
        return {name: getattr(row, name) for name in names}
