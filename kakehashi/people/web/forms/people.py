"""What is entered about people: who they are, how they begin, how they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kakehashi.base.text import one_line
from kakehashi.people.models import Person
from kakehashi.people.web.forms.base import ActionForm, DayField, EditForm
from kakehashi.people.web.forms.lookups import OfficeField, PersonField
from kakehashi.policy.roles import RoleCode
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Office, Role

HIGHEST = 99


class Identity(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    name_kana = forms.CharField(
        label=gettext_lazy("Reading"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("In kana. Lists sort by it."),
    )
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200, required=False)
    handle = forms.CharField(
        label=pgettext_lazy("name one signs in with", "Login"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("The name somebody signs in with. Nobody else has it."),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Person.Language)


class RankField(forms.IntegerField):
    """The higher, the further up in lists and on the chart."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Rank"),
            min_value=0,
            max_value=HIGHEST,
            initial=0,
            help_text=gettext_lazy("The higher the number, the further up. Titles do not order."),
        )


class AddPersonForm(ActionForm, Identity):
    """A new colleague with their first post."""

    office = OfficeField(label=gettext_lazy("Office"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    rank = RankField()
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles in this office"),
        choices=RoleCode,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    superior = PersonField(label=gettext_lazy("Reports to"), required=False)
    starts_on = DayField(label=gettext_lazy("First day"))


class EditPersonForm(EditForm, Identity):
    """Who somebody is, as it stands."""


class LeaveForm(ActionForm):
    """Somebody's last day. What only they look after is confirmed."""

    on = DayField(label=gettext_lazy("Last day"))
    confirmed = forms.BooleanField(
        label=gettext_lazy("Leave these roles empty for now"), required=False
    )

    def __init__(self, *args: Any, sole: list[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sole = sole
        if not sole:
            del self.fields["confirmed"]

    def clean_confirmed(self) -> bool:
        if not self.cleaned_data["confirmed"]:
            raise ValidationError(_("Nobody else has these roles there. Confirm, or give them."))
        return True


class AnonymiseForm(ActionForm):
    """Typing the name stands between a click and a loss that cannot be undone."""

    name = forms.CharField(label=gettext_lazy("Name of the person"), max_length=200)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person

    def clean_name(self) -> str:
        typed = one_line(self.cleaned_data["name"])
        if typed not in (self.person.name, reader_name(self.person)):
            raise ValidationError(_("This is not the name of the person."))
        return typed


def beginning(office: Office | None, today: dt.date) -> dict[str, Any]:
    """What a form for a new colleague starts with."""
    return {"office": office, "starts_on": today, "language": Person.Language.JA}
