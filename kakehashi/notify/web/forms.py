"""What somebody wants by mail, kind by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from kakehashi.notify import kinds
from kakehashi.notify.states import Choice
from kakehashi.people.web.forms.base import ActionForm

if TYPE_CHECKING:
    from collections.abc import Mapping


class ChoicesForm(ActionForm):
    """One choice for each kind of notice, in the order in which packages register them."""

    def __init__(self, *args: Any, standing: Mapping[str, str], **options: Any) -> None:
        self.choices = standing
        initial = {_field(code): choice for code, choice in standing.items()}
        super().__init__(*args, initial=initial, **options)
        for kind in kinds.all_kinds():
            self.fields[_field(kind.code)] = forms.ChoiceField(
                label=str(kind.label), choices=Choice.choices, required=False
            )

    @property
    def chosen(self) -> dict[str, str]:
        """The choice for each kind, by its code; what was not sent stays as it is."""
        return {
            code: self.cleaned_data[_field(code)] or choice for code, choice in self.choices.items()
        }


def _field(code: str) -> str:
    """A field's name: a point in it would end it."""
    return code.replace(".", "-")
