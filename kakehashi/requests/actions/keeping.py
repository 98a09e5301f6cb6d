"""Keeping files that came with something: in the same transaction, under the same wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.requests.files import safe_name
from kakehashi.requests.models import File, FileBytes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from kakehashi.people.models import Person
    from kakehashi.requests.files import Enclosure
    from kakehashi.requests.models import ClientRequest, Entry, Mail

LONGEST_TYPE = 100


def keep(  # noqa: PLR0913 - what a file came with
    enclosed: Iterable[Enclosure],
    *,
    by: Person | None,
    at: dt.datetime,
    shared: bool,
    request: ClientRequest | None = None,
    entry: Entry | None = None,
    mail: Mail | None = None,
) -> None:
    """Keep each file as it came. `shared`: the client may have it back."""
    owner = request or mail
    assert owner is not None, "a file comes with something"
    account_id = owner.account_id
    assert account_id is not None, "mail without an account keeps no files"
    for one in enclosed:
        file = File(
            account_id=account_id,
            request=request,
            entry=entry,
            mail=mail,
            name=safe_name(one.name),
            media_type=one.media_type[:LONGEST_TYPE],
            size=len(one.content),
            digest=one.digest,
            by=by,
            at=at,
            shared_at=at if shared else None,
        )
        file.save(force_insert=True)
        FileBytes(file=file, account_id=account_id, content=one.content).save(force_insert=True)
