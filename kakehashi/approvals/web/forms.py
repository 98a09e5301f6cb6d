"""Forms of what is done with an approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.approvals.models import Decision
from kakehashi.approvals.route import verdicts
from kakehashi.clients.web.forms.base import ActionForm
from kakehashi.handoffs.models import Handoff

if TYPE_CHECKING:
    from kakehashi.approvals.models import Step

LINES = {"rows": 3}
SAID = {
    Decision.Verdict.APPROVED: _("I approve this version"),
    Decision.Verdict.RETURNED: _("I send it back"),
    Decision.Verdict.READ: _("I have read it"),
}


class DecideForm(ActionForm):
    """The decision, and what is to be said with it."""

    verdict = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("In words"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("Who sends it back says what should change."),
    )

    def __init__(self, *args: Any, step: Step, **options: Any) -> None:
        super().__init__(*args, **options)
        known = verdicts(step.kind)
        self.fields["verdict"].choices = [row for row in SAID.items() if row[0] in known]


class RecordForm(DecideForm):
    """A decision of the client's that came by other ways."""

    verdict = forms.ChoiceField(label=_("Decision"))
    channel = forms.ChoiceField(
        label=_("How"),
        choices=[c for c in Handoff.Channel.choices if c[0] != Handoff.Channel.HERE],
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=500,
        help_text=_("When and where: “call of 14:05”, “mail of 3 June, 10:12”."),
    )
    field_order = ("verdict", "channel", "evidence", "note")

    def __init__(self, *args: Any, step: Step, **options: Any) -> None:
        super().__init__(*args, step=step, **options)
        known = verdicts(step.kind)
        self.fields["verdict"].choices = [c for c in Decision.Verdict.choices if c[0] in known]


class WithdrawForm(ActionForm):
    """Why no decision is needed any more."""

    reason = forms.CharField(label=_("Why"), max_length=500, required=False)
