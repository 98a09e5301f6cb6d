"""Why a mail was held or refused, in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kakehashi.requests.models import Mail

REASONS: dict[str, str | Promise] = {
    "automatic": gettext_lazy("A machine has answered, no person."),
    "bounce": gettext_lazy("A mail server reports that a mail was not delivered."),
    "bulk": gettext_lazy("It was sent to many at once."),
    "by_hand": gettext_lazy("Somebody of ours turned it away."),
    "empty": gettext_lazy("It says nothing and brings nothing."),
    "flood": gettext_lazy("This sender has sent more than thirty mails within an hour."),
    "forged": gettext_lazy("Our mail server found that it is not from whom it says."),
    "forwarded_unknown": gettext_lazy(
        "One of ours has forwarded it; whoever wrote it is no contact of the account."
    ),
    "huge": gettext_lazy("It is larger than what is taken in; it stays in the mailbox."),
    "list": gettext_lazy("It came by a mailing list."),
    "looks_automatic": gettext_lazy("Its subject reads like an answer by a machine."),
    "loop": gettext_lazy("It is from this product itself."),
    "no_account": gettext_lazy("No account has the address it went to."),
    "no_sender": gettext_lazy("It names no sender, or several."),
    "ours": gettext_lazy("It is from one of ours and forwards nothing."),
    "several": gettext_lazy("Several people of the account have this address."),
    "too_many_parts": gettext_lazy("It has more parts than any honest mail."),
    "unchecked": gettext_lazy("Nobody has checked whether it is from whom it says."),
    "unfit": gettext_lazy("It could not be made a request."),
    "unknown": gettext_lazy("No contact of the account has this address."),
    "unproven": gettext_lazy("Our mail server could not prove that it is from whom it says."),
    "unreadable": gettext_lazy("It could not be read; the whole mail is kept as a file."),
}
REMARKS: dict[str, str | Promise] = {
    "too_many_parts": gettext_lazy("Parts beyond the first 300 were left out."),
    "unreadable": gettext_lazy("The mail is kept as a file."),
    "winmail_opened": gettext_lazy("Outlook's winmail.dat was unpacked."),
    "winmail_unread": gettext_lazy("Outlook's winmail.dat could not be opened and is kept."),
}


def reason_text(mail: Mail) -> str:
    """Why it was held or refused; nothing for what was taken in at once."""
    said = str(REASONS[mail.reason]) if mail.reason else ""
    if mail.reason in {"by_hand", "unfit"} and mail.remark:
        return _("%(reason)s %(remark)s") % {"reason": said, "remark": mail.remark}
    return said


def remark_texts(mail: Mail) -> list[str]:
    """What else was noticed while it was read."""
    return [str(REMARKS[code]) for code in mail.remark.split(", ") if code in REMARKS]
