"""Every state of a brief with every role: allowed, or refused with its reason, as is printed."""

from __future__ import annotations

import re

import pytest

from kakehashi.briefs.models import Brief, Objection, Section
from kakehashi.people.models import Person
from kakehashi.policy.abilities import ABILITIES
from kakehashi.policy.engine import objection
from kakehashi.policy.roles import RoleCode

DROPPED = "was dropped"
# What stands against each act in each state of a client brief, whoever does it; empty: nothing.
REASONS = {
    "write": {"dropped": DROPPED},
    "release": {
        "checking": "not a draft: Going round with us", "checked": "not a draft: Approved by us",
        "signing": "not a draft: With the client", "accepted": "accepted. Change it",
        "dropped": DROPPED,
    },
    "send_to_client": {
        "draft": "approve it first", "checking": "approve it first", "signing": "approve it first",
        "accepted": "accepted already", "dropped": DROPPED,
    },
    "share": {"accepted": "accepted already", "dropped": DROPPED},
    "drop": {
        "checking": "going round. Withdraw", "signing": "going round. Withdraw",
        "accepted": "accepted already", "dropped": DROPPED,
    },
    "end_here": dict.fromkeys(
        ("draft", "checking", "checked", "signing", "dropped"), "approves the brief first"
    ),
    "lead_on": {"dropped": DROPPED},
    "note": {"dropped": DROPPED},
    "direct": {"dropped": DROPPED},
    "object_to": {"accepted": "accepted already", "dropped": DROPPED},
}  # fmt: skip
SOMEBODY = Person(name="Somebody")


def brief(state: str, kind: str = "client") -> Brief:
    made = Brief(state=state, kind=kind)
    made._prefetched_objects_cache = {"sections": [], "objections": []}
    return made


@pytest.mark.parametrize("verb", REASONS)
@pytest.mark.parametrize("state", Brief.State.values)
def test_each_role_in_each_state_is_allowed_or_told_why_not(verb, state):
    made = brief(state)
    thing = Section(brief=made) if verb == "write" else made
    ability = ABILITIES[f"briefs.{verb}"]
    for role in RoleCode:
        for hat, known in (("seat", ability.seats), ("role", ability.functions)):
            no = objection(SOMEBODY, f"briefs.{verb}", thing, frozenset({f"{hat}:{role}"}))
            if role not in known:
                assert "takes one of these roles" in (no or ""), (role, hat)
            elif reason := REASONS[verb].get(state):
                assert re.search(reason, no or ""), (role, hat, no)
            else:
                assert no is None, (role, hat, no)


@pytest.mark.parametrize("verb", ["share", "send_to_client"])
@pytest.mark.parametrize("state", Brief.State.values)
def test_a_creative_brief_never_goes_to_the_client(verb, state):
    lead = frozenset({"seat:account_executive"})

    no = objection(SOMEBODY, f"briefs.{verb}", brief(state, "creative"), lead)

    assert no == "The client neither sees nor signs the creative brief."


@pytest.mark.parametrize(
    ("verb", "state", "reason"),
    [
        ("answer_objection", "raised", None),
        ("answer_objection", "answered", "has answered it"),
        ("answer_objection", "resolved", "is resolved"),
        ("ask_again", "raised", "waits for an answer"),
        ("ask_again", "answered", None),
        ("ask_again", "resolved", "is resolved"),
        ("resolve_objection", "raised", None),
        ("resolve_objection", "answered", None),
        ("resolve_objection", "resolved", "is resolved"),
    ],
)
def test_an_objection_in_each_state(verb, state, reason):
    raised = Objection(state=state, raised_by=SOMEBODY, answered_by=SOMEBODY)

    no = objection(SOMEBODY, f"briefs.{verb}", raised, frozenset({"seat:account_executive"}))
    others = objection(Person(name="Other"), f"briefs.{verb}", raised, frozenset())

    assert (no is None) if reason is None else re.search(reason, no)
    assert others
