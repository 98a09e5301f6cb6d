"""The chain of a generated agency: requests, briefs, what goes round, jobs and whose move it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.timezone import now

from kakehashi.briefs.models import Kind
from kakehashi.briefs.usual import CREATIVE
from kakehashi.demo.queries import chain, work
from kakehashi.traffic import wording
from kakehashi.traffic.models import Job

if TYPE_CHECKING:
    from kakehashi.demo.scale import Scaled

WRITTEN = {
    "why": "広告で解ける問題は、店頭で思い出されないこと。",
    "objective": "9月末までに、店頭での第一想起を14%から20%に。",
    "audience": "平日の夜に一人で食べる、三十代の会社員。",
    "insight": "選ぶのに疲れている。",
    "proposition": "今夜は、これでいい。",
}


def add(scaled: Scaled, first: str, last: str) -> None:
    """All of it for the accounts from one code to another."""
    wanted = {**_words(), "first": first, "last": last, "seed": f"{scaled.seed} ",
              "today": scaled.today, "at": now(),
              "manager": "bench.manager", "director": "bench.director"}  # fmt: skip
    for step in (chain.write_requests, chain.write_briefs, chain.send_round,
                 work.open_jobs, work.plan, work.ask):  # fmt: skip
        step(wanted, scaled.owner)


def _words() -> dict[str, Any]:
    """What stands in briefs and on balls, with room for `{account}`, `{title}` and `{job}`."""
    asked = [one for one in CREATIVE if one.topic in WRITTEN]
    job = Job(number="{job}")
    with translation.override("ja"):
        return {
            "topics": [one.topic for one in asked],
            "headings": [one.heading for one in asked],
            "texts": [WRITTEN[one.topic] for one in asked],
            "words": _printed(),
            "states": list(wording.LABELS),
            "titles": [wording.asked(job, state) for state in wording.LABELS],
            "write": "ブリーフを書く: {title}",
            "approve": "承認: {title}",
        }


def _printed() -> str:
    """A version's words as its digest reads them."""
    content = {
        "language": "ja",
        "kind": str(Kind.CREATIVE.label),
        "title": "{title}",
        "work": "クリエイティブブリーフ",
        "account": "{account}",
        "sections": [
            {
                "id": one.topic,
                "topic": one.topic,
                "heading": one.heading,
                "lines": [{"code": "text", "label": "", "text": WRITTEN[one.topic]}],
            }
            for one in CREATIVE
            if one.topic in WRITTEN
        ],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
