"""The clearance memo: what was asked, what was found and why, what the officer decided of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kakehashi.base.digests import digest_of
from kakehashi.conflicts.because import spoken
from kakehashi.conflicts.queries import checks as queries
from kakehashi.documents.rendering import pdf
from kakehashi.ui.formats import date_text, language, reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kakehashi.conflicts.models import Check, Decision, Receipt
    from kakehashi.conflicts.queries.checks import HitRead

MOST = 200  # hits that are printed; a memo of more is read on the page
Line = dict[str, str]


def printed(check: Check, receipt: Receipt) -> bytes:
    """The memo of a check as PDF, in the reader's language, with the digest of its words."""
    hits, general = queries.hits(check), queries.general_decisions(check)
    decided = [*general, *(one for hit in hits for one in hit.decisions)]
    words: dict[str, Any] = {
        "language": language(),
        "kind": _("Clearance memo"),
        "title": reader_name(receipt.account),
        "author": _("Kakehashi"),
        "facts": list(_facts(check, receipt)),
        "sections": list(_sections(hits, general)),
        "empty": _("Not decided yet."),
        "footer": f"{_('Clearance memo')} · {reader_name(receipt.account)}",
        "signed": list(_signed(decided)),
        "signed_heading": _("Decided by"),
    }
    words["digest"] = f"SHA-256 {digest_of(words)}"
    dated = max((one.decided_at for one in decided), default=check.ran_at or check.asked_at)
    return pdf("sheet", words, dated=dated)


def _facts(check: Check, receipt: Receipt) -> Iterator[Line]:
    yield _fact(_("Account"), reader_name(receipt.account))
    if check.company:
        yield _fact(_("Company"), reader_name(check.company))
    asked = reader_name(receipt.asked_by) if receipt.asked_by_id else ""
    who = asked or str(check.get_occasion_display())
    yield _fact(pgettext("a check", "Asked"), f"{who} · {_day(receipt.asked_at)}")
    if check.ran_at:
        yield _fact(_("Checked on"), _day(check.ran_at))
        yield _fact(_("Mode"), str(check.get_mode_display()))
        yield _fact(_("What the rules say"), str(check.get_result_display()))
    yield _fact(_("Decision"), str(receipt.get_outcome_display()) or _("Not decided yet."))


def _sections(hits: list[HitRead], general: list[Decision]) -> Iterator[dict[str, Any]]:
    if general:
        yield {"heading": _("Decided on the whole"), "lines": list(map(_decision, general))}
    for one in hits[:MOST]:
        hit = one.hit
        stands = [str(hit.get_severity_display()), str(hit.get_result_display())]
        if hit.commitment:
            stands.append(hit.commitment.code)
        lines = [_fact("", sentence) for sentence in spoken(hit.because)]
        yield {
            "heading": f"{reader_name(hit.account)} · {' · '.join(stands)}",
            "lines": [*lines, *map(_decision, one.decisions)],
        }
    if (more := len(hits) - MOST) > 0:
        said = ngettext("%(number)s more hit", "%(number)s more hits", more)
        lines = [_fact("", _("Read them on the page."))]
        yield {"heading": said % {"number": more}, "lines": lines}


def _decision(one: Decision) -> Line:
    told = [f"{one.reason} ({reader_name(one.decided_by)}, {_day(one.decided_at)})"]
    if one.until:
        told.append(_("Until %(day)s") % {"day": date_text(one.until, "long")})
    if one.wall:
        told.append(_("Wall: %(wall)s") % {"wall": one.wall.name})
    return _fact(str(one.get_verdict_display()), "\n".join(told))


def _signed(decided: list[Decision]) -> Iterator[dict[str, str]]:
    """Everybody who decided, with their last word."""
    last = {one.decided_by_id: one for one in sorted(decided, key=lambda one: one.decided_at)}
    for one in last.values():
        yield {
            "who": reader_name(one.decided_by),
            "what": str(one.get_verdict_display()),
            "at": _day(one.decided_at),
        }


def _fact(label: str, text: str) -> Line:
    return {"label": label, "text": text}


def _day(at: dt.datetime) -> str:
    return date_text(at, "long")
