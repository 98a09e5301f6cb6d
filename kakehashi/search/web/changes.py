"""Everything that was changed, by whom, when, on what: for officers, as far as they see it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from kakehashi.base.text import nfkc
from kakehashi.clients.web.lookups import AccountField, ColleagueField
from kakehashi.history import kinds, queries
from kakehashi.policy.engine import require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

RECENT = dt.timedelta(days=30)


class ChangesForm(forms.Form):
    """What is looked for, in the address. Nothing asked for is the last thirty days."""

    person = ColleagueField(label=gettext_lazy("Changed by"), required=False)
    account = AccountField(label=gettext_lazy("Account"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False)
    record = forms.CharField(
        label=gettext_lazy("Address of the record’s page"),
        required=False,
        max_length=300,
    )
    first = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, asked: QueryDict, today: dt.date) -> None:
        given = {name: asked[name] for name in self.base_fields if name in asked}
        if not any(given.values()):
            given["first"] = (today - RECENT).isoformat()
        super().__init__(given, auto_id="changes-%s")
        every = ("", pgettext_lazy("kinds of records", "All"))
        self.fields["kind"].choices = [every, *kinds.choices()]

    def clean_record(self) -> str:
        typed = nfkc(self.cleaned_data["record"])
        parts = typed.replace("?", "/").replace("#", "/").split("/")
        found = [part for part in parts if _is_id(part)]
        if typed and not found:
            raise forms.ValidationError(_("No id of a record stands in this address."))
        return found[-1] if found else ""

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        return data

    @property
    def wanted(self) -> queries.Wanted:
        data = self.cleaned_data
        person, account = data["person"], data["account"]
        return queries.Wanted(
            by=person and person.pk,
            kind=data["kind"],
            row=data["record"],
            account=account and account.pk,
            first=data["first"],
            last=data["last"],
        )


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return text.isascii() and text.isdigit()
    return True


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """A page of changes, the newest first."""
    require(request.person, "search.find_changes", None)
    form = ChangesForm(request.GET, localdate())
    found = queries.Page()
    if form.is_valid():
        number = queries.number_of(request.GET.get("page", ""))
        found = queries.anywhere(form.wanted, number=number)
    kept = {name: value for name, value in form.data.items() if value}
    shown = {
        "form": form,
        "entries": found.entries,
        "previous": found.previous and f"?{urlencode({**kept, 'page': found.previous})}",
        "next": found.next and f"?{urlencode({**kept, 'page': found.next})}",
    }
    return render(request, "search/changes.html", shown)
