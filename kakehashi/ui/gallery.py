"""What the gallery shows: sample props, invented people, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kakehashi.ui.assets import icon_names
from kakehashi.ui.trees import Branch

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
        label=gettext_lazy("Name"), help_text=gettext_lazy("As the register spells it.")
    )
    starts_on = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("ja", "日本語"), ("en", "English")]
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Preferred channel"),
        choices=[("mail", gettext_lazy("E-mail")), ("phone", gettext_lazy("Phone"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea, required=False)
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    portal = forms.BooleanField(label=gettext_lazy("May use the portal"), required=False)


def refused_form() -> SampleForm:
    """A form as it comes back after a refusal."""
    file = SimpleUploadedFile("empty.csv", b"")
    form = SampleForm({"language": "ja"}, {"file": file}, auto_id="refused_%s", prefix="refused")
    form.add_error(None, _("The period overlaps another lead."))
    return form


def offices() -> list[Branch]:
    team = Branch(_("Account team 1"), "#tree", note="8", current=True)
    bureau = Branch(_("Account bureau 2"), "#tree", "23", children=[team])
    tokyo = Branch(_("Tokyo"), "#tree", "54", children=[bureau, Branch(_("Media bureau"), "#tree")])
    return [Branch(_("Agency"), "#tree", "82", children=[tokyo, Branch(_("London"), "#tree", "9")])]


def accounts() -> list[dict[str, Any]]:
    names = [(_("Alpha Japan"), OBA, "412800000", "0.084"), (_("Gamma Drinks"), MORI, "98400000", "0.020")]
    return [
        {"name": name, "lead": lead, "net": Decimal(net), "share": Decimal(share)}
        for name, lead, net, share in names
    ]


def context() -> dict[str, Any]:
    return {
        "day": DAY,
        "moment": MOMENT,
        "oba": OBA,
        "ninomiya": NINOMIYA,
        "amount": Decimal(412_800_000),
        "pounds": Decimal("12450.50"),
        "share": Decimal("0.084"),
        "statuses": [("", _("All")), ("active", _("Active")), ("lost", _("Lost"))],
        "form": SampleForm(auto_id="sample_%s"),
        "refused": refused_form(),
        "branches": offices(),
        "accounts": accounts(),
        "icons": icon_names(),
    }
