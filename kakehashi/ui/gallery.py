"""What the gallery shows: sample props, invented people, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from kakehashi.ui.assets import icon_names
from kakehashi.ui.trees import Branch

WORDS = {
    "account": pgettext_lazy("gallery", "Account"),
    "accounts": pgettext_lazy("gallery", "Accounts"),
    "active": pgettext_lazy("gallery", "Active"),
    "ae": pgettext_lazy("gallery", "Account executive"),
    "am": pgettext_lazy("gallery", "Account manager"),
    "amount": pgettext_lazy("gallery", "Amount"),
    "approve": pgettext_lazy("gallery", "Approve"),
    "cancel": pgettext_lazy("gallery", "Cancel"),
    "change": pgettext_lazy("gallery", "Change"),
    "day": pgettext_lazy("gallery", "Day"),
    "delete": pgettext_lazy("gallery", "Delete"),
    "dormant": pgettext_lazy("gallery", "Dormant"),
    "download": pgettext_lazy("gallery", "Download"),
    "filter": pgettext_lazy("gallery", "Filter"),
    "history": pgettext_lazy("gallery", "History"),
    "home": pgettext_lazy("gallery", "Home"),
    "import": pgettext_lazy("gallery", "Import"),
    "in_ours": pgettext_lazy("gallery", "In our court"),
    "lead": pgettext_lazy("gallery", "Lead"),
    "moment": pgettext_lazy("gallery", "Moment"),
    "month": pgettext_lazy("gallery", "Month"),
    "net_revenue": pgettext_lazy("gallery", "Net revenue"),
    "new": pgettext_lazy("gallery", "New"),
    "offices": pgettext_lazy("gallery", "Offices"),
    "ours": pgettext_lazy("gallery", "Ours"),
    "overdue": pgettext_lazy("gallery", "Overdue"),
    "period": pgettext_lazy("gallery", "last 12 months"),
    "progress": pgettext_lazy("gallery", "Progress"),
    "remind": pgettext_lazy("gallery", "Remind"),
    "save": pgettext_lazy("gallery", "Save"),
    "search": pgettext_lazy("gallery", "Search"),
    "share": pgettext_lazy("gallery", "Share"),
    "start": pgettext_lazy("gallery", "From"),
    "status": pgettext_lazy("gallery", "Status"),
    "theirs": pgettext_lazy("gallery", "Client's"),
    "total": pgettext_lazy("gallery", "Total"),
    "unit": pgettext_lazy("gallery", "accounts"),
    "unknown": pgettext_lazy("gallery", "Unknown"),
}

DAY = date(2026, 4, 1)
MOMENT = datetime(2026, 4, 1, 5, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """Somebody who does not exist."""

    name: str
    name_kana: str
    name_en: str


OBA = Sample("大場 健", "おおば けん", "Ken Oba")
NINOMIYA = Sample("二宮 彩", "にのみや あや", "Aya Ninomiya")
MORI = Sample("森 ひかり", "もり ひかり", "Hikari Mori")


class SampleForm(forms.Form):
    """Every kind of input the product uses."""

    name = forms.CharField(
        label=pgettext_lazy("gallery", "Name"),
        help_text=gettext_lazy("As the register spells it."),
    )
    starts_on = forms.DateField(
        label=pgettext_lazy("gallery", "From"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("gallery", "Language"),
        choices=[("ja", "日本語"), ("en", "English")],
    )
    channel = forms.ChoiceField(
        label=pgettext_lazy("gallery", "Preferred channel"),
        choices=[
            ("mail", pgettext_lazy("gallery", "E-mail")),
            ("phone", pgettext_lazy("gallery", "Phone")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=pgettext_lazy("gallery", "Note"), widget=forms.Textarea, required=False
    )
    file = forms.FileField(label=pgettext_lazy("gallery", "File"), required=False)
    portal = forms.BooleanField(
        label=pgettext_lazy("gallery", "May use the portal"), required=False
    )


def refused_form() -> SampleForm:
    """A form as it comes back after a refusal."""
    sent = {"refused-language": "ja", "refused-note": "…"}
    form = SampleForm(sent, auto_id="refused_%s", prefix="refused")
    form.add_error(None, _("The period overlaps another lead."))
    return form


def offices() -> list[Branch]:
    team = Branch(_("Account team 1"), "#tree", note="8", current=True)
    bureau = Branch(_("Account bureau 2"), "#tree", "23", children=[team])
    tokyo = Branch(
        pgettext("gallery", "Tokyo"),
        "#tree",
        "54",
        children=[bureau, Branch(_("Media bureau"), "#tree")],
    )
    return [
        Branch(
            pgettext("gallery", "Agency"),
            "#tree",
            "82",
            children=[tokyo, Branch(pgettext("gallery", "London"), "#tree", "9")],
        )
    ]


def accounts() -> list[dict[str, Any]]:
    names = [
        (_("Alpha Japan"), OBA, "412800000", "0.084"),
        (_("Gamma Drinks"), MORI, "98400000", "0.020"),
    ]
    return [
        {"name": name, "lead": lead, "net": Decimal(net), "share": Decimal(share)}
        for name, lead, net, share in names
    ]


def context() -> dict[str, Any]:
    return {
        "words": WORDS,
        "day": DAY,
        "moment": MOMENT,
        "oba": OBA,
        "ninomiya": NINOMIYA,
        "amount": Decimal(412_800_000),
        "pounds": Decimal("12450.50"),
        "share": Decimal("0.084"),
        "statuses": [
            ("", pgettext("gallery", "All")),
            ("active", pgettext("gallery", "Active")),
            ("lost", pgettext("gallery", "Lost")),
        ],
        "form": SampleForm(auto_id="sample_%s"),
        "refused": refused_form(),
        "branches": offices(),
        "accounts": accounts(),
        "total": sum(account["net"] for account in accounts()),
        "icons": icon_names(),
    }
