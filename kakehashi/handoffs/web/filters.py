"""What a reader wants to see of balls, in the address: so a view can be kept and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kakehashi.base.text import one_line
from kakehashi.clients.web.lookups import AccountField
from kakehashi.handoffs import naming
from kakehashi.handoffs.models import Handoff
from kakehashi.handoffs.wanted import Wanted

if TYPE_CHECKING:
    from django.http import QueryDict


class FilterForm(forms.Form):
    """What makes no sense is told, and narrows nothing."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    account = AccountField(label=gettext_lazy("Account"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What is expected"), required=False)
    side = forms.ChoiceField(
        label=gettext_lazy("Whose move"),
        choices=[("", pgettext_lazy("sides", "All")), *Handoff.Side.choices],
        required=False,
    )
    private = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        choices=[("", pgettext_lazy("sight", "All")), ("1", gettext_lazy("Private only"))],
        required=False,
    )

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked, auto_id="filter-%s")
        labels = sorted((naming.kind_label(code), code) for code in naming.kinds())
        kinds = [(code, label) for label, code in labels]
        self.fields["kind"].choices = [("", pgettext_lazy("kinds of balls", "All")), *kinds]

    def clean_q(self) -> str:
        return one_line(self.cleaned_data["q"])

    @property
    def wanted(self) -> Wanted:
        self.is_valid()
        data = self.cleaned_data
        return Wanted(
            q=data.get("q", ""),
            account=data.get("account"),
            kind=data.get("kind", ""),
            side=data.get("side", ""),
            private=bool(data.get("private")),
        )

    @property
    def complaints(self) -> list[str]:
        """What was asked for and cannot be looked for, field by field."""
        return [
            _("%(field)s: %(error)s") % {"field": self[name].label, "error": errors[0]}
            for name, errors in self.errors.items()
        ]

    @property
    def chosen(self) -> dict[str, str]:
        """What is asked for, as it stands in an address."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


def address(path: str, chosen: dict[str, str], **more: str) -> str:
    """A path with what is asked for; what is empty is left out."""
    asked = {name: value for name, value in {**chosen, **more}.items() if value}
    return f"{path}?{urlencode(asked)}" if asked else path


def is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def context(form: FilterForm, **others: Any) -> dict[str, Any]:
    """What templates/handoffs/parts/filters.html shows; `others` are kept as they are."""
    return {"filters": form, "kept": {name: value for name, value in others.items() if value}}
