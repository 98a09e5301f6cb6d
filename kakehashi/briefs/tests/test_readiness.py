"""What blocks a brief and what is doubtful, from what stands in it; without a database."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import translation

from kakehashi.briefs import readiness
from kakehashi.briefs.models import Objection, Section
from kakehashi.briefs.topics import TOPICS

WHOLE = {
    "objective": ("Be known.", {"metric": "Awareness", "sort": "communication"}),
    "audience": ("Parents who buy tea on the way home.", {}),
    "proposition": ("Ten minutes that are yours.", {}),
    "measure": ("A survey.", {"metric": "awareness"}),
    "budget": ("", {"most": "5000000", "currency": "JPY"}),
    "timing": ("", {"live_on": "2030-04-01"}),
    "mandatories": ("The logo.", {}),
    "deliverables": ("Posters.", {}),
    "approvers": ("", {"people": ["somebody"]}),
}


class Rows(list):
    def all(self):
        return self


def brief(*, objections=(), **changed):
    """A whole brief but for the topics that are changed; None leaves one out."""
    told = {**WHOLE, **changed}
    sections = [
        Section(topic=topic, text=said[0], details=said[1]) for topic, said in told.items() if said
    ]
    return SimpleNamespace(sections=Rows(sections), objections=Rows(objections))


def codes(found):
    return [one.code for one in found.blockers], [one.code for one in found.flags]


def test_a_whole_brief_has_nothing_against_it():
    found = readiness.of(brief())

    assert (codes(found), found.is_ready, found.completeness) == (([], []), True, 1.0)


@pytest.mark.parametrize(
    ("topic", "said", "blockers"),
    [
        ("objective", ("Be known.", {}), ["no_metric"]),
        ("proposition", ("One.\n\nAnd another.", {}), ["many_propositions"]),
        ("proposition", (" \n", {}), ["no_proposition"]),
        ("budget", ("A lot.", {"currency": "JPY"}), ["no_budget"]),
        ("budget", ("", {"least": "1", "currency": "JPY"}), []),
        ("timing", ("Soon.", {}), ["no_date"]),
        ("timing", ("", {"present_on": "2030-01-01"}), []),
        ("approvers", ("The usual ones.", {}), ["no_approver"]),
        ("proposition", None, []),
    ],
)
def test_what_blocks(topic, said, blockers):
    assert codes(readiness.of(brief(**{topic: said})))[0] == blockers


@pytest.mark.parametrize(
    ("changed", "flags"),
    [
        ({"audience": ("Everyone in Japan.", {})}, ["everyone"]),
        ({"audience": ("20代から60代の男女全員", {})}, ["everyone"]),
        ({"audience": ("Parents, not everything to all.", {})}, []),
        ({"measure": ("", {"metric": "Sales"})}, ["unlinked"]),
        ({"objective": ("", {"metric": "売上", "sort": "communication"})},
         ["confused", "unlinked"]),
        ({"objective": ("", {"metric": "認知率", "sort": "business"}),
          "measure": ("", {"metric": "認知率 "})}, ["confused"]),
    ],
)  # fmt: skip
def test_what_is_doubtful_blocks_nothing(changed, flags):
    assert codes(readiness.of(brief(**changed))) == ([], flags)


@pytest.mark.parametrize(("state", "blocks"), [("raised", 1), ("answered", 1), ("resolved", 0)])
def test_an_objection_blocks_until_the_planner_says_it_is_settled(state, blocks):
    found = readiness.of(brief(objections=[Objection(state=state)]))

    assert codes(found)[0] == ["off_strategy"] * blocks


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everything_found_says_what_to_do(language):
    nothing = {topic: ("", {}) for topic in WHOLE}
    with translation.override(language):
        found = readiness.of(brief(**nothing, objections=[Objection(state="raised")]))

    assert len(found.blockers) == 6
    assert all(one.text and one.advice for one in found.blockers)
    assert found.completeness == 0


def test_completeness_weighs_what_counts():
    without = readiness.of(brief(objective=("", {})))
    weights = [TOPICS[topic].weight for topic in WHOLE]

    assert without.completeness == pytest.approx(1 - 3 / sum(weights))
