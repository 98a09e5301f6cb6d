"""Forms that carry out one action and say what stood against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy

from kakehashi.base.phrases import NO, YES
from kakehashi.clients.web.lookups import Several, shown
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from kakehashi.ui.formats import NOTHING, date_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model

NO_CHOICE = ("", gettext_lazy("—"))


class DayInput(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day."""

    widget = DayInput


class ListField(forms.CharField):
    """Several short texts, separated by semicolons, 、 or line ends."""

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else "; ".join(value)

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        for separator in (";", "、", "\n"):
            text = text.replace(separator, ";")
        return [part.strip() for part in text.split(";") if part.strip()]


def choices(known: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """A closed list with the possibility to leave it open."""
    return [NO_CHOICE, *known]


class ActionForm(forms.Form):
    """A form whose answer is an action: it runs it and shows its refusal field by field."""

    standing: list[tuple[str, str]]
    said_at: ClassVar[dict[str, str]] = {}
    """Where the form shows what the action says of a field that is called otherwise here."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        self.standing = []
        self.is_stale = False

    def carry_out(self, act: Callable[[dict[str, Any]], Any]) -> bool:
        """Run the action on what was entered; False if anything stands against it."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                act(dict(self.cleaned_data))
        except Refused as refusal:
            self.add_error(None, refusal.reason)
        except Stale as stale:
            self.is_stale = True
            self.add_error(None, stale)
        except ValidationError as error:
            self._take(error)
        return not self.errors

    def _take(self, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, said in error.error_dict.items():
            field = self.said_at.get(name, name)
            self.add_error(field if field in self.fields else None, said)
            if any(one.code == "known" for one in said):
                self.ask()

    def ask(self) -> None:
        """Something like this is known: forms that can, ask whether it is the same."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Where typing meant several rows, ask which one by a closed list."""
        super().add_error(field, error)
        if isinstance(error, Several) and field:
            known = [("", NOTHING), *((str(row.pk), shown(row)) for row in error.found)]
            self.fields[field].widget = forms.Select(choices=known)

    def put_back(self, name: str, value: Any) -> None:
        """Put a value into what was sent, for showing the form again."""
        self.data = {**dict(self.data.items()), self.add_prefix(name): value}


class EditForm(ActionForm):
    """A form that changes a row. Of two editors the second is told what stands now."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    versions: ClassVar[tuple[str, ...]] = ("version",)

    def __init__(self, *args: Any, row: Model, **options: Any) -> None:
        self.row = row
        super().__init__(*args, initial=self.standing_of(row), **options)

    def standing_of(self, row: Any) -> dict[str, Any]:
        """What stands in the row, as the form's initial values."""
        raise NotImplementedError

    def carry_out(self, act: Callable[[dict[str, Any]], Any]) -> bool:
        done = super().carry_out(act)
        if self.is_stale:
            self._compare()
        return done

    def _compare(self) -> None:
        """Say what stands now where it differs from what was entered, and let it be saved over."""
        self.row.refresh_from_db()
        now = self.standing_of(self.row)
        for name in self.versions:
            self.put_back(name, now[name])
        self.standing = [
            (str(self.fields[name].label or name), read_aloud(self.fields[name], value))
            for name, value in now.items()
            if name in self.fields
            and name not in self.versions
            and _key(value) != _key(self.cleaned_data.get(name))
        ]


def _key(value: Any) -> Any:
    """A value as it is compared: rows by id, nothing as nothing."""
    return getattr(value, "pk", value) or None


def read_aloud(field: forms.Field, value: Any) -> str:
    """A value as it is said in a sentence."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(field, forms.BooleanField):
        return str(YES if value else NO)
    if isinstance(field, forms.ModelChoiceField):
        chosen = field.queryset.filter(pk=value).first()
        return field.label_from_instance(chosen) if chosen else NOTHING
    if isinstance(field, forms.ChoiceField):
        known: Any = field.choices
        return str(dict(known).get(value, value))
    if isinstance(field, forms.DateField):
        return date_text(value, "plain")
    return str(field.prepare_value(value))
