"""The six conditions, each severity, each scope, each day; then everything against a reference."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.conflicts.checking import weighing
from kakehashi.conflicts.checking.facts import Case, Declared, Holder, Party, Permission, Promise
from kakehashi.conflicts.checking.judging import Judge
from kakehashi.conflicts.checking.relations import Relation, Tree
from kakehashi.conflicts.checking.time import binds_until, months_later
from kakehashi.conflicts.queries.units import Units
from kakehashi.conflicts.terms import Level, Mode, Origin, Result, Scope, Severity
from kakehashi.conflicts.tests import reference

SPACE = UUID(int=0)
TODAY = dt.date(2026, 4, 1)
PATHS = {
    path[:at]
    for path in (
        ("food", "drinks", "tea"),
        ("food", "drinks", "coffee"),
        ("food", "sweets", "chocolate"),
        ("cars", "small"),
        ("cars", "large"),
        ("banks",),
    )
    for at in range(1, len(path) + 1)
}
OFFICES = {
    "network": (None, "agency"),
    "agency": ("network", "agency"),
    "other agency": ("network", "agency"),
    "japan": ("agency", "country"),
    "kanto": ("japan", "region"),
    "bureau 1": ("kanto", "department"),
    "team 1": ("bureau 1", "team"),
    "bureau 2": ("kanto", "department"),
    "kansai": ("japan", "region"),
    "bureau 3": ("kansai", "department"),
    "uk": ("other agency", "country"),
}


def key(name: object) -> UUID:
    return uuid5(SPACE, repr(name))


def tree(**options) -> Tree:
    lineages = {
        key(path): tuple(key(path[:at]) for at in range(1, len(path) + 1)) for path in PATHS
    }
    return Tree(lineages, **options)


def kinds() -> dict:
    return {key(name): (above and key(above), kind) for name, (above, kind) in OFFICES.items()}


def units(office: str) -> frozenset[UUID]:
    return frozenset(key(one) for one in reference.chain(OFFICES, office))


def categories(*paths: tuple) -> frozenset[UUID]:
    return frozenset(key(path) for path in paths)


TEA, COFFEE = ("food", "drinks", "tea"), ("food", "drinks", "coffee")
DRINKS, SWEETS, FOOD = ("food", "drinks"), ("food", "sweets"), ("food",)
HOLDER = Holder(key("account"), "SORA", ("空", "Sora"), family=key("sora"))
PROMISE = Promise(
    key("clause"),
    "C1",
    HOLDER,
    Level.CATEGORY,
    dt.date(2025, 4, 1),
    dt.date(2026, 3, 31),
    categories=categories(DRINKS),
    scope=Scope.NETWORK,
)
CASE = Case(
    names=frozenset({"rival"}),
    companies=frozenset({key("rival")}),
    families=frozenset({key("rival")}),
    categories=categories(TEA),
    countries=frozenset({"JP"}),
    disciplines=frozenset({"media"}),
    units=units("bureau 1"),
    starts_on=dt.date(2026, 1, 1),
)


def severity(case=CASE, promise=PROMISE, permissions=(), declared=(), today=TODAY, **of_tree):
    found = Judge(case, tree(**of_tree), declared, today).touches(promise, permissions)
    return found and found.severity


def test_of_equally_close_categories_the_same_one_is_told_in_whatever_order_they_come():
    one, other = key(TEA), key(COFFEE)

    told = tree().closest([one, other], [key(SWEETS)])

    assert told == tree().closest([other, one], [key(SWEETS)])
    assert told.case == min(one, other)


class TestMonths:
    @pytest.mark.parametrize(
        ("day", "months", "later"),
        [
            ("2026-01-31", 1, "2026-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2026-08-31", 6, "2027-02-28"),
            ("2026-03-31", 12, "2027-03-31"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2026-11-30", 3, "2027-02-28"),
            ("2026-06-15", 0, "2026-06-15"),
            ("9999-12-31", 1, "9999-12-31"),
        ],
    )
    def test_months_are_those_of_the_calendar_clipped_to_the_months_end(self, day, months, later):
        found = months_later(dt.date.fromisoformat(day), months)

        assert found == dt.date.fromisoformat(later)

    def test_a_term_without_an_end_has_no_last_day(self):
        assert binds_until(replace(PROMISE, ends_on=None, cooling_off_months=6)) is None


class TestTime:
    @pytest.mark.parametrize(
        ("starts", "ends", "cooling", "is_hit"),
        [
            ("2026-03-31", None, 0, True),
            ("2026-04-01", None, 0, False),
            ("2026-09-30", None, 6, True),
            ("2026-10-01", None, 6, False),
            ("2025-01-01", "2025-04-01", 0, True),
            ("2025-01-01", "2025-03-31", 0, False),
            ("2025-01-01", None, 0, True),
        ],
    )
    def test_it_binds_from_start_to_end_and_cooling_off_both_days_included(
        self, starts, ends, cooling, is_hit
    ):
        case = replace(
            CASE,
            starts_on=dt.date.fromisoformat(starts),
            ends_on=ends and dt.date.fromisoformat(ends),
        )
        found = severity(case, replace(PROMISE, cooling_off_months=cooling))

        assert (found is not None) is is_hit


class TestPlaceAndDiscipline:
    @pytest.mark.parametrize("name", ["countries", "disciplines"])
    @pytest.mark.parametrize(
        ("case", "promised", "is_hit"),
        [
            ({"a"}, {"a"}, True),
            ({"a", "b"}, {"b", "c"}, True),
            ({"a"}, {"b"}, False),
            (set(), {"b"}, True),
            ({"a"}, set(), True),
            (set(), set(), True),
        ],
    )
    def test_they_must_meet_and_nothing_said_is_everything(self, name, case, promised, is_hit):
        found = severity(
            replace(CASE, **{name: frozenset(case)}),
            replace(PROMISE, **{name: frozenset(promised)}),
        )

        assert (found is not None) is is_hit


class TestUnits:
    @pytest.mark.parametrize(
        ("scope", "lead", "bound"),
        [
            ("team", "bureau 1", {"bureau 1", "team 1"}),
            ("team", "team 1", {"team 1"}),
            ("office", "team 1", {"kanto", "bureau 1", "team 1", "bureau 2"}),
            ("office", "kanto", {"kanto", "bureau 1", "team 1", "bureau 2"}),
            (
                "office",
                "japan",
                {"japan", "kanto", "bureau 1", "team 1", "bureau 2", "kansai", "bureau 3"},
            ),
            (
                "agency_brand",
                "team 1",
                set(OFFICES) - {"network", "other agency", "uk"},
            ),
            ("agency_brand", "uk", {"other agency", "uk"}),
            ("network", "team 1", set(OFFICES)),
        ],
    )
    def test_what_a_commitment_binds_follows_from_the_lead_office(self, scope, lead, bound):
        top = Units(kinds(), {}, {}).bound(key(lead), scope)
        promise = replace(PROMISE, scope=Scope(scope), bound=top)

        found = {o for o in OFFICES if severity(replace(CASE, units=units(o)), promise)}

        assert found == bound

    def test_without_a_region_or_country_the_office_is_what_lies_on_top(self):
        alone = Units({key("a"): (None, "team")}, {}, {})

        assert alone.bound(key("a"), "office") == key("a")

    def test_a_case_whose_lead_is_open_may_be_led_anywhere(self):
        promise = replace(PROMISE, scope=Scope.TEAM, bound=key("uk"))

        assert severity(replace(CASE, units=None), promise) == Severity.DIRECT


class TestSubject:
    @pytest.mark.parametrize(
        ("new", "promised", "expected"),
        [
            (TEA, TEA, "direct"),
            (TEA, DRINKS, "direct"),
            (TEA, FOOD, "direct"),
            (DRINKS, TEA, "adjacent"),
            (FOOD, TEA, "adjacent"),
            (TEA, COFFEE, "adjacent"),
            (TEA, SWEETS, "indirect"),
            (DRINKS, SWEETS, "indirect"),
            (TEA, ("cars",), None),
            (("banks",), ("cars",), None),
            (("cars", "small"), ("cars", "large"), "indirect"),
        ],
    )
    def test_how_close_two_categories_are(self, new, promised, expected):
        found = severity(
            replace(CASE, categories=categories(new)),
            replace(PROMISE, categories=categories(promised)),
        )

        assert found == expected

    @pytest.mark.parametrize("level", list(Level))
    def test_a_named_competitor_is_direct_at_every_level(self, level):
        promise = replace(
            PROMISE, level=level, categories=frozenset(), named=(Party("Rival", "rival"),)
        )

        assert severity(promise=promise) == Severity.DIRECT

    def test_a_named_brand_hits_that_brand_alone(self):
        promise = replace(
            PROMISE, level=Level.BRAND, named=(Party("Zoom", "zoom", brand=key("zoom")),)
        )

        assert severity(replace(CASE, brand_names=frozenset({"zoom"})), promise) == "direct"
        assert severity(replace(CASE, brand_names=frozenset({"boom"})), promise) is None

    def test_a_brand_clause_says_nothing_of_categories(self):
        assert severity(promise=replace(PROMISE, level=Level.BRAND)) is None

    def test_a_company_is_meant_by_a_parent_too(self):
        named = (Party("Rival Holdings", "rivalholdings", company=key("top")),)
        promise = replace(PROMISE, level=Level.COMPANY, categories=frozenset(), named=named)
        subsidiary = replace(CASE, companies=frozenset({key("rival"), key("top")}))

        assert severity(subsidiary, promise) == Severity.DIRECT
        assert severity(CASE, promise) is None

    @pytest.mark.parametrize(
        ("level", "expected"), [("company", None), ("group", "direct"), ("category", None)]
    )
    def test_a_sister_company_is_a_matter_of_the_group(self, level, expected):
        named = (Party("Sister", "sister", company=key("sister"), family=key("rival")),)
        promise = replace(PROMISE, level=Level(level), categories=frozenset(), named=named)

        assert severity(promise=promise) == expected

    @pytest.mark.parametrize(
        ("level", "expected"),
        [("brand", None), ("category", "indirect"), ("company", "adjacent"), ("group", "direct")],
    )
    def test_how_much_of_the_company_counts_follows_from_the_level(self, level, expected):
        case = replace(
            CASE,
            categories=categories(SWEETS),
            company_categories=categories(COFFEE),
            family_categories=categories(TEA),
        )
        promise = replace(PROMISE, level=Level(level), categories=categories(TEA))

        assert severity(case, promise) == expected

    @pytest.mark.parametrize("level", ["company", "group"])
    def test_a_declared_competitor_is_direct(self, level):
        pair = Declared("company", Party("Rival", "rival"), Party("Sora", "sora", key("sora co")))
        promise = replace(
            PROMISE,
            level=Level(level),
            categories=frozenset(),
            holder=replace(HOLDER, companies=frozenset({key("sora co")})),
        )

        assert severity(promise=promise, declared=[pair]) == Severity.DIRECT

    @pytest.mark.parametrize(("level", "expected"), [("company", None), ("group", "direct")])
    def test_the_rival_of_a_subsidiary_is_a_matter_of_the_group(self, level, expected):
        pair = Declared(
            "company",
            Party("Rival Sister", "rivalsister", key("rival sister"), family=key("rival")),
            Party("Sora Sister", "sorasister", key("sora sister"), family=key("sora")),
        )
        promise = replace(PROMISE, level=Level(level), categories=frozenset())

        assert severity(promise=promise, declared=[pair]) == expected

    def test_who_was_declared_not_to_compete_does_not(self):
        rival, sora = Party("Rival", "rival"), Party("Sora", "sora", key("sora co"))
        promise = replace(
            PROMISE,
            level=Level.COMPANY,
            categories=frozenset(),
            holder=replace(HOLDER, companies=frozenset({key("sora co")})),
        )
        pairs = [Declared("group", rival, sora), Declared("company", sora, rival, competing=False)]

        assert severity(promise=promise, declared=pairs) is None

    def test_its_own_family_never_hits_a_clause(self):
        own = replace(CASE, families=frozenset({key("sora")}))

        assert severity(own, replace(PROMISE, named=(Party("Rival", "rival"),))) is None

    @pytest.mark.parametrize(
        ("new", "competing", "expected"),
        [
            (COFFEE, False, None),
            (COFFEE, True, "direct"),
            (TEA, False, "direct"),
            (("cars", "small"), True, None),
        ],
    )
    def test_a_pair_of_categories_declared_by_hand(self, new, competing, expected):
        found = severity(
            replace(CASE, categories=categories(new)),
            replace(PROMISE, categories=categories(TEA)),
            pairs={frozenset(categories(TEA, COFFEE)): competing},
        )

        assert found == expected

    def test_what_is_declared_of_two_holds_for_what_lies_below_them_unless_said_otherwise(self):
        pairs = {
            frozenset(categories(DRINKS, SWEETS)): True,
            frozenset(categories(TEA, SWEETS)): False,
        }
        chocolate = replace(CASE, categories=categories(("food", "sweets", "chocolate")))

        def found(promised):
            return severity(
                chocolate, replace(PROMISE, categories=categories(promised)), pairs=pairs
            )

        assert (found(COFFEE), found(TEA)) == (Severity.DIRECT, None)


class TestConsent:
    @pytest.mark.parametrize(
        ("given", "is_hit"),
        [
            ({}, False),
            ({"expires_on": dt.date(2026, 4, 1)}, False),
            ({"expires_on": dt.date(2026, 3, 31)}, True),
            ({"given_on": dt.date(2026, 4, 2)}, True),
            ({"account": key("somebody else")}, True),
            ({"commitment": key("clause")}, False),
            ({"commitment": key("another clause")}, True),
            ({"company": key("rival")}, False),
            ({"company": key("another")}, True),
            ({"folded": "rival"}, False),
            ({"folded": "another"}, True),
            ({"brand": "zoom"}, True),
            ({"countries": frozenset({"JP", "SG"})}, False),
            ({"countries": frozenset({"SG"})}, True),
            ({"disciplines": frozenset({"media"})}, False),
            ({"disciplines": frozenset({"creative"})}, True),
            ({"unit": key("kanto")}, False),
            ({"unit": key("kansai")}, True),
        ],
    )
    def test_one_that_covers_the_case_and_has_not_expired_takes_the_hit_away(self, given, is_hit):
        base = {"account": HOLDER.account, "given_on": dt.date(2026, 1, 1)}
        permission = Permission(**{**base, **given})

        assert (severity(permissions=[permission]) is not None) is is_hit

    def test_a_consent_for_one_country_does_not_cover_all(self):
        permission = Permission(HOLDER.account, TODAY, countries=frozenset({"JP"}))

        assert severity(replace(CASE, countries=frozenset()), permissions=[permission])


def found(case=CASE, promises=(), holders=(), permissions=(), declared=()):
    judge = Judge(case, tree(), declared, TODAY)
    return [
        (
            f.promise.code if f.promise else None,
            f.touched.severity,
            f.touched.rule,
            bool(f.permission),
        )
        for f in judge.found(promises, holders, permissions)
    ]


class TestUnwritten:
    """Clients without a clause: who competes, and what a clause says instead."""

    market = replace(HOLDER, categories=categories(COFFEE))

    def test_the_same_market_is_a_hit_without_a_clause(self):
        assert found(holders=[self.market]) == [(None, "adjacent", "market", False)]

    def test_not_in_another_country(self):
        assert found(holders=[replace(self.market, countries=frozenset({"SG"}))]) == []

    def test_a_word_that_stands_in_no_scheme_is_compared_as_it_is(self):
        case = replace(CASE, categories=frozenset(), words=frozenset({"drones"}))

        assert found(case, holders=[replace(HOLDER, words=frozenset({"drones", "tea"}))]) == [
            (None, "direct", "market", False)
        ]
        assert found(case, holders=[replace(HOLDER, words=frozenset({"tea"}))]) == []

    def test_a_declared_rival_is_one_in_any_market(self):
        pair = Declared(
            "company", Party("Rival", "rival"), Party("Sora", "sora"), ground="Since 1990."
        )
        holder = replace(HOLDER, names=frozenset({"sora"}), countries=frozenset({"SG"}))

        assert found(holders=[holder], declared=[pair]) == [
            (None, "direct", "declared_competitor", False)
        ]

    def test_a_rival_through_the_family_is_indirect(self):
        pair = Declared(
            "company", Party("Rival", "rival"), Party("Sister", "sister", family=key("sora"))
        )

        assert found(holders=[HOLDER], declared=[pair]) == [(None, "indirect", "family", False)]

    def test_groups_declared_rivals_compete_in_every_company(self):
        pair = Declared(
            "group", Party("Rival", "rival"), Party("Sister", "sister", family=key("sora"))
        )

        assert found(holders=[HOLDER], declared=[pair]) == [
            (None, "direct", "declared_competitor", False)
        ]

    def test_who_was_declared_not_to_compete_shares_no_market(self):
        pair = Declared("company", Party("Rival", "rival"), Party("Sora", "sora"), competing=False)
        holder = replace(self.market, names=frozenset({"sora"}))

        assert found(holders=[holder], declared=[pair]) == []

    def test_where_a_clause_speaks_of_it_the_clause_alone_decides(self):
        elsewhere = replace(PROMISE, holder=self.market, scope=Scope.TEAM, bound=key("uk"))
        of_cars = replace(elsewhere, categories=categories(("cars",)))

        assert found(promises=[elsewhere], holders=[self.market]) == []
        assert found(promises=[of_cars], holders=[self.market]) == [
            (None, "adjacent", "market", False)
        ]

    def test_a_clause_that_is_hit_says_all_there_is_to_say_of_its_client(self):
        named = replace(PROMISE, holder=self.market, named=(Party("Rival", "rival"),))
        below = replace(self.market, account=key("below"), above=frozenset({HOLDER.account}))

        assert found(promises=[named], holders=[self.market, below]) == [
            ("C1", "direct", "named_competitor", False)
        ]

    def test_a_consent_takes_it_away_and_is_told(self):
        given = Permission(HOLDER.account, TODAY)

        assert found(promises=[PROMISE], holders=[self.market], permissions=[given]) == [
            ("C1", "direct", "category", True)
        ]

    def test_the_worst_comes_first(self):
        wide = replace(PROMISE, id=key("2"), code="C0", categories=categories(SWEETS))

        assert [row[:2] for row in found(promises=[wide, PROMISE])] == [
            ("C1", "direct"),
            ("C0", "indirect"),
        ]


class TestWeighing:
    @pytest.mark.parametrize(
        ("mode", "severity", "expected"),
        [
            ("strict", "direct", "blocked"),
            ("strict", "adjacent", "consent"),
            ("strict", "indirect", "safeguards"),
            ("split", "direct", "safeguards"),
            ("split", "adjacent", "safeguards"),
            ("split", "indirect", "clear"),
        ],
    )
    def test_without_a_clause_the_mode_decides(self, mode, severity, expected):
        policy = replace(PROMISE, origin=Origin.POLICY)
        rules = weighing.Rules(mode)

        assert rules.result_of(severity, None) == expected
        assert rules.result_of(severity, policy) == expected

    @pytest.mark.parametrize("mode", list(Mode))
    @pytest.mark.parametrize("severity", list(Severity))
    def test_a_clause_is_judged_strictly_unless_it_names_safeguards(self, mode, severity):
        rules = weighing.Rules(mode)
        named = replace(PROMISE, safeguards=("Separate floors",))

        assert rules.result_of(severity, PROMISE) == reference.STRICT[severity]
        assert rules.result_of(severity, named) == Result.SAFEGUARDS

    def test_a_declared_policy_that_names_safeguards_asks_for_no_more(self):
        policy = replace(PROMISE, origin=Origin.POLICY, safeguards=("Separate floors",))

        assert weighing.Rules(Mode.STRICT).result_of("direct", policy) == Result.SAFEGUARDS
        assert weighing.Rules(Mode.SPLIT).result_of("indirect", policy) == Result.CLEAR

    def test_the_table_can_be_another(self):
        table = {**weighing.USUAL, (Mode.STRICT, Severity.INDIRECT): Result.CONSENT}

        assert weighing.Rules(Mode.SPLIT, table).result_of("indirect", PROMISE) == Result.CONSENT

    def test_overall_is_the_worst(self):
        assert weighing.overall([]) == Result.CLEAR
        assert weighing.overall(["clear", "consent", "safeguards"]) == Result.CONSENT


class TestLinks:
    """Two schemes side by side."""

    ours = {key("ours"): (key("ours"),), key("ours tea"): (key("ours"), key("ours tea"))}

    def linked(self, kind, one, other):
        whole = {**tree().lineages, **self.ours}
        return Tree(whole, links=[(key(one), kind, key(other))])

    @pytest.mark.parametrize(
        ("case", "promised", "expected"),
        [
            ("ours tea", TEA, "direct"),
            ("ours tea", DRINKS, "direct"),
            ("ours tea", COFFEE, "adjacent"),
            ("ours tea", SWEETS, "indirect"),
            ("ours tea", ("cars",), None),
            (TEA, "ours tea", "direct"),
            (DRINKS, "ours tea", "adjacent"),
        ],
    )
    def test_one_that_is_the_same_stands_where_the_other_stands(self, case, promised, expected):
        close = self.linked("same", "ours tea", TEA).closeness(key(case), key(promised))

        assert (close and close.severity) == expected

    @pytest.mark.parametrize(
        ("case", "promised", "expected"),
        [
            ("ours tea", DRINKS, "direct"),
            (DRINKS, "ours tea", "adjacent"),
            ("ours tea", TEA, "adjacent"),
            ("ours", TEA, None),
        ],
    )
    def test_one_that_lies_inside_stands_below(self, case, promised, expected):
        close = self.linked("inside", "ours tea", DRINKS).closeness(key(case), key(promised))

        assert (close and close.severity) == expected

    def test_what_lies_below_a_linked_one_is_found_through_it(self):
        close = self.linked("same", "ours", DRINKS).closeness(key("ours tea"), key(DRINKS))

        assert close.severity == Severity.DIRECT
        assert close.standing.relation is Relation.DESCENDANT


# Everything at once, against a reference written from the text

DAYS = st.dates(dt.date(2025, 11, 28), dt.date(2026, 9, 30))
COUNTRIES = st.sets(st.sampled_from(["JP", "SG", "GB"]), max_size=2)
DISCIPLINES = st.sets(st.sampled_from(["media", "creative"]), max_size=1)
SOME_PATHS = st.sets(st.sampled_from(sorted(PATHS)), max_size=2)
OPEN_DAY = st.none() | DAYS


@st.composite
def news(draw):
    start = draw(DAYS)
    company = draw(st.sampled_from(["rival", "other", "sora"]))
    return {
        "company": company,
        "family": company,
        "brand": draw(st.sampled_from(["", "zoom", "boom"])),
        "categories": draw(SOME_PATHS),
        "countries": draw(COUNTRIES),
        "disciplines": draw(DISCIPLINES),
        "office": draw(st.sampled_from(sorted(OFFICES))),
        "start": start,
        "end": draw(st.none() | st.integers(0, 200).map(lambda n: start + dt.timedelta(n))),
    }


@st.composite
def clauses(draw):
    start = draw(DAYS)
    return {
        "family": "sora",
        "lead": draw(st.sampled_from(sorted(OFFICES))),
        "level": draw(st.sampled_from(["brand", "category"])),
        "names": draw(st.sets(st.sampled_from(["rival", "zoom", "nobody"]), max_size=1)),
        "categories": draw(SOME_PATHS),
        "countries": draw(COUNTRIES),
        "disciplines": draw(DISCIPLINES),
        "scope": draw(st.sampled_from(list(Scope.values))),
        "start": start,
        "end": draw(st.none() | st.integers(0, 200).map(lambda n: start + dt.timedelta(n))),
        "cooling": draw(st.integers(0, 7)),
        "consents": draw(
            st.lists(st.fixed_dictionaries({"given": DAYS, "until": OPEN_DAY}), max_size=1)
        ),
        "safeguards": draw(st.booleans()),
    }


def as_case(new) -> Case:
    return Case(
        names=frozenset({new["company"]}),
        companies=frozenset({key(new["company"])}),
        families=frozenset({key(new["family"])}),
        brand_names=frozenset({new["brand"]} - {""}),
        categories=categories(*new["categories"]),
        countries=frozenset(new["countries"]),
        disciplines=frozenset(new["disciplines"]),
        units=units(new["office"]),
        starts_on=new["start"],
        ends_on=new["end"],
    )


def as_promise(clause, at: int) -> Promise:
    return Promise(
        key(("clause", at)),
        f"C{at}",
        replace(HOLDER, account=key(("account", at))),
        Level(clause["level"]),
        clause["start"],
        clause["end"],
        clause["cooling"],
        scope=Scope(clause["scope"]),
        bound=Units(kinds(), {}, {}).bound(key(clause["lead"]), clause["scope"]),
        categories=categories(*clause["categories"]),
        named=tuple(Party(name, name) for name in clause["names"]),
        countries=frozenset(clause["countries"]),
        disciplines=frozenset(clause["disciplines"]),
        safeguards=("Separate floors",) if clause["safeguards"] else (),
    )


@settings(max_examples=150, deadline=None)
@given(new=news(), many=st.lists(clauses(), max_size=5), mode=st.sampled_from(list(Mode)))
def test_a_check_finds_what_the_reference_finds(new, many, mode):
    promises = [as_promise(clause, at) for at, clause in enumerate(many)]
    permissions = [
        Permission(promise.holder.account, given["given"], given["until"])
        for promise, clause in zip(promises, many, strict=True)
        for given in clause["consents"]
    ]
    everything = Judge(as_case(new), tree(), (), TODAY).found(promises, (), permissions)
    hits = {f.promise.code: f.touched.severity for f in everything if f.permission is None}
    expected = {
        f"C{at}": severity
        for at, clause in enumerate(many)
        if (severity := reference.hit(new, clause, OFFICES, TODAY))
    }
    rules = weighing.Rules(mode)
    by_code = {promise.code: promise for promise in promises}

    assert hits == expected
    assert weighing.overall(
        rules.result_of(severity, by_code[code]) for code, severity in hits.items()
    ) == reference.overall(
        [
            (expected[f"C{at}"], True, c["safeguards"])
            for at, c in enumerate(many)
            if f"C{at}" in expected
        ],
        mode,
    )


@pytest.mark.parametrize(("new", "promised"), list(product(sorted(PATHS), repeat=2))[::3])
def test_the_distance_of_any_two_categories_is_the_references(new, promised):
    close = tree().closeness(key(new), key(promised))

    assert (close and close.severity) == reference.severity_of_category(new, promised)
