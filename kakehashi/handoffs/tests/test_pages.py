"""Pages of balls: what they show, how they answer, what they refuse."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localdate, now

from kakehashi.handoffs import actions
from kakehashi.handoffs.models import Desk, Handoff
from kakehashi.policy.acting import acting_as
from tests import factories as make

HX = {"HTTP_HX_REQUEST": "true"}


def text(response):
    return response.content.decode()


@pytest.fixture
def ball(cast, ask):
    return ask(cast.aki, cast.ken, account=cast.sora, note="In vectors, please.")


class TestFilters:
    """What a reader narrows balls to stands in the address: of home, of the list, of the part."""

    @pytest.fixture
    def balls(self, cast, ask):
        """By title; Aki looks after all of them."""
        make.seat(cast.aki, cast.rival)
        return [
            ask(cast.aki, cast.ken, title="Logo files", account=cast.sora),
            ask(cast.ben, cast.aki, title="Estimate", account=cast.sora, private=True),
            ask(cast.chie, cast.aki, title="Minutes", account=cast.rival, note="of Friday"),
            ask(cast.ben, cast.aki, title="Holiday plan"),
        ]

    @pytest.mark.parametrize("path", ["/", "/balls/courts/", "/balls/"])
    @pytest.mark.parametrize(
        ("asked", "titles"),
        [
            ("", {"Logo files", "Estimate", "Minutes", "Holiday plan"}),
            ("q=ｌｏｇｏ", {"Logo files"}),
            ("q=friday", {"Minutes"}),
            ("q=sora files", {"Logo files"}),
            ("q=nothing of this", set()),
            ("account=Rival", {"Minutes"}),
            ("side=client", {"Logo files"}),
            ("side=ours&private=1", {"Estimate"}),
            ("kind=ask&q=plan", {"Holiday plan"}),
            ("kind=unknown&side=moon", {"Logo files", "Estimate", "Minutes", "Holiday plan"}),
        ],
    )
    def test_only_what_fits_is_shown(self, as_, cast, balls, path, asked, titles):
        shown = text(as_(cast.aki).get(f"{path}?{asked}"))

        assert {ball.title for ball in balls if f'id="ball-{ball.pk}"' in shown} == titles

    def test_what_cannot_be_looked_for_is_told_and_narrows_nothing(self, as_, cast, balls):
        shown = text(as_(cast.aki).get("/?account=Nobody%27s"))

        assert "You see no account called so." in shown
        assert "Logo files" in shown

    def test_the_parts_address_and_the_lists_keep_what_was_asked(self, as_, cast, balls):
        answer = as_(cast.aki).get("/balls/courts/?side=ours&q=&by=account", **HX)

        assert answer["HX-Replace-Url"] == "/?side=ours&by=account"
        assert 'hx-get="/balls/courts/?side=ours&amp;by=account"' in text(answer)
        assert "Not everything is shown." in text(answer)

    def test_an_account_out_of_sight_is_no_list(self, as_, cast):
        assert as_(cast.aki).get(f"/balls/?account={cast.rival.pk}").status_code == 404


class TestHome:
    def test_the_three_courts_stand_on_home(self, as_, cast, ask, ball):
        ask(cast.ben, cast.aki, title="The estimate", account=cast.sora)

        shown = text(as_(cast.aki).get("/"))

        assert "Their court" in shown
        assert "The logo files" in shown
        assert "you, from Ben" in shown

    def test_by_account_they_stand_in_groups(self, as_, cast, ball):
        shown = text(as_(cast.aki).get("/?by=account"))

        assert '<h3 class="court-account">' in shown

    def test_the_courts_come_by_themselves(self, as_, cast, ball):
        shown = text(as_(cast.aki).get("/balls/courts/", **HX))

        assert shown.strip().startswith('<section id="courts"')

    def test_a_client_finds_what_waits_for_them(self, as_, cast, ball):
        shown = text(as_(cast.ken).get("/"))

        assert "Waiting for you" in shown
        assert f"/balls/{ball.pk}/answer/" in shown

    @pytest.mark.parametrize("rows", [1, 3])
    def test_more_balls_ask_postgresql_no_more(
        self, as_, cast, ask, django_assert_num_queries, rows
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client = as_(cast.aki)
        client.get("/balls/courts/", **HX)
        counts = []
        for n in range(rows * 2):
            ask(cast.ben, cast.aki, title=f"No. {n}", account=cast.sora)
            if n in {rows - 1, rows * 2 - 1}:
                with CaptureQueriesContext(
                    connection,
                ) as captured:
                    client.get("/balls/courts/", **HX)
                counts.append(len(captured))

        assert counts[0] == counts[1]


class TestBall:
    def test_its_page_says_what_is_asked_of_whom(self, as_, cast, ball):
        shown = text(as_(cast.aki).get(ball.path))

        assert "In vectors, please." in shown
        assert "They answered" in shown
        assert "Take back" in shown

    def test_a_client_reads_it_in_the_portal(self, as_, cast, ball):
        shown = text(as_(cast.ken).get(ball.path))

        assert "portal-top" in shown
        assert "Answer" in shown
        assert "Pass on" not in shown

    def test_behind_the_wall_there_is_none(self, as_, cast, ball):
        for path in ("", "answer/", "move/", "record/", "take-back/", "ask-back/"):
            assert as_(cast.chie).get(f"{ball.path}{path}").status_code == 404
        assert as_(cast.chie).post(f"{ball.path}remind/").status_code == 404

    def test_another_client_finds_none(self, as_, cast, ball):
        stranger = make.contact("Stranger", cast.sora)

        assert as_(stranger.person).get(ball.path).status_code == 404

    def test_the_story_is_told(self, as_, cast, ball):
        with acting_as(cast.ken):
            actions.ask_back(ball=ball, question="Which ones?", by=cast.ken, at=now())

        shown = text(as_(cast.aki).get(ball.path))

        assert "What happened" in shown
        assert "Which ones?" in shown


class TestActs:
    def test_answering_leads_to_the_ball(self, as_, cast, ball):
        response = as_(cast.ken).post(f"{ball.path}answer/", {"answer": "Attached."}, follow=True)

        assert "Answered. Aki is told." in text(response)
        assert Handoff.objects.get().answer == "Attached."

    def test_in_a_row_it_is_answered_without_leaving_the_page(self, as_, cast, ask):
        mine = ask(cast.ben, cast.aki)

        response = as_(cast.aki).post(f"{mine.path}answer/", {"answer": "Done."}, **HX)

        assert response["HX-Trigger-After-Settle"] == "kakehashi:news"
        assert "Answered. Ben is told." in text(response)

    def test_an_empty_answer_is_refused_at_the_field(self, as_, cast, ball):
        response = as_(cast.ken).post(f"{ball.path}answer/", {"answer": ""})

        assert response.status_code == 422
        assert "field is required" in text(response)

    def test_who_came_second_is_told(self, as_, cast, ball):
        with acting_as(cast.aki):
            actions.record_answer(
                ball=ball, answer="Monday.", channel="phone", evidence="call", by=cast.aki, at=now()
            )

        response = as_(cast.ken).post(f"{ball.path}answer/", {"answer": "Attached."})

        assert response.status_code == 422
        assert "Ken has answered this already." in text(response)
        assert Handoff.objects.get().answer == "Monday."

    def test_an_answer_by_phone_is_recorded(self, as_, cast, ball):
        said = {
            "answered_by": str(cast.ken.pk),
            "channel": "phone",
            "evidence": "call of 14:05",
            "answer": "Monday.",
        }

        response = as_(cast.aki).post(f"{ball.path}record/", said, follow=True)

        assert "The answer is recorded." in text(response)
        assert "Phone, recorded by Aki" in text(response)

    def test_passing_on_tells_who_has_it_now(self, as_, cast, ask):
        mine = ask(cast.ben, cast.aki, account=cast.sora)

        response = as_(cast.aki).post(f"{mine.path}move/", {"colleague": "Dan"}, follow=True)

        assert "Dan has it now" in text(response)

    def test_who_asked_may_undo_passing_on(self, as_, cast, ask):
        asked = ask(cast.aki, cast.ben, account=cast.sora)
        client = as_(cast.aki)
        client.post(f"{asked.path}move/", {"colleague": "Dan"})
        fresh = Handoff.objects.get(answered_at=None)

        page = text(client.get("/"))
        client.post(f"/balls/{fresh.pk}/move/", {"to": str(cast.ben.pk)})

        assert "Undo" in page
        assert Handoff.objects.get(answered_at=None).asked_of == cast.ben

    def test_who_has_no_part_any_more_is_offered_no_undo(self, as_, cast, ask):
        asked = ask(cast.ben, cast.aki)
        client = as_(cast.aki)

        client.post(f"{asked.path}move/", {"colleague": "Dan"})

        assert "Undo" not in text(client.get("/"))

    def test_the_wall_is_no_more_than_not_available(self, as_, cast, ask):
        mine = ask(cast.ben, cast.aki, account=cast.sora)

        response = as_(cast.aki).post(f"{mine.path}move/", {"colleague": "Chie"})

        assert response.status_code == 422
        assert "Chie is not available for this account" in text(response)

    def test_a_time_without_a_day_is_refused(self, as_, cast, ask):
        mine = ask(cast.ben, cast.aki, account=cast.sora)

        response = as_(cast.aki).post(
            f"{mine.path}move/", {"to": str(cast.aki.pk), "due_time": "12:00"}
        )

        assert response.status_code == 422
        assert "Say on which day." in text(response)

    def test_reminding_twice_is_refused_with_its_reason(self, as_, cast, ball):
        client = as_(cast.aki)
        client.post(f"{ball.path}remind/")

        response = client.post(f"{ball.path}remind/", follow=True)

        assert "within the last four hours" in text(response)

    def test_taking_back(self, as_, cast, ball):
        as_(cast.aki).post(f"{ball.path}take-back/", {"reason": "Found them."})

        assert Handoff.objects.get().outcome == "taken_back"


class TestAsking:
    def test_on_an_account_both_banks_and_the_desks_are_offered(self, as_, cast):
        Desk.objects.create(office=cast.tokyo, name="制作", name_en="Production")

        shown = text(as_(cast.aki).get(f"/balls/new/?account={cast.sora.pk}"))

        for offered in ("Ken", "Aki", "Production (Tokyo)"):
            assert offered in shown

    def test_typing_the_account_offers_its_people(self, as_, cast):
        shown = text(as_(cast.aki).get(f"/balls/new/whom/?account={cast.sora.code}", **HX))

        assert f'<option value="{cast.ken.pk}">Ken</option>' in shown

    def test_typing_an_account_out_of_sight_offers_nobody(self, as_, cast):
        shown = text(as_(cast.aki).get(f"/balls/new/whom/?account={cast.rival.code}", **HX))

        assert str(cast.chie.pk) not in shown

    def test_the_client_is_asked(self, as_, cast):
        response = as_(cast.aki).post(
            f"/balls/new/?account={cast.sora.pk}",
            {
                "title": "The logo files",
                "account": cast.sora.code,
                "to": str(cast.ken.pk),
                "due_on": (localdate() + dt.timedelta(days=7)).isoformat(),
            },
            follow=True,
        )

        assert "Ken is asked" in text(response)
        assert Handoff.objects.get().account == cast.sora

    def test_nobody_is_no_answer_to_whom(self, as_, cast):
        response = as_(cast.aki).post("/balls/new/", {"title": "Leave"})

        assert response.status_code == 422
        assert "Choose whom you ask." in text(response)

    def test_what_has_passed_is_refused_at_the_day(self, as_, cast):
        response = as_(cast.aki).post(
            "/balls/new/", {"title": "Leave", "colleague": "Ben", "due_on": "2020-01-01"}
        )

        assert response.status_code == 422
        assert "This time has passed already." in text(response)
        assert 'value="2020-01-01"' in text(response)

    def test_no_account_out_of_sight(self, as_, cast):
        assert as_(cast.aki).get(f"/balls/new/?account={cast.rival.pk}").status_code == 404
        assert as_(cast.aki).get("/balls/new/?account=nonsense").status_code == 404


class TestLists:
    def test_of_a_court(self, as_, cast, ask, ball):
        ask(cast.ben, cast.aki, title="The estimate")

        shown = text(as_(cast.aki).get("/balls/?court=ours"))

        assert "The estimate" in shown
        assert "The logo files" not in shown

    def test_of_a_person_below(self, as_, cast, ask):
        ask(cast.ben, cast.aki, title="The estimate", account=cast.sora)

        assert "The estimate" in text(as_(cast.ben).get(f"/balls/?person={cast.aki.pk}"))

    def test_page_by_page(self, as_, cast, ask, monkeypatch):
        from kakehashi.clients.queries import keyset

        monkeypatch.setattr(keyset.page, "__kwdefaults__", {"after": "", "before": "", "size": 2})
        for n in range(3):
            ask(
                cast.ben,
                cast.aki,
                title=f"Number {n}",
                due_at=localdate() + dt.timedelta(days=7 * (n + 1)),
            )
        client = as_(cast.aki)

        first = client.get("/balls/")
        second = client.get(first.context["next"])

        assert [b.title for b in first.context["balls"]] == ["Number 0", "Number 1"]
        assert [b.title for b in second.context["balls"]] == ["Number 2"]
        assert second.context["previous"]

    def test_what_is_late_under_a_supervisor(self, as_, cast, ask):
        ask(cast.ben, cast.aki, title="The estimate", account=cast.sora)

        shown = text(as_(cast.ben).get("/balls/under/", **HX))

        assert f"/balls/?person={cast.aki.pk}" in shown


class TestDesks:
    def test_an_administrator_opens_one_and_says_who_keeps_it(self, as_, cast):
        client = as_(cast.hana)

        client.post("/balls/desks/new/", {"office": str(cast.tokyo.pk), "name": "制作"})
        desk = Desk.objects.get()
        client.post(
            f"/balls/desks/{desk.pk}/keeper/",
            {"person": "Lena", "starts_on": localdate().isoformat()},
        )

        assert "Lena" in text(client.get("/balls/desks/"))

    def test_nobody_else_does(self, as_, cast):
        response = as_(cast.aki).get("/balls/desks/new/")

        assert "one of these roles" in text(response)

    def test_a_client_finds_no_desks(self, as_, cast):
        assert as_(cast.ken).get("/balls/desks/").status_code == 404


def test_an_account_shows_what_crosses_its_bridge(as_, cast, ball):
    shown = text(as_(cast.aki).get(f"/accounts/{cast.sora.pk}/"))

    assert "The logo files" in shown
    assert 'data-side="theirs"' in shown
    assert f"/balls/new/?account={cast.sora.pk}" in shown
