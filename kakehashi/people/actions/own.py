"""What everybody changes of their own row; a client's contact as well."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc, one_line
from kakehashi.people.models import Person
from kakehashi.people.queries import doors
from kakehashi.policy.edits import stale
from kakehashi.policy.engine import require

Language = Person.Language


@transaction.atomic
def change_own(*, language: str, phone: str, version: int, by: Person) -> None:
    """One's language and phone."""
    require(by, "people.change_own", by)
    _refuse_unknown(language)
    if doors.set_own(language=language, phone=one_line(phone), version=version) is None:
        raise stale(by)


@transaction.atomic
def change_own_address(*, email: str, version: int, by: Person) -> None:
    """Where one's mail goes, and with it a link to choose a new password."""
    require(by, "people.change_own", by)
    address = nfkc(email)
    validate_email(address)
    if doors.set_own_address(address, version=version) is None:
        raise stale(by)


@transaction.atomic
def choose_language(*, language: str, by: Person) -> None:
    """The language of every page and mail from now on."""
    require(by, "people.change_own", by)
    _refuse_unknown(language)
    doors.set_own_language(language)


def _refuse_unknown(language: str) -> None:
    if language not in Language.values:
        raise ValidationError({"language": _("Choose a language from the list.")})
