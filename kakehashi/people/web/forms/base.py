"""Forms that carry out one action and say what stood against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kakehashi.base.phrases import NO, YES
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from kakehashi.ui.formats import NOTHING, date_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model


class DayInput(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day."""

    widget = DayInput


class ActionForm(forms.Form):
    """A form whose answer is an action: it runs it and shows its refusal field by field."""

    standing: list[tuple[str, str]]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        self.standing = []

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
            self.add_error(None, stale)
            self.compare()
        except ValidationError as error:
            self._take(error)
        return not self.errors

    def _take(self, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for field, said in error.error_dict.items():
            known = field in self.fields and field != NON_FIELD_ERRORS
            self.add_error(field if known else None, said)

    def compare(self) -> None:
        """Say what stands now; for forms that change a row."""


class EditForm(ActionForm):
    """A form that changes a row. Of two editors the second is told what stands now."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Model, **options: Any) -> None:
        self.row = row
        initial = {**self.standing_of(row), "version": row.version}
        super().__init__(*args, initial=initial, **options)

    def standing_of(self, row: Any) -> dict[str, Any]:
        """What stands in the row, as the form's initial values."""
        names = [name for name in self.base_fields if name != "version"]
        return {name: getattr(row, name) for name in names}

    def compare(self) -> None:
        """Say what stands now where it differs from what was entered, and let it be saved over."""
        self.row.refresh_from_db()
        sent = self.data.copy()
        sent[self.add_prefix("version")] = self.row.version
        self.data = sent
        self.standing = [
            (str(self.fields[name].label), read_aloud(self.fields[name], value))
            for name, value in self.standing_of(self.row).items()
            if _key(value) != _key(self.cleaned_data.get(name))
        ]


class EndForm(EditForm):
    """The last day of something dated."""

    on = DayField(label=_("Last day"))

    def __init__(self, *args: Any, **options: Any) -> None:
        self.today = options.pop("today")
        super().__init__(*args, **options)

    def standing_of(self, row: Any) -> dict[str, Any]:
        return {"on": row.ends_on or self.today}


def _key(value: Any) -> Any:
    """A value as it is compared: rows by id, nothing as nothing."""
    return str(getattr(value, "pk", value) or "")


def read_aloud(field: forms.Field, value: Any) -> str:
    """A value as it is said in a sentence."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return str(YES if value else NO)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        known = {str(key): label for key, label in choices}
        return str(known.get(str(field.prepare_value(value)), value)).strip()
    if isinstance(field, forms.DateField):
        return date_text(value, "plain")
    return str(field.prepare_value(value))
