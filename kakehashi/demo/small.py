"""A small agency in which one account may be hidden: the stage on which two worlds are compared.

`build_small(seed, hidden=True)` and `build_small(seed, hidden=False)` differ by one account, the
account below it and everything that hangs on the two. All other rows are equal, ids included.
The people in `denied_all` have every ground to see the hidden account, and are denied it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from kakehashi.approvals.models import Circulation, Step, TakenBack
from kakehashi.approvals.models import Decision as ApprovalDecision
from kakehashi.base.periods import month_after, month_of
from kakehashi.base.text import folded_name, sort_key
from kakehashi.briefs.models import (
    Brief,
    BriefVersion,
    Citation,
    Direction,
    InternalComment,
    Objection,
    ResearchNote,
    Section,
    SharedComment,
    TemplateSection,
)
from kakehashi.briefs.models import Template as BriefTemplate
from kakehashi.briefs.rendering import digest, render
from kakehashi.briefs.usual import USUAL
from kakehashi.clients.models import (
    Account,
    AccountBrand,
    Brand,
    Company,
    Contact,
    Fact,
    Handover,
    HandoverConfirmation,
    Seat,
    StatusChange,
)
from kakehashi.clients.queries import doors, sheet
from kakehashi.conflicts.models import (
    Category,
    CategoryPair,
    Check,
    Commitment,
    CommitmentCategory,
    Consent,
    ConsentRequest,
    Decision,
    Denial,
    Hit,
    MediaAdjacency,
    NamedCompetitor,
    Receipt,
    Rivalry,
    Scheme,
    SeatPermit,
    Wall,
)
from kakehashi.demo.content import small as content
from kakehashi.demo.keys import Keys
from kakehashi.demo.signin import set_passwords
from kakehashi.handoffs import handovers
from kakehashi.handoffs.models import Desk, Handoff, Keeper, Reminder
from kakehashi.money import queries as money
from kakehashi.money.models import Revenue, RevenueCost, Target
from kakehashi.people.models import Absence, Employment, Office, Person, ReportingLine, Role
from kakehashi.policy.acting import acting_as_system
from kakehashi.requests import states
from kakehashi.requests.models import ClientRequest, Entry, File, FileBytes, Mail, Note
from kakehashi.traffic.models import (
    Assignment,
    ChangeRequest,
    Dependency,
    Job,
    JobCount,
    Review,
    StateChange,
    Task,
    Template,
    TemplateTask,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SINCE = dt.date(2019, 4, 1)
WRITTEN = dt.datetime(2025, 4, 1, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
MONTHS = 14
OPEN_REQUEST = states.OPEN
BALLS_OF_REQUEST = {
    states.WAITING: states.TO_TAKE_UP,
    states.ASKED: states.QUESTION,
    states.ACCEPTED: states.TO_BEGIN,
}
AT_NIGHT = dt.time(4, 13)  # when ages of balls turn: seldom while two worlds are compared


@dataclass
class Small:
    """What was built. `people` by role (and `contact`); `hidden` is None where it is absent."""

    offices: dict[str, Office] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    hidden: Account | None = None

    @property
    def denied(self) -> Person:
        """Directs the bureau that leads the hidden account, and may not see it."""
        return self.people["account_director"]

    @property
    def denied_all(self) -> list[Person]:
        """Everybody denied: by line, by function in the bureau and in the agency, by job."""
        return [self.people[role] for role in content.DENIED]


def build_small(seed: int = 1, *, hidden: bool, taken_on: bool = True) -> Small:
    """Build it into an empty database, connected as the owner, as of today.

    The hidden account that is not taken on yet is a prospect, and nobody is denied it.
    """
    world = _Builder(seed, hidden=hidden, taken_on=taken_on)
    with transaction.atomic():
        with acting_as_system("command"):
            world.build()
        set_passwords(world.usernames)
    return world.small


class _Builder:
    """Makes the rows noun by noun; the hidden account's come last of their kind."""

    def __init__(self, seed: int, *, hidden: bool, taken_on: bool) -> None:
        self.key = Keys(seed)
        self.prospect = "" if taken_on else content.HIDDEN
        self.random = Random(seed)  # noqa: S311 - figures of a demo
        self.today = localdate()
        self.shown = {row[0] for row in content.ACCOUNTS} - (
            set() if hidden else {content.HIDDEN, content.HIDDEN_BELOW}
        )
        self.small = Small()
        self.usernames: list[str] = []
        self.companies: dict[str, Company] = {}
        self.brands: list[Brand] = []
        self.seats: dict[tuple[str, str], Seat] = {}

    def build(self) -> None:
        self._offices()
        self._people()
        self._companies()
        self._accounts()
        self._contacts()
        self._seats()
        self._facts()
        self._jobs()
        self._denials()
        self._promises()
        self._revenue()
        self._handovers()
        self._balls()
        _Briefs(self).build()
        self._checks()
        self._requests()
        self._chain()
        self.small.hidden = self.small.accounts.get(content.HIDDEN)

    def _shown(self, table: tuple[tuple[Any, ...], ...]) -> list[tuple[Any, ...]]:
        """The rows whose account is there; it stands first."""
        return [row for row in table if not row[0] or row[0] in self.shown]

    def _offices(self) -> None:
        made = self.small.offices
        for code, name, name_en, above, kind, country, zone in content.OFFICES:
            made[code] = Office(
                id=self.key("office", code), code=code, name=name, name_en=name_en,
                parent=made.get(above), kind=kind, country=country, timezone=zone,
            )  # fmt: skip
        Office.objects.bulk_create(made.values())

    def _people(self) -> None:
        people = self.small.people
        for role, login, name, kana, name_en, *_rest in content.STAFF:
            people[role] = Person(
                id=self.key("person", login), handle=login, name=name, name_kana=kana,
                name_en=name_en, sort_key=sort_key(name, kana),
                email=f"{login}@akebono.example", language="ja" if kana else "en",
            )  # fmt: skip
        Person.objects.bulk_create(people.values())
        Employment.objects.bulk_create(
            Employment(
                id=self.key("employment", role), person=people[role], title=title, rank=rank,
                office=self.small.offices[office], starts_on=SINCE,
            )
            for role, _login, _name, _kana, _en, office, title, rank, _above in content.STAFF
        )  # fmt: skip
        Role.objects.bulk_create(
            Role(
                id=self.key("role", role), person=people[role], role=role,
                office=self.small.offices[office], starts_on=SINCE,
            )
            for role, _login, _name, _kana, _en, office, *_rest in content.STAFF
        )  # fmt: skip
        self._lines(people)
        for login, person in ((row[1], people[row[0]]) for row in content.STAFF):
            self._invite(login, person)

    def _lines(self, people: dict[str, Person]) -> None:
        solid = [(row[0], row[-1], "solid") for row in content.STAFF if row[-1]]
        dotted = [("national_account_manager", "global_account_manager", "dotted")]
        ReportingLine.objects.bulk_create(
            ReportingLine(
                id=self.key("line", role, above), person=people[role], superior=people[above],
                kind=kind, starts_on=SINCE,
            )
            for role, above, kind in solid + dotted
        )  # fmt: skip
        Absence.objects.create(
            id=self.key("absence"), person=people["account_executive"],
            deputy=people["coordinator"], starts_on=self.today - dt.timedelta(days=1),
            ends_on=self.today + dt.timedelta(days=5),
        )  # fmt: skip

    def _invite(self, username: str, person: Person) -> None:
        doors.invite(person, username)
        self.usernames.append(username)

    def _companies(self) -> None:
        for code, name, kana, name_en, above in content.COMPANIES:
            self.companies[code] = Company(
                id=self.key("company", code), code=code, name=name, name_kana=kana,
                name_en=name_en, folded=folded_name(name), sort_key=sort_key(name, kana),
                parent=self.companies.get(above), country="JP", fiscal_year_end="03-31",
            )  # fmt: skip
        Company.objects.bulk_create(self.companies.values())
        self.brands = Brand.objects.bulk_create(
            Brand(
                id=self.key("brand", name), company=self.companies[code], name=name,
                name_en=name_en, folded=folded_name(name), categories=[category], countries=["JP"],
            )
            for code, name, name_en, category in content.BRANDS
        )  # fmt: skip

    def _accounts(self) -> None:
        made = self.small.accounts
        for code, company, name, name_en, above, level, stands, office in self._shown(
            content.ACCOUNTS
        ):
            status = "prospect" if code == self.prospect else stands
            made[code] = Account(
                id=self.key("account", code), code=code, company=self.companies[company],
                name=name, name_en=name_en, sort_key=sort_key(name), parent=made.get(above),
                level=level, status=status, lead_office=self.small.offices[office],
                starts_on=None if status == "prospect" else SINCE,
            )  # fmt: skip
        Account.objects.bulk_create(made.values())
        StatusChange.objects.bulk_create(
            StatusChange(
                id=self.key("status", code), account=account, status=account.status, on=SINCE,
                reason="今期は出稿の予定がない。" if account.status == "dormant" else "",
                by=self.small.people["administrator"], at=WRITTEN,
            )
            for code, account in made.items()
        )  # fmt: skip
        AccountBrand.objects.bulk_create(
            AccountBrand(
                id=self.key("handled", code, brand.name), account=account, brand=brand,
                starts_on=SINCE,
            )
            for code, account in made.items()
            for brand in self.brands
            if brand.company == account.company and account.level != "global"
        )  # fmt: skip

    def _contacts(self) -> None:
        rows = self._shown(content.CONTACTS)
        people = self.small.people
        known: dict[str, Person] = {}
        for _account, login, name, kana, *_rest in rows:
            known[login] = Person(
                id=self.key("person", login), side=Person.Side.CLIENT, name=name, name_kana=kana,
                sort_key=sort_key(name, kana), email=f"{login}@client.example",
            )  # fmt: skip
        Person.objects.bulk_create(known.values())
        made: dict[tuple[str, str], Contact] = {}
        for code, login, _name, _kana, title, department, buying, above, portal in reversed(rows):
            made[code, login] = Contact(
                id=self.key("contact", code, login), account=self.small.accounts[code],
                person=known[login], title=title, department=department, buying_role=buying,
                reports_to=made.get((code, above)), channel="email", portal=portal,
                shared_at=WRITTEN if portal else None,
            )  # fmt: skip
        Contact.objects.bulk_create(made.values())
        people["contact"] = known["small.client"]
        self._invite("small.client", people["contact"])

    def _seats(self) -> None:
        for code, who, role, lead, share in self._shown(content.SEATS):
            self.seats[code, who] = Seat(
                id=self.key("seat", code, who), account=self.small.accounts[code],
                person=self.small.people[who], role=role or who, lead=lead,
                share=share and Decimal(share), starts_on=SINCE,
            )  # fmt: skip
        Seat.objects.bulk_create(self.seats.values())

    def _facts(self) -> None:
        Fact.objects.bulk_create(
            Fact(
                id=self.key("fact", code, topic), account=self.small.accounts[code], topic=topic,
                text=text, source=source, as_of=WRITTEN.date(), written_at=WRITTEN,
                written_by=self.small.people["account_executive"],
            )
            for code, topic, text, source in self._shown(content.FACTS)
        )  # fmt: skip

    def _jobs(self) -> None:
        rows = self._shown(content.JOBS)
        people = self.small.people
        jobs = Job.objects.bulk_create(
            Job(
                id=self.key("job", code, number), account=self.small.accounts[code],
                number=number, title=title, live_on=self.today + dt.timedelta(days=12),
                production="in_production", run_by=people["account_executive"],
                made_by=people[assigned[0]], opened_at=WRITTEN,
            )
            for code, number, title, assigned in rows
        )  # fmt: skip
        Assignment.objects.bulk_create(
            Assignment(
                id=self.key("assignment", job.pk, role), account=job.account, job=job,
                person=people[role], starts_on=SINCE,
            )
            for job, row in zip(jobs, rows, strict=True)
            for role in row[-1]
        )  # fmt: skip
        for job, row in zip(jobs, rows, strict=True):
            self._work(job, [people[role] for role in row[-1]])
        template = Template.objects.create(
            id=self.key("template"), name="WEB動画", name_en="Web film", kind="web"
        )
        TemplateTask.objects.create(
            id=self.key("template task"), template=template, place=1, title="構成案", days=3
        )

    def _work(self, job: Job, makers: list[Person]) -> None:
        """What hangs on a job: tasks one after the other, what moved it, what was changed."""
        account, runs = job.account, self.small.people["account_executive"]
        tasks = Task.objects.bulk_create(
            Task(
                id=self.key("task", job.pk, place), account=account, job=job, place=place,
                title=f"{job.title} {place}", person=person, days=2,
                starts_on=self.today + dt.timedelta(days=2 * place),
                due_on=self.today + dt.timedelta(days=2 * place + 1),
            )
            for place, person in enumerate(makers, start=1)
        )  # fmt: skip
        Dependency.objects.create(
            id=self.key("dependency", job.pk), account=account, job=job, task=tasks[1],
            needs=tasks[0],
        )  # fmt: skip
        JobCount.objects.create(
            id=self.key("count", job.pk), account=account, year=self.today.year, last=1
        )
        StateChange.objects.create(
            id=self.key("change", job.pk), account=account, job=job, line="production",
            old="proposed", new="in_production", by=runs, at=WRITTEN,
        )  # fmt: skip
        Review.objects.create(
            id=self.key("review", job.pk), account=account, job=job, round=1, title=str(job),
            text=f"{job.title} の初稿です。", asked_of=self.small.people["contact"], asked_by=runs,
            asked_at=WRITTEN, shared_at=WRITTEN, closed_at=WRITTEN,
        )  # fmt: skip
        ChangeRequest.objects.create(
            id=self.key("request", job.pk), account=account, job=job, round=1,
            text=f"{job.title} の色を淡く。", asked_by=runs, recorded_by=runs, at=WRITTEN,
        )  # fmt: skip

    def _handovers(self) -> None:
        people = self.small.people
        made = Handover.objects.bulk_create(
            Handover(
                id=self.key("handover", code), account=self.small.accounts[code],
                seat=self.seats[code, seated], giver=people[giver], receiver=people[receiver],
                on=month_after(month_of(self.today)),
                sheet=sheet.of(self.seats[code, seated], WRITTEN),
                note=f"{code} の進行中の案件を引き継ぐ。", proposed_by=people[giver],
                proposed_at=WRITTEN,
            )
            for code, seated, giver, receiver in self._shown(content.HANDOVERS)
        )  # fmt: skip
        HandoverConfirmation.objects.bulk_create(
            HandoverConfirmation(
                id=self.key("confirmation", one.pk), account=one.account, handover=one,
                by=one.giver, at=WRITTEN,
            )
            for one in made
        )  # fmt: skip

    def _to_confirm(self) -> Iterator[Handoff]:
        """What those are asked who are to receive a seat."""
        for handover in Handover.objects.select_related("receiver", "account").order_by("pk"):
            yield Handoff(
                id=self.key("ball", handover.pk), account=handover.account,
                title=handover.sheet["account"]["name"], kind=handovers.TAKE,
                subject_kind=handovers.SUBJECT, subject_id=handover.pk,
                path=f"/handovers/{handover.pk}/", asked_of=handover.receiver,
                asked_by_id=handover.proposed_by_id, side="ours", asked_at=WRITTEN,
                due_at=timezone.make_aware(dt.datetime.combine(handover.on, AT_NIGHT)),
            )  # fmt: skip

    def _balls(self) -> None:
        """Some late, some not, some answered; the hidden ones by and for those denied as well."""
        people, made = self.small.people, []
        for number, (code, by, of, private, title, outcome) in enumerate(
            self._shown(content.BALLS)
        ):
            key = self.key("ball", code, title)
            asked = timezone.make_aware(
                dt.datetime.combine(self.today - dt.timedelta(days=5 + number % 3), AT_NIGHT)
            )
            answered = asked + dt.timedelta(days=1) if outcome else None
            holder = people[of]
            made.append(
                Handoff(
                    id=key, subject_id=key, path=f"/balls/{key}/",
                    account=self.small.accounts.get(code),
                    private=private, title=title, asked_by=people[by], asked_of=holder,
                    side=holder.side, asked_at=asked, due_at=asked + dt.timedelta(days=2 + number),
                    outcome=outcome, answered_at=answered, answered_by=holder if outcome else None,
                    recorded_by=holder if outcome else None, channel="here" if outcome else "",
                    answer=f"{title}、済みました。" if outcome else "",
                )
            )  # fmt: skip
        made += self._to_confirm()
        Handoff.objects.bulk_create(made)
        Reminder.objects.bulk_create(
            Reminder(
                id=self.key("reminder", ball.pk), handoff=ball, account=ball.account,
                by=ball.asked_by, at=ball.asked_at + dt.timedelta(days=1),
            )
            for ball in made
        )  # fmt: skip
        desk = Desk.objects.create(
            id=self.key("desk"), office=self.small.offices["TYO"], name="制作デスク",
            name_en="Production desk",
        )  # fmt: skip
        Keeper.objects.create(
            id=self.key("keeper"), desk=desk, person=people["production"], starts_on=SINCE
        )

    def _requests(self) -> None:
        """One in each state, with what hangs on it; the hidden ones for those denied as well."""
        people, key = self.small.people, self.key
        rows = list(enumerate(self._shown(content.REQUESTS)))
        made = [
            ClientRequest(
                id=key("request", code, title), account=self.small.accounts[code], title=title,
                text=f"{title}、よろしくお願いします。", channel="portal", state=state,
                written_by=people["contact"], written_at=WRITTEN, shared_at=WRITTEN,
                kept_by=people[keeper], settled_at=None if state in OPEN_REQUEST else WRITTEN,
            )
            for _number, (code, title, state, keeper) in rows
        ]  # fmt: skip
        ClientRequest.objects.bulk_create(made)
        for one in made:
            hangs = {"account": one.account, "request": one, "at": WRITTEN}
            Entry.objects.create(
                id=key("entry", one.pk), kind="said", text=f"{one.title}の続きです。",
                by=people["contact"], channel="portal", shared_at=WRITTEN, **hangs,
            )  # fmt: skip
            Note.objects.create(
                id=key("note", one.pk), text=f"{one.title}: 社内の覚え。", by=one.kept_by, **hangs
            )
            file = File.objects.create(
                id=key("file", one.pk), name=f"{one.title}.pdf", size=4, digest="0" * 64,
                by=people["contact"], shared_at=WRITTEN, **hangs,
            )  # fmt: skip
            FileBytes.objects.create(file=file, account=one.account, content=b"%PDF")
            if one.state in OPEN_REQUEST:
                self._court_of(one)
        self._mails()

    def _chain(self) -> None:
        """Briefs were begun from what was asked for, and jobs were opened from their versions."""
        for request in ClientRequest.objects.filter(state="begun"):
            Brief.objects.filter(account=request.account_id).update(request=request)
        for version in BriefVersion.objects.all():
            Job.objects.filter(account=version.account_id).update(brief_version=version)

    def _court_of(self, one: ClientRequest) -> None:
        contact, asked = self.small.people["contact"], one.state == "asked"
        holder, asker = (contact, one.kept_by) if asked else (one.kept_by, contact)
        since = timezone.make_aware(
            dt.datetime.combine(self.today - dt.timedelta(days=2), AT_NIGHT)
        )
        Handoff.objects.create(
            id=self.key("court", one.pk), account=one.account, title=one.title,
            kind=BALLS_OF_REQUEST[one.state], subject_kind="request", subject_id=one.pk,
            path=f"/requests/{one.pk}/", asked_of=holder, side=holder.side, asked_by=asker,
            asked_at=since, due_at=since + dt.timedelta(days=5),
        )  # fmt: skip

    def _mails(self) -> None:
        Mail.objects.bulk_create(
            Mail(
                id=self.key("mail", code, subject), account=self.small.accounts.get(code),
                key=str(self.key("mail", code, subject).hex), subject=subject, came_at=WRITTEN,
                sender_address=sender, text=f"{subject}の本文", size=900, proof="unproven",
                fate=fate, reason=reason, message_id=f"<{number}@client.example>",
            )
            for number, (code, sender, subject, fate, reason) in enumerate(
                self._shown(content.MAILS)
            )
        )  # fmt: skip

    def _denials(self) -> None:
        officer = self.small.people["conflicts_officer"]
        there = self.shown - {self.prospect}
        rows = [row for row in content.DENIALS if row[1] in there]
        walls = Wall.objects.bulk_create(Wall(id=self.key("wall", r[0]), name=r[0]) for r in rows)
        Denial.objects.bulk_create(
            Denial(
                id=self.key("denial", wall.name, role), wall=wall, person=self.small.people[role],
                account=self.small.accounts[code], starts_on=SINCE, reason="競合の担当のため。",
                made_by=officer, made_at=WRITTEN,
            )
            for wall, (_name, code, roles) in zip(walls, rows, strict=True)
            for role in roles
        )  # fmt: skip

    def _checks(self) -> None:
        """Checks that wait, and what a client is asked because of them."""
        people = self.small.people
        for code, asked_by, asked_of in self._shown(content.CHECKS):
            account, key = self.small.accounts[code], self.key("asked", code)
            asked = {"account": account, "asked_by": people[asked_by], "asked_at": WRITTEN}
            check = Check.objects.create(
                id=key, company=account.company, starts_on=SINCE, ran_at=WRITTEN, **asked
            )
            Receipt.objects.create(id=key, **asked)
            decision = Decision.objects.create(
                id=self.key("decision", code), check_of=check, verdict="consent",
                reason=f"{code} のため。", decided_by=people["conflicts_officer"],
                decided_at=WRITTEN,
            )  # fmt: skip
            ConsentRequest.objects.create(
                id=self.key("request", code), account=self.small.accounts[asked_of],
                person=people["contact"], decision=decision, until=self.today,
                asks=f"{code} の件", asked_by=people["conflicts_officer"], asked_at=WRITTEN,
            )  # fmt: skip

    def _promises(self) -> None:
        """What two clients were promised, against whom, and what a check came to."""
        officer, tree = self.small.people["conflicts_officer"], self.key("category")
        scheme = Scheme.objects.create(id=self.key("scheme"), code="small", name="分類")
        category = Category.objects.create(
            id=tree, scheme=scheme, code="car", name="自動車", name_en="Cars", lineage=[tree]
        )
        other = self.key("category", "other")
        bus = Category.objects.create(
            id=other, scheme=scheme, code="bus", name="バス", name_en="Buses", lineage=[other]
        )
        CategoryPair.objects.create(
            id=self.key("pair"), one=category, other=bus, competing=False, reason="別の市場。",
            declared_by=officer, declared_at=WRITTEN,
        )  # fmt: skip
        for code in (one for one in content.PROMISED if one in self.shown):
            account = self.small.accounts[code]
            made = Commitment.objects.create(
                id=self.key("commitment", code), code=f"約-{code}", account=account,
                level="category", starts_on=SINCE, noted_by=officer, noted_at=WRITTEN,
                clause_text=f"{account.name}と競合する広告業務を受けない。",
            )  # fmt: skip
            CommitmentCategory.objects.create(
                id=self.key("kept", code), commitment=made, category=category
            )
            NamedCompetitor.objects.create(
                id=self.key("named", code), commitment=made, name=f"{code}の競合", folded="競合"
            )
            MediaAdjacency.objects.create(
                id=self.key("media", code), account=account, medium="tv", rule="同じ番組は避ける。",
                starts_on=SINCE, noted_by=officer, noted_at=WRITTEN,
            )  # fmt: skip
            Rivalry.objects.create(
                id=self.key("rivalry", code), one_name=account.company.name, one_folded=code,
                one_company=account.company, other_name="競合", other_folded="競合",
                ground=f"{account.name}と競合する。", declared_by=officer, declared_at=WRITTEN,
            )  # fmt: skip
            SeatPermit.objects.create(
                id=self.key("permit", code), account=account, ends_on=self.today,
                person=self.small.people["creative"], reason=f"{account.name}の応援。",
                given_by=officer, given_at=WRITTEN,
            )  # fmt: skip
            Consent.objects.create(
                id=self.key("consent", code), account=account, commitment=made, given_on=SINCE,
                document="承諾書", recorded_by=officer, recorded_at=WRITTEN,
            )  # fmt: skip
            check = Check.objects.create(
                id=self.key("check", code), company_name=f"{code}の競合", starts_on=SINCE,
                asked_by=officer, asked_at=WRITTEN, ran_at=WRITTEN, result="blocked",
            )  # fmt: skip
            Hit.objects.create(
                id=self.key("hit", code), check_of=check, number=1, commitment=made,
                account=account, level="category", severity="direct", rule="category",
                result="blocked",
            )  # fmt: skip

    def _revenue(self) -> None:
        lines = Revenue.objects.bulk_create(
            line for code in content.REVENUE if code in self.shown for line in self._months(code)
        )
        RevenueCost.objects.bulk_create(
            RevenueCost(revenue=line, account=line.account, cost=line.net_revenue * 3 / 5)
            for line in lines
        )
        money.keep_years(self.today)
        director = self.small.people["agency_director"]
        aimed: dict[str, dict[str, Any]] = {
            code: {"account": self.small.accounts[code]} for code in self.shown
        }
        aimed |= {code: {"company": one} for code, one in self.companies.items()}
        for code, whose in aimed.items():
            Target.objects.create(
                id=self.key("target", code), **whose,
                first=month_after(month_of(self.today), -6), currency="JPY",
                last=month_after(month_of(self.today), 5), measure="net_revenue",
                amount=9_000_000, set_by=director, set_at=WRITTEN,
            )  # fmt: skip

    def _months(self, code: str) -> list[Revenue]:
        account = self.small.accounts[code]
        last = month_after(month_of(self.today), -1)
        return [
            Revenue(
                account=account, month=month_after(last, -at), service_line="制作",
                currency="SGD" if code.endswith("-SG") else "JPY",
                billings=content.REVENUE[code] * 5,
                net_revenue=content.REVENUE[code] * self.random.randint(80, 120) // 100,
            )
            for at in range(MONTHS)
        ]  # fmt: skip


class _Briefs:
    """A brief with everything around it on some accounts; the client is shown some of them."""

    def __init__(self, world: _Builder) -> None:
        self.key, self.small, self.shown = world.key, world.small, world._shown
        self.people = world.small.people

    def build(self) -> None:
        self._templates()
        for code, kind, title, text in self.shown(content.BRIEFS):
            self._brief(self.small.accounts[code], code, kind, title, text)

    def _templates(self) -> None:
        for kind, name, name_en, asked in USUAL:
            template = BriefTemplate.objects.create(
                id=self.key("template", kind), kind=kind, name=name, name_en=name_en
            )
            TemplateSection.objects.bulk_create(
                TemplateSection(
                    id=self.key("asked", kind, position), template=template, position=position,
                    **section._asdict(),
                )
                for position, section in enumerate(asked, start=1)
            )  # fmt: skip

    def _brief(self, account: Account, code: str, kind: str, title: str, text: str) -> None:
        lead, planner = self.people["account_executive"], self.people["account_planner"]
        shared = WRITTEN if kind == "client" else None
        note = ResearchNote.objects.create(
            id=self.key("note", code), account=account, finding=text, source=title,
            dated_on=WRITTEN.date(), written_by=planner, written_at=WRITTEN,
        )  # fmt: skip
        direction = Direction.objects.create(
            id=self.key("direction", code), account=account, title=title, text=text,
            written_by=planner, written_at=WRITTEN,
        )  # fmt: skip
        brief = Brief.objects.create(
            id=self.key("brief", code), account=account, kind=kind, title=title, work=title,
            form="both", lead=lead, direction=direction, begun_by=lead, begun_at=WRITTEN,
            shared_at=shared,
        )  # fmt: skip
        section = Section.objects.create(
            id=self.key("section", code), account=account, brief=brief, position=1,
            topic="objective", heading=title, text=text, written_by=lead, written_at=WRITTEN,
            shared_at=shared,
        )  # fmt: skip
        Citation.objects.create(
            id=self.key("citation", code), account=account, brief=brief, note=note, by=lead,
            at=WRITTEN,
        )  # fmt: skip
        InternalComment.objects.create(
            id=self.key("inside", code), account=account, section=section, text=text, by=lead,
            at=WRITTEN,
        )  # fmt: skip
        SharedComment.objects.create(
            id=self.key("said", code), account=account, section=section, text=text, by=lead,
            at=WRITTEN, shared_at=WRITTEN,
        )  # fmt: skip
        Objection.objects.create(
            id=self.key("objection", code), account=account, brief=brief, text=text,
            raised_by=planner, raised_at=WRITTEN,
        )  # fmt: skip
        self._round(account, code, brief, section, client=kind == "client")

    def _round(
        self, account: Account, code: str, brief: Brief, section: Section, *, client: bool
    ) -> None:
        """One version that somebody sent back, and that is being asked anew."""
        lead, shared = self.people["account_executive"], WRITTEN if client else None
        holder = self.people["contact" if client else "account_planner"]
        said = render(brief, [section], {})
        version = BriefVersion.objects.create(
            id=self.key("version", code), account=account, brief=brief, number=1, content=said,
            digest=digest(said), made_by=lead, made_at=WRITTEN,
        )  # fmt: skip
        circulation = Circulation.objects.create(
            id=self.key("circulation", code), account=account, subject_kind="brief",
            subject_id=version.pk, title=brief.title, path=f"/briefs/{brief.pk}/",
            digest=version.digest, started_by=lead, started_at=WRITTEN, side=holder.side,
            shared_at=shared,
        )  # fmt: skip
        step = Step.objects.create(
            id=self.key("step", code), account=account, circulation=circulation, position=1,
            holder=holder, shared_at=shared,
        )  # fmt: skip
        decision = ApprovalDecision.objects.create(
            id=self.key("decision", code), account=account, step=step, verdict="returned",
            note=section.text, decided_by=holder, recorded_by=holder, channel="here", at=WRITTEN,
            shared_at=shared,
        )  # fmt: skip
        TakenBack.objects.create(
            id=self.key("struck", code), account=account, decision=decision, by=holder,
            at=WRITTEN, shared_at=shared,
        )  # fmt: skip
