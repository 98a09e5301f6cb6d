"""Forms of commitments, rivalries, categories and the agency's rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kakehashi.base.text import one_line
from kakehashi.clients.web.forms.base import ActionForm, DayField, EditForm, ListField
from kakehashi.clients.web.lookups import AccountField, LookupField
from kakehashi.conflicts.models import Category
from kakehashi.conflicts.queries.categories import load_vocabulary
from kakehashi.conflicts.terms import (
    Level,
    LinkKind,
    Medium,
    Mode,
    Origin,
    Result,
    RivalKind,
    Scope,
    Severity,
)

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.conflicts.models import Commitment, Policy, Rivalry

LINES = {"rows": 4}
COMPETE = (("yes", _("They compete")), ("no", _("They do not compete")))


class CategoryField(LookupField):
    """One category, by scheme and code, or by a name that means one."""

    model = Category
    source = reverse_lazy("conflicts:find-categories")

    def exactly(self, typed: str) -> list[Category]:
        scheme, _colon, code = typed.partition(":")
        by_code = Q(scheme__code=scheme, code=code) | Q(code=typed)
        found = Category.objects.filter(by_code)
        return list(found) or list(Category.objects.filter(Q(name=typed) | Q(name_en=typed)))

    def not_found(self) -> str:
        return gettext("No category is called so.")


class CategoriesField(ListField):
    """Several categories, each by scheme and code or by a word that means one."""

    def clean(self, value: Any) -> list[Any]:
        words = load_vocabulary()
        labels = [one_line(label) for label in super().clean(value)]
        if unknown := [label for label in labels if label not in words.meanings]:
            raise forms.ValidationError(
                gettext("No category is called so: %(labels)s.") % {"labels": "; ".join(unknown)}
            )
        found = Category.objects.in_bulk([words.meanings[label] for label in labels])
        return list(found.values())


class CommitmentFields(ActionForm):
    """What was promised, how far it reaches, and where it stands."""

    origin = forms.ChoiceField(label=_("Stands in"), choices=Origin)
    level = forms.ChoiceField(
        label=pgettext_lazy("of a commitment", "Level"),
        choices=Level,
        help_text=_("What of the rivals is kept out: some brands, categories, companies, groups."),
    )
    categories = CategoriesField(
        label=_("Categories"),
        required=False,
        help_text=_("Names or codes, separated by semicolons: 緑茶飲料; iab:1137"),
    )
    competitors = ListField(
        label=_("Named competitors"),
        required=False,
        help_text=_("Companies or brands, on file or not; separated by semicolons."),
    )
    countries = ListField(
        label=_("Countries"),
        required=False,
        help_text=_("Empty: all. Separated by semicolons: JP; SG"),
    )
    disciplines = ListField(
        label=_("Disciplines"),
        required=False,
        help_text=_("Empty: all. Separated by semicolons: media; creative"),
    )
    scope = forms.ChoiceField(label=_("Binds"), choices=Scope, initial=Scope.NETWORK)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False)
    cooling_off_months = forms.IntegerField(
        label=_("Cooling-off in months"), min_value=0, max_value=1200, initial=0
    )
    personnel_barrier_months = forms.IntegerField(
        label=_("Personnel barrier in months"), min_value=0, max_value=1200, initial=0
    )
    safeguards = ListField(
        label=_("Safeguards that satisfy it"),
        required=False,
        help_text=_("If the clause itself names some: separated by semicolons."),
    )
    clause_text = forms.CharField(
        label=_("Text of the clause"), required=False, widget=forms.Textarea(LINES)
    )
    clause_file = forms.CharField(label=_("Contract file"), max_length=200, required=False)
    clause_page = forms.IntegerField(label=_("Page"), min_value=1, max_value=32_767, required=False)
    fee = forms.DecimalField(
        label=_("Fee paid for it"), max_digits=18, decimal_places=4, min_value=0, required=False
    )
    fee_currency = forms.CharField(label=_("Currency"), max_length=20, required=False)


class NoteCommitmentForm(CommitmentFields):
    """A commitment of an account."""

    account = AccountField(label=_("Account"))
    code = forms.CharField(
        label=_("Code of the commitment"),
        max_length=40,
        required=False,
        help_text=_("Empty: one is made."),
    )
    field_order = ("account", "code")


class EditCommitmentForm(CommitmentFields, EditForm):
    """A commitment as it stands."""

    def standing_of(self, row: Commitment) -> dict[str, Any]:
        words = load_vocabulary()
        simple = {
            name: getattr(row, name)
            for name in (
                "version", "origin", "level", "countries", "disciplines", "scope", "starts_on",
                "ends_on", "cooling_off_months", "personnel_barrier_months", "safeguards",
                "clause_text", "clause_file", "clause_page", "fee", "fee_currency",
            )
        }  # fmt: skip
        ids = row.categories.values_list("category_id", flat=True)
        return {
            **simple,
            "categories": sorted(words.shortest(pk) for pk in ids),
            "competitors": list(row.competitors.order_by("name").values_list("name", flat=True)),
        }


class WithdrawForm(ActionForm):
    """Why a commitment binds nobody any more."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(LINES))


class MediaRuleForm(ActionForm):
    """What is kept apart inside one programme, page or break."""

    account = AccountField(label=_("Account"))
    medium = forms.ChoiceField(label=_("Medium"), choices=Medium)
    rule = forms.CharField(
        label=_("What is kept apart"),
        max_length=400,
        help_text=_("Such as: no other car maker in the same programme."),
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        super().__init__(*args, initial={"starts_on": today}, **options)


class Said(ActionForm):
    """Whether two compete."""

    competing = forms.ChoiceField(label=_("What is declared"), choices=COMPETE)

    def clean_competing(self) -> bool:
        return self.cleaned_data["competing"] == "yes"


class RivalryForm(Said):
    """Two sides that compete, or expressly do not."""

    kind = forms.ChoiceField(label=_("Between"), choices=RivalKind)
    one = forms.CharField(
        label=_("One side"),
        max_length=300,
        help_text=_("A company by name, code or number, or a brand; on file or not."),
    )
    other = forms.CharField(label=_("Other side"), max_length=300)
    strength = forms.ChoiceField(label=_("Strength"), choices=Severity)
    ground = forms.CharField(label=_("Ground"), required=False, widget=forms.Textarea(LINES))
    field_order = ("kind", "one", "other", "competing", "strength", "ground")


class EditRivalryForm(Said, EditForm):
    """A rivalry as it stands."""

    strength = forms.ChoiceField(label=_("Strength"), choices=Severity)
    ground = forms.CharField(label=_("Ground"), required=False, widget=forms.Textarea(LINES))

    def standing_of(self, row: Rivalry) -> dict[str, Any]:
        return {
            "version": row.version, "competing": "yes" if row.competing else "no",
            "strength": row.strength, "ground": row.ground,
        }  # fmt: skip


class PairForm(Said):
    """Two categories that compete, or expressly do not."""

    one = CategoryField(label=_("Category"))
    other = CategoryField(label=_("Other category"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(LINES))
    field_order = ("one", "other", "competing", "reason")


class BroadForm(ActionForm):
    """A category that is too broad to compare two clients by."""

    category = CategoryField(label=pgettext_lazy("level of a commitment", "Category"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(LINES))


class WordForm(ActionForm):
    """A word of accounts and brands, and the category it means."""

    word = forms.CharField(label=_("Word"), max_length=80)
    category = CategoryField(label=pgettext_lazy("level of a commitment", "Category"))


class LinkForm(ActionForm):
    """A category of one scheme beside one of another."""

    category = CategoryField(label=pgettext_lazy("level of a commitment", "Category"))
    kind = forms.ChoiceField(label=_("Link"), choices=LinkKind)
    other = CategoryField(label=_("Other category"))


class PolicyForm(ActionForm):
    """The mode, and what follows from each severity in each; who changes it says why."""

    mode = forms.ChoiceField(label=_("Mode"), choices=Mode, widget=forms.RadioSelect)

    clearance_required = forms.BooleanField(
        label=_("No prospect becomes active without clearance"), required=False
    )

    def __init__(self, *args: Any, policy: Policy, **options: Any) -> None:
        said = {"mode": policy.mode, "clearance_required": policy.clearance_required}
        super().__init__(*args, initial=said, **options)
        for mode in Mode:
            for severity in Severity:
                name = f"{mode}_{severity}"
                label = f"{mode.label} · {severity.label}"
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=Result, initial=getattr(policy, name)
                )
        if policy.set_at is not None:
            self.fields["reason"] = forms.CharField(
                label=_("Reason"), widget=forms.Textarea({"rows": 2})
            )
