"""Every verb in the product, who may do it, and every objection to it.

A test keeps this list complete: each verb is asked for somewhere, each verb asked for stands here.
"""

from __future__ import annotations

from typing import Any

from kakehashi.approvals import rules as approvals
from kakehashi.briefs import rules as briefs
from kakehashi.clients import rules as clients
from kakehashi.conflicts import rules as conflicts
from kakehashi.handoffs import rules as handoffs
from kakehashi.imports import rules as imports
from kakehashi.money import rules as money
from kakehashi.notify import rules as notify
from kakehashi.people import rules as people
from kakehashi.policy.engine import Ability
from kakehashi.policy.roles import LINE, RoleCode
from kakehashi.requests import rules as requests
from kakehashi.traffic import rules as traffic

ADMINISTRATOR = frozenset({RoleCode.ADMINISTRATOR})
OFFICER = frozenset({RoleCode.CONFLICTS_OFFICER})
SERVICE = frozenset(
    {
        RoleCode.COORDINATOR,
        RoleCode.ACCOUNT_EXECUTIVE,
        RoleCode.ACCOUNT_SUPERVISOR,
        RoleCode.ACCOUNT_MANAGER,
        RoleCode.KEY_ACCOUNT_MANAGER,
        RoleCode.ACCOUNT_PLANNER,
        RoleCode.ACCOUNT_DIRECTOR,
        RoleCode.GROUP_ACCOUNT_DIRECTOR,
        RoleCode.AGENCY_DIRECTOR,
        RoleCode.GLOBAL_ACCOUNT_MANAGER,
        RoleCode.NATIONAL_ACCOUNT_MANAGER,
    }
)
RUNS = SERVICE - {RoleCode.COORDINATOR, RoleCode.ACCOUNT_PLANNER}
LEADS = RUNS - {RoleCode.ACCOUNT_EXECUTIVE}

API: dict[str, Ability] = {
    "api.make_feed": Ability(oneself=people.is_self, unless=(people.not_one_of_ours,)),
    "api.revoke_feed": Ability(oneself=people.is_self),
}

_GOES_ROUND = (
    approvals.is_over,
    approvals.is_decided,
    approvals.is_not_their_turn,
)
APPROVALS: dict[str, Ability] = {
    "approvals.decide": Ability(
        oneself=approvals.may_decide,
        unless=(*_GOES_ROUND, approvals.is_own_work, approvals.has_decided_before),
    ),
    "approvals.record": Ability(
        seats=SERVICE,
        functions=LINE,
        superiors=True,
        unless=(approvals.decides_here, *_GOES_ROUND),
    ),
    "approvals.start": Ability(seats=RUNS, functions=LINE, superiors=True),
    "approvals.take_back": Ability(
        oneself=approvals.has_decided,
        unless=(
            approvals.is_final,
            approvals.nothing_decided,
            approvals.is_too_late,
            approvals.went_on,
            approvals.is_built_on,
        ),
    ),
    "approvals.withdraw": Ability(
        seats=LEADS,
        functions=LINE,
        superiors=True,
        oneself=approvals.has_started,
        unless=(approvals.has_ended,),
    ),
}

PLANNER = frozenset({RoleCode.ACCOUNT_PLANNER})
BRIEFS: dict[str, Ability] = {
    "briefs.answer_objection": Ability(
        seats=RUNS,
        functions=LINE,
        superiors=True,
        unless=(briefs.is_resolved, briefs.is_answered),
    ),
    "briefs.ask_again": Ability(
        oneself=briefs.has_raised, unless=(briefs.is_resolved, briefs.is_unanswered)
    ),
    "briefs.begin": Ability(seats=SERVICE, functions=LINE, superiors=True),
    "briefs.cite": Ability(
        seats=SERVICE, functions=LINE, superiors=True, unless=(briefs.is_dropped,)
    ),
    "briefs.comment": Ability(anyone=True),
    "briefs.direct": Ability(seats=PLANNER, functions=LINE, unless=(briefs.is_dropped,)),
    "briefs.drop": Ability(
        seats=RUNS,
        functions=LINE,
        superiors=True,
        unless=(briefs.is_settled, briefs.is_going_round),
    ),
    "briefs.edit_templates": Ability(functions=LINE | ADMINISTRATOR),
    "briefs.end_here": Ability(
        seats=RUNS,
        functions=LINE,
        superiors=True,
        unless=(briefs.is_not_accepted, briefs.is_followed),
    ),
    "briefs.hand_back": Ability(oneself=briefs.is_clients, unless=(briefs.is_settled,)),
    "briefs.lead_on": Ability(
        seats=RUNS, functions=LINE, superiors=True, unless=(briefs.is_dropped,)
    ),
    "briefs.note": Ability(
        seats=SERVICE, functions=LINE, superiors=True, unless=(briefs.is_dropped,)
    ),
    "briefs.object_to": Ability(seats=PLANNER, unless=(briefs.is_settled,)),
    "briefs.release": Ability(
        seats=RUNS,
        functions=LINE,
        superiors=True,
        unless=(briefs.is_dropped, briefs.is_no_draft, briefs.is_blocked),
    ),
    "briefs.resolve_objection": Ability(oneself=briefs.has_raised, unless=(briefs.is_resolved,)),
    "briefs.retire_template": Ability(functions=LINE | ADMINISTRATOR, unless=(briefs.is_retired,)),
    "briefs.say": Ability(
        seats=SERVICE,
        functions=LINE,
        superiors=True,
        oneself=briefs.speaks_for_client,
        unless=(briefs.section_is_not_shared,),
    ),
    "briefs.send_to_client": Ability(
        seats=RUNS,
        functions=LINE,
        superiors=True,
        unless=(briefs.is_creative, briefs.is_settled, briefs.is_not_checked),
    ),
    "briefs.share": Ability(
        seats=RUNS,
        functions=LINE,
        superiors=True,
        unless=(briefs.is_creative, briefs.is_settled),
    ),
    "briefs.write": Ability(
        seats=SERVICE,
        functions=LINE,
        superiors=True,
        oneself=briefs.writes_for_client,
        unless=(briefs.is_settled_section,),
    ),
}

CLIENTS: dict[str, Ability] = {
    "clients.add_brand": Ability(anyone=True),
    "clients.add_company": Ability(anyone=True),
    "clients.add_contact": Ability(seats=SERVICE, functions=LINE, superiors=True),
    "clients.change_seat": Ability(
        seats=LEADS,
        functions=LINE | ADMINISTRATOR,
        superiors=True,
        unless=(clients.seat_has_ended, clients.is_being_handed_over),
    ),
    "clients.change_status": Ability(seats=RUNS, functions=LINE, superiors=True),
    "clients.choose_code": Ability(functions=ADMINISTRATOR),
    "clients.confirm_handover": Ability(
        oneself=clients.is_giver_or_receiver,
        unless=(clients.handover_is_closed, clients.has_confirmed),
    ),
    "clients.contact_left": Ability(
        seats=SERVICE, functions=LINE, superiors=True, unless=(clients.contact_has_left,)
    ),
    "clients.edit_account": Ability(seats=RUNS, functions=LINE | ADMINISTRATOR, superiors=True),
    "clients.edit_brand": Ability(anyone=True),
    "clients.edit_company": Ability(anyone=True),
    "clients.edit_contact": Ability(seats=SERVICE, functions=LINE, superiors=True),
    "clients.edit_fact": Ability(
        seats=frozenset(RoleCode),
        functions=LINE,
        superiors=True,
        unless=(clients.fact_is_retired,),
    ),
    "clients.end_seat": Ability(
        seats=LEADS,
        functions=LINE | ADMINISTRATOR,
        superiors=True,
        unless=(clients.seat_has_ended, clients.is_being_handed_over),
    ),
    "clients.give_seat": Ability(seats=LEADS, functions=LINE | ADMINISTRATOR, superiors=True),
    "clients.handle_brand": Ability(seats=SERVICE, functions=LINE, superiors=True),
    "clients.move_account": Ability(
        seats=frozenset(
            {
                RoleCode.KEY_ACCOUNT_MANAGER,
                RoleCode.GLOBAL_ACCOUNT_MANAGER,
                RoleCode.NATIONAL_ACCOUNT_MANAGER,
            }
        ),
        functions=LINE | ADMINISTRATOR,
    ),
    "clients.open_account": Ability(functions=RUNS | ADMINISTRATOR),
    "clients.open_portal": Ability(seats=RUNS, functions=LINE, superiors=True),
    "clients.propose_handover": Ability(
        seats=LEADS,
        functions=LINE | ADMINISTRATOR,
        superiors=True,
        oneself=clients.holds_seat,
        unless=(clients.seat_has_ended, clients.is_being_handed_over),
    ),
    "clients.retire_fact": Ability(
        seats=frozenset(RoleCode),
        functions=LINE,
        superiors=True,
        unless=(clients.fact_is_retired,),
    ),
    "clients.stop_brand": Ability(seats=SERVICE, functions=LINE, superiors=True),
    "clients.withdraw_handover": Ability(
        seats=LEADS,
        functions=LINE | ADMINISTRATOR,
        superiors=True,
        oneself=clients.started_handover,
        unless=(clients.handover_is_closed,),
    ),
    "clients.write_fact": Ability(seats=frozenset(RoleCode), functions=LINE, superiors=True),
}

CONFLICTS: dict[str, Ability] = {
    "conflicts.acknowledge": Ability(
        oneself=conflicts.is_told, unless=(conflicts.is_acknowledged,)
    ),
    "conflicts.answer_consent": Ability(
        oneself=conflicts.is_asked, unless=(conflicts.is_consented,)
    ),
    "conflicts.ask_check": Ability(anyone=True),
    "conflicts.change_wall": Ability(functions=OFFICER, unless=(conflicts.is_lifted,)),
    "conflicts.decide": Ability(functions=OFFICER, unless=(conflicts.has_not_run,)),
    "conflicts.exempt": Ability(functions=OFFICER, unless=(conflicts.is_lifted,)),
    "conflicts.keep_categories": Ability(functions=OFFICER),
    "conflicts.keep_commitments": Ability(functions=OFFICER),
    "conflicts.keep_competitors": Ability(functions=OFFICER),
    "conflicts.lift_wall": Ability(functions=OFFICER, unless=(conflicts.is_lifted,)),
    "conflicts.permit_seat": Ability(functions=OFFICER),
    "conflicts.raise_wall": Ability(functions=OFFICER),
    "conflicts.read_attempts": Ability(functions=OFFICER),
    "conflicts.record_consent": Ability(functions=OFFICER, unless=(conflicts.is_consented,)),
    "conflicts.run_check": Ability(functions=OFFICER, unless=(conflicts.has_run,)),
    "conflicts.set_policy": Ability(functions=OFFICER),
    "conflicts.withdraw_exemption": Ability(functions=OFFICER, unless=(conflicts.is_withdrawn,)),
    "conflicts.withdraw_permit": Ability(
        functions=OFFICER, unless=(conflicts.is_permit_withdrawn,)
    ),
}

HANDOFFS: dict[str, Ability] = {
    "handoffs.answer": Ability(
        oneself=handoffs.holds, unless=(handoffs.is_answered, handoffs.waits_for_its_thing)
    ),
    "handoffs.ask": Ability(anyone=True),
    "handoffs.ask_back": Ability(
        oneself=handoffs.holds,
        unless=(
            handoffs.is_answered,
            handoffs.waits_for_its_thing,
            handoffs.nobody_to_ask_back,
        ),
    ),
    "handoffs.keep_desks": Ability(functions=ADMINISTRATOR),
    "handoffs.move": Ability(
        seats=LEADS,
        functions=LINE,
        superiors=True,
        oneself=handoffs.has_a_part,
        unless=(handoffs.is_answered, handoffs.is_theirs_alone),
    ),
    "handoffs.record": Ability(
        seats=SERVICE,
        functions=LINE,
        superiors=True,
        oneself=handoffs.has_asked,
        unless=(handoffs.is_answered, handoffs.is_your_own, handoffs.waits_for_its_thing),
    ),
    "handoffs.remind": Ability(
        seats=SERVICE,
        functions=LINE,
        superiors=True,
        oneself=handoffs.has_asked,
        unless=(handoffs.is_answered, handoffs.is_your_own, handoffs.was_reminded_just_now),
    ),
    "handoffs.take_back": Ability(
        seats=LEADS,
        functions=LINE,
        superiors=True,
        oneself=handoffs.has_asked,
        unless=(handoffs.is_answered, handoffs.waits_for_its_thing),
    ),
}

IMPORTS: dict[str, Ability] = {
    "imports.load": Ability(functions=ADMINISTRATOR, unless=(imports.not_the_whole_agency,)),
    "imports.load_conflicts": Ability(functions=OFFICER),
    "imports.load_revenue": Ability(functions=ADMINISTRATOR | frozenset({RoleCode.FINANCE})),
    "imports.load_walls": Ability(functions=OFFICER),
}

MONEY: dict[str, Ability] = {
    "money.change_target": Ability(
        seats=LEADS,
        functions=LINE | frozenset({RoleCode.FINANCE}),
        superiors=True,
        worn=money.worn_there,
        unless=(money.is_dropped, money.outside_what_you_lead),
    ),
    "money.set_target": Ability(
        seats=LEADS,
        functions=LINE | frozenset({RoleCode.FINANCE}),
        superiors=True,
        worn=money.worn_there,
        unless=(money.outside_what_you_lead,),
    ),
}

NOTIFY: dict[str, Ability] = {
    "notify.lift_bounce": Ability(
        functions=ADMINISTRATOR, oneself=notify.is_own_address, unless=(notify.is_lifted,)
    ),
    "notify.try_again": Ability(functions=ADMINISTRATOR),
}

_OVER = (people.outside_your_offices,)
_OVER_STAFF = (people.outside_your_offices, people.not_one_of_ours)
PEOPLE: dict[str, Ability] = {
    "people.add_person": Ability(functions=ADMINISTRATOR, unless=_OVER),
    "people.anonymise": Ability(
        functions=ADMINISTRATOR,
        unless=(
            people.outside_your_offices,
            people.is_anonymised,
            people.still_employed,
            people.still_needed,
        ),
    ),
    "people.change_own": Ability(oneself=people.is_self),
    "people.close_office": Ability(
        functions=ADMINISTRATOR, unless=(people.outside_your_offices, people.office_closed_already)
    ),
    "people.edit_office": Ability(functions=ADMINISTRATOR, unless=_OVER),
    "people.edit_person": Ability(
        functions=ADMINISTRATOR, unless=(people.outside_your_offices, people.is_anonymised)
    ),
    "people.employ": Ability(functions=ADMINISTRATOR, unless=_OVER),
    "people.export": Ability(
        functions=ADMINISTRATOR, oneself=people.is_self, unless=(people.not_yours_to_read,)
    ),
    "people.give_role": Ability(functions=ADMINISTRATOR, unless=_OVER),
    "people.invite": Ability(
        functions=ADMINISTRATOR, unless=(*_OVER_STAFF, people.has_left, people.no_address)
    ),
    "people.leave": Ability(
        functions=ADMINISTRATOR, unless=(*_OVER_STAFF, people.has_left, people.own_departure)
    ),
    "people.move_office": Ability(functions=ADMINISTRATOR, unless=_OVER),
    "people.open_office": Ability(functions=ADMINISTRATOR, unless=_OVER),
    "people.plan_absence": Ability(
        functions=ADMINISTRATOR,
        oneself=people.is_self_or_superior,
        unless=(people.not_yours_to_plan, people.has_left),
    ),
    "people.plan_days_off": Ability(functions=ADMINISTRATOR, unless=_OVER),
    "people.set_office_hours": Ability(functions=ADMINISTRATOR, unless=_OVER),
    "people.set_own_hours": Ability(
        functions=ADMINISTRATOR,
        oneself=people.is_self,
        unless=(people.not_yours_to_read, people.has_left),
    ),
    "people.set_reporting_line": Ability(functions=ADMINISTRATOR, unless=_OVER_STAFF),
}

_RUNS: dict[str, Any] = {"seats": RUNS, "functions": LINE, "superiors": True}
_SERVES: dict[str, Any] = {"seats": SERVICE, "functions": LINE, "superiors": True}
REQUESTS: dict[str, Ability] = {
    "requests.accept": Ability(**_RUNS, unless=(requests.cannot_be_accepted,)),
    "requests.answer": Ability(contacts=True, unless=(requests.was_not_asked,)),
    "requests.ask_back": Ability(**_RUNS, unless=(requests.cannot_be_asked_back,)),
    "requests.begin": Ability(**_RUNS, unless=(requests.cannot_be_begun,)),
    "requests.decline": Ability(**_RUNS, unless=(requests.cannot_be_declined,)),
    "requests.finish": Ability(**_RUNS, unless=(requests.cannot_be_done,)),
    "requests.judge_mail": Ability(
        **_SERVES, unless=(requests.mail_has_no_account, requests.mail_is_judged)
    ),
    "requests.note": Ability(seats=frozenset(RoleCode), functions=LINE, superiors=True),
    "requests.record": Ability(**_SERVES),
    "requests.record_answer": Ability(**_SERVES, unless=(requests.was_not_asked,)),
    "requests.say": Ability(**_RUNS, contacts=True, unless=(requests.is_closed,)),
    "requests.withdraw": Ability(
        oneself=requests.has_written, unless=(requests.cannot_be_withdrawn,)
    ),
    "requests.write": Ability(contacts=True),
}
_MOVES = (traffic.job_is_closed, traffic.held_elsewhere, traffic.work_goes_on)
_PLANS = frozenset({RoleCode.TRAFFIC})
_FINANCE = frozenset({RoleCode.FINANCE})
TRAFFIC: dict[str, Ability] = {
    "traffic.answer_review": Ability(oneself=traffic.is_asked, unless=(traffic.review_is_over,)),
    "traffic.ask_change": Ability(
        seats=SERVICE,
        functions=LINE | _PLANS,
        superiors=True,
        unless=(traffic.job_is_closed, traffic.work_is_over),
    ),
    "traffic.bill": Ability(functions=LINE | _FINANCE, unless=_MOVES),
    "traffic.do_task": Ability(
        seats=SERVICE,
        functions=LINE | _PLANS,
        superiors=True,
        oneself=traffic.is_assigned,
        unless=(traffic.job_is_closed, traffic.task_is_done, traffic.is_begun),
    ),
    "traffic.edit_job": Ability(
        seats=SERVICE, functions=LINE | _PLANS, superiors=True, unless=(traffic.job_is_closed,)
    ),
    "traffic.edit_templates": Ability(functions=_PLANS | ADMINISTRATOR),
    "traffic.finish_task": Ability(
        seats=SERVICE,
        functions=LINE | _PLANS,
        superiors=True,
        oneself=traffic.is_assigned,
        unless=(traffic.job_is_closed, traffic.task_is_done),
    ),
    "traffic.judge_brief": Ability(
        seats=RUNS,
        functions=LINE | _PLANS,
        superiors=True,
        unless=(traffic.job_is_closed, traffic.work_is_over, traffic.no_newer_brief),
    ),
    "traffic.move_price": Ability(seats=RUNS, functions=LINE, superiors=True, unless=_MOVES),
    "traffic.move_work": Ability(
        seats=SERVICE,
        functions=LINE | _PLANS,
        superiors=True,
        oneself=traffic.makes_it,
        unless=_MOVES,
    ),
    "traffic.open_job": Ability(seats=RUNS, functions=LINE | _PLANS, superiors=True),
    "traffic.plan_back": Ability(
        seats=SERVICE,
        functions=LINE | _PLANS,
        superiors=True,
        unless=(traffic.job_is_closed, traffic.no_live_date),
    ),
    "traffic.plan_job": Ability(
        seats=SERVICE, functions=LINE | _PLANS, superiors=True, unless=(traffic.job_is_closed,)
    ),
    "traffic.plan_task": Ability(
        seats=SERVICE,
        functions=LINE | _PLANS,
        superiors=True,
        unless=(traffic.job_is_closed, traffic.task_is_done),
    ),
    "traffic.release_work": Ability(
        seats=RUNS, functions=LINE | _PLANS, superiors=True, unless=_MOVES
    ),
    "traffic.reopen_task": Ability(
        seats=SERVICE,
        functions=LINE | _PLANS,
        superiors=True,
        oneself=traffic.is_assigned,
        unless=(traffic.job_is_closed, traffic.is_not_done),
    ),
    "traffic.set_pattern": Ability(functions=_PLANS | ADMINISTRATOR),
    "traffic.show_client": Ability(seats=RUNS, functions=LINE, superiors=True, unless=_MOVES),
    "traffic.stop_work": Ability(seats=RUNS, functions=LINE, superiors=True, unless=_MOVES),
}

SEARCH: dict[str, Ability] = {
    "search.find_changes": Ability(functions=OFFICER | ADMINISTRATOR),
}

ABILITIES: dict[str, Ability] = {
    **API,
    **APPROVALS,
    **BRIEFS,
    **CLIENTS,
    **CONFLICTS,
    **HANDOFFS,
    **IMPORTS,
    **MONEY,
    **NOTIFY,
    **PEOPLE,
    **REQUESTS,
    **SEARCH,
    **TRAFFIC,
}
