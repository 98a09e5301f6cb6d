"""Forms of walls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kakehashi.clients.web.forms.base import ActionForm, DayField
from kakehashi.clients.web.lookups import (
    AccountField,
    ColleagueField,
    CompanyField,
    LookupField,
    Several,
)
from kakehashi.conflicts.actions import SideOf
from kakehashi.conflicts.models.sides import RULES
from kakehashi.conflicts.terms import WallKind
from kakehashi.people.models import Office

if TYPE_CHECKING:
    from kakehashi.conflicts.models import Side, Wall

LINES = {"rows": 3}
NUMBERS = (1, 2)


class OfficeField(LookupField):
    """An office by code or name."""

    model = Office
    source = ""

    def exactly(self, typed: str) -> list[Office]:
        standing = Office.objects.filter(closed_on=None)
        if by_code := list(standing.filter(code=typed)):
            return by_code
        return list(standing.filter(name=typed)) or list(standing.filter(name_en=typed))

    def not_found(self) -> str:
        return _("No office is called so.")


class SeveralField(forms.CharField):
    """Several rows, one a line, each typed as one would look it up."""

    def __init__(self, each: LookupField, **options: Any) -> None:
        self.each = each
        widget = forms.Textarea(attrs={"rows": 2})
        super().__init__(required=False, widget=widget, max_length=20_000, **options)

    def clean(self, value: Any) -> list[Any]:
        found: list[Any] = []
        problems: list[forms.ValidationError] = []
        for line in super().clean(value).splitlines():
            try:
                found += [row] if (row := self.each.clean(line)) else []
            except Several:
                said = _("“%(typed)s” could be several. Type the code or login.")
                problems.append(forms.ValidationError(said % {"typed": line.strip()}))
            except forms.ValidationError as error:
                problems.append(forms.ValidationError(f"“{line.strip()}”: {error.messages[0]}"))
        if problems:
            raise forms.ValidationError(problems)
        return list(dict.fromkeys(found))


class WallForm(ActionForm):
    """A wall between two sides; further sides are added on its page."""

    name = forms.CharField(label=gettext_lazy("Wall"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=WallKind)
    ground = forms.CharField(
        label=gettext_lazy("What it stands on"),
        widget=forms.Textarea(attrs=LINES),
        help_text=gettext_lazy("The clause, the consent or the agreement that asks for it."),
    )
    ground_ends_on = DayField(
        label=gettext_lazy("That ends on"),
        required=False,
        help_text=gettext_lazy("The wall stays when the day comes: you are asked then."),
    )
    starts_on = DayField(label=gettext_lazy("From"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in NUMBERS:
            for name, field in _of_a_side(number).items():
                self.fields[f"{name}_{number}"] = field

    def clean(self) -> dict[str, Any]:
        """The fields of each side as one thing."""
        data = super().clean() or self.cleaned_data
        data["sides"] = [
            SideOf(**{name: data.pop(f"{name}_{number}", "") for name in _of_a_side(number)})
            for number in NUMBERS
        ]
        return data


def _of_a_side(number: int) -> dict[str, forms.Field]:
    words = {"number": number}
    one_a_line = _("One a line.")
    return {
        "name": forms.CharField(label=_("Name of side %(number)s") % words, max_length=120),
        "companies": SeveralField(
            CompanyField(required=False),
            label=_("Companies behind side %(number)s, with their families") % words,
            help_text=one_a_line,
        ),
        "accounts": SeveralField(
            AccountField(required=False),
            label=_("Accounts behind side %(number)s") % words,
            help_text=one_a_line,
        ),
        "offices": SeveralField(
            OfficeField(required=False),
            label=_("Offices on side %(number)s, with all below") % words,
            help_text=one_a_line,
        ),
        "people": SeveralField(
            ColleagueField(required=False),
            label=_("People on side %(number)s") % words,
            help_text=_("One a line. Who is seated on its accounts stands on it anyway."),
        ),
    }


class AddToSideForm(ActionForm):
    """One more office, person, company or account on a side."""

    company = CompanyField(label=gettext_lazy("Company with its family"), required=False)
    account = AccountField(label=gettext_lazy("Account"), required=False)
    office = OfficeField(label=gettext_lazy("Office with all below"), required=False)
    person = ColleagueField(label=gettext_lazy("Person"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["office"].widget = forms.TextInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        named = [(what, data[what]) for what in RULES if data.get(what)]
        if len(named) != 1 and not self.errors:
            raise forms.ValidationError(_("Name one thing."))
        if named:
            self.cleaned_data = {"what": named[0][0], "thing": named[0][1]}
        return self.cleaned_data


class ExemptForm(ActionForm):
    """Who may see behind a wall, until when, and why."""

    person = ColleagueField(label=gettext_lazy("Person"))
    side = forms.ChoiceField(label=gettext_lazy("What they may see"), required=False)
    ends_on = DayField(label=gettext_lazy("Until"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs=LINES),
        help_text=gettext_lazy("It stands in the wall's report."),
    )

    def __init__(self, *args: Any, wall: Wall, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sides = {str(side.pk): side for side in wall.sides.order_by("number", "pk")}
        known = [(key, _behind(side)) for key, side in self.sides.items()]
        everything = pgettext_lazy("what an exception covers", "Everything behind the wall")
        self.fields["side"].choices = [("", everything), *known]

    def clean_side(self) -> Side | None:
        return self.sides.get(self.cleaned_data["side"])


def _behind(side: Side) -> str:
    return _("What is behind the side “%(side)s”") % {"side": side.name}


class LiftForm(ActionForm):
    """Why a wall comes down."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs=LINES))
