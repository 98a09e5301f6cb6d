"""The list of notices, the bell of every page, and what one wants by mail."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from kakehashi.notify import queries
from kakehashi.notify.models import Bounce, Notification, Preference
from kakehashi.notify.tests.conftest import LETTER, REPLY, notice_of
from kakehashi.policy.acting import acting_as
from tests import factories as make

HTMX = {"HX-Request": "true"}


def text(response) -> str:
    return response.content.decode()


class TestTheList:
    def test_shows_what_is_new_with_its_account(self, as_, cast, tell):
        tell(cast.aki, of="Autumn plans", account=cast.sora)

        shown = text(as_(cast.aki).get("/notices/"))

        assert all(said in shown for said in ("Autumn plans", "Somebody wrote to you.", "Sora"))
        assert f"/notices/{notice_of(cast.aki).pk}/" in shown

    def test_shows_the_newest_first(self, as_, cast, tell):
        for number, title in enumerate(("Old", "New", "Middle")):
            tell(cast.aki, of=title, at=now() + dt.timedelta(minutes=(0, 9, 5)[number]))

        shown = text(as_(cast.aki).get("/notices/"))

        assert shown.index("New</a>") < shown.index("Middle") < shown.index("Old")

    def test_shows_nothing_of_what_a_wall_hides(self, as_, cast, tell):
        tell(cast.emi, of="Secret", account=cast.sora)
        make.denial(cast.emi, cast.sora)

        shown = text(as_(cast.emi).get("/notices/?show=all"))

        assert "Secret" not in shown
        assert "No notice yet" in shown

    def test_forgets_what_says_nothing_any_more(self, as_, cast, tell, letters):
        letters.burn(tell(cast.aki))
        client = as_(cast.aki)

        assert "Nothing new" in text(client.get("/notices/"))
        assert notice_of(cast.aki).seen_at is not None

    def test_leaves_out_kinds_whose_package_is_gone(self, as_, cast, tell):
        tell(cast.aki)
        Notification.objects.update(kind="letters.lost")

        assert "Nothing new" in text(as_(cast.aki).get("/notices/"))

    def test_keeps_what_was_seen_under_all(self, as_, cast, tell):
        tell(cast.aki, of="Autumn plans")
        Notification.objects.update(seen_at=now())
        client = as_(cast.aki)

        assert "Autumn plans" not in text(client.get("/notices/"))
        assert "Autumn plans" in text(client.get("/notices/?show=all"))

    def test_goes_on_page_by_page(self, as_, cast, tell, monkeypatch):
        from kakehashi.clients.queries import keyset

        monkeypatch.setitem(keyset.page.__kwdefaults__, "size", 2)
        for number in range(5):
            tell(cast.aki, of=f"Letter {number}.", at=now() + dt.timedelta(minutes=number))
        client = as_(cast.aki)
        shown, path = [], "/notices/"
        while path:
            response = client.get(path)
            shown.append([row.told.title for row in response.context["found"].rows])
            onward = response.context["next"]
            path = f"/notices/{onward}" if onward else ""

        assert shown == [["Letter 4.", "Letter 3."], ["Letter 2.", "Letter 1."], ["Letter 0."]]
        assert client.get(f"/notices/{response.context['previous']}").context["found"].rows

    def test_asks_as_often_for_three_as_for_one(self, as_, cast, tell, letters, monkeypatch):
        from kakehashi.notify import kinds

        client = as_(cast.aki)

        def asked():
            with CaptureQueriesContext(
                connection,
            ) as caught:
                client.get("/notices/")
            return len(caught)

        kinds.register(
            LETTER, label="L", render_all=lambda ids: {i: letters.render(i) for i in ids}
        )
        tell(cast.aki, account=cast.sora, by=cast.ben)
        once = asked()
        for _ in range(2):
            tell(cast.aki, account=cast.sora_tea, by=cast.dan)

        assert asked() == once

    def test_a_client_has_it_in_their_own_frame(self, as_, cast, tell):
        tell(cast.ken, of="Proofs", account=cast.sora)

        shown = text(as_(cast.ken).get("/notices/"))

        assert "Proofs" in shown
        assert 'class="portal"' in shown


class TestSeeing:
    def test_following_one_is_seeing_it(self, as_, cast, tell):
        about = tell(cast.aki)

        answer = as_(cast.aki).get(f"/notices/{notice_of(cast.aki).pk}/")

        assert answer.url == f"/letters/{about}/"
        assert notice_of(cast.aki).seen_at is not None

    def test_one_that_leads_nowhere_any_more_says_so(self, as_, cast, tell, letters):
        letters.burn(tell(cast.aki))

        shown = text(as_(cast.aki).get(f"/notices/{notice_of(cast.aki).pk}/", follow=True))

        assert "not there for you any more" in shown

    def test_nobody_follows_what_others_were_told(self, as_, cast, tell):
        tell(cast.aki)
        there = f"/notices/{notice_of(cast.aki).pk}/"
        client = as_(cast.ben)

        assert client.get(there).status_code == 404
        assert client.post(f"{there}seen/").status_code == 404
        assert notice_of(cast.aki).seen_at is None

    def test_one_by_its_button(self, as_, cast, tell):
        tell(cast.aki)

        answer = as_(cast.aki).post(f"/notices/{notice_of(cast.aki).pk}/seen/?show=all")

        assert answer.url == "/notices/?show=all"
        assert notice_of(cast.aki).seen_at is not None

    def test_by_htmx_gives_the_list_and_has_the_bell_ask(self, as_, cast, tell):
        tell(cast.aki)
        there = f"/notices/{notice_of(cast.aki).pk}/seen/"

        answer = as_(cast.aki).post(there, headers=HTMX)

        assert 'id="notices"' in text(answer)
        assert "<html" not in text(answer)
        assert answer["HX-Trigger"] == "kakehashi:ask"

    def test_all_that_was_shown(self, as_, cast, tell):
        tell(cast.aki)
        client = as_(cast.aki)
        until = client.get("/notices/").context["until"].isoformat()
        late = tell(cast.aki, at=now() + dt.timedelta(minutes=1))

        client.post("/notices/seen/", {"until": until})

        unseen = Notification.objects.filter(seen_at=None)
        assert [notice.subject_id for notice in unseen] == [late]

    @pytest.mark.parametrize("until", ["", "yesterday", "2026-11-26", "2026-99-99T00:00Z"])
    def test_all_until_nothing_sensible_is_nothing(self, as_, cast, tell, until):
        tell(cast.aki)

        assert as_(cast.aki).post("/notices/seen/", {"until": until}).status_code == 302
        assert notice_of(cast.aki).seen_at is None


class TestNews:
    def ask(self, client, mark=""):
        headers = {"If-None-Match": mark} if mark else {}
        return client.get("/notices/news/", headers=headers)

    def test_say_how_much_is_new_and_what_the_newest_is(self, as_, cast, tell):
        tell(cast.aki, of="Old")
        tell(cast.aki, of="Autumn plans", account=cast.sora, at=now() + dt.timedelta(minutes=1))
        newest = Notification.objects.latest("made_at")

        told = json.loads(text(self.ask(as_(cast.aki))))

        assert told["notice"] == {
            "title": "Autumn plans",
            "sentence": "Somebody wrote to you.",
            "account": "Sora",
            "path": f"/notices/{newest.pk}/",
        }
        assert (told["unseen"], told["label"], told["for"]) == (
            "2", "Notices: 2 new", str(cast.aki.pk),
        )  # fmt: skip

    def test_are_not_said_again_until_something_changes(self, as_, cast, tell):
        client = as_(cast.aki)
        about = tell(cast.aki)
        mark = self.ask(client)["ETag"]
        assert self.ask(client, mark).status_code == 304
        assert self.ask(client, mark).content == b""

        tell(cast.aki, about=about, at=now() + dt.timedelta(minutes=1))
        later = self.ask(client, mark)
        assert later.status_code == 200

        Notification.objects.update(seen_at=now())
        assert self.ask(client, later["ETag"]).status_code == 200

    def test_are_the_mark_that_the_page_came_with(self, as_, cast, tell):
        tell(cast.aki)
        client = as_(cast.aki)
        page = text(client.get("/notices/"))

        mark = self.ask(client)["ETag"].strip('"')

        assert f'data-mark="{mark}"' in page

    def test_of_what_says_nothing_are_a_number_only(self, as_, cast, tell, letters):
        letters.burn(tell(cast.aki))

        assert json.loads(text(self.ask(as_(cast.aki))))["notice"] is None

    def test_cost_one_query_besides_knowing_who_asks(self, as_, cast, tell):
        tell(cast.aki, account=cast.sora)
        client = as_(cast.aki)
        mark = self.ask(client)["ETag"]
        with CaptureQueriesContext(connection) as caught:
            self.ask(client, mark)

        asked = [q["sql"] for q in caught if "notify_" in q["sql"]]
        assert len(asked) == 1

    def test_are_counted_on_an_index(self, cast, tell):
        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO notify_notification (id, person_id, kind, subject_kind, subject_id,
                     made_at, seen_at)
                   SELECT gen_random_uuid(), (ARRAY[%s, %s]::uuid[])[1 + n %% 2], 'k', 's',
                     gen_random_uuid(), now() - n * interval '1 minute',
                     CASE WHEN n > 20 THEN now() END
                   FROM generate_series(1, 5000) n""",
                [cast.ben.pk, cast.dan.pk],
            )
            cursor.execute("ANALYZE notify_notification")
        with acting_as(cast.ben):
            rows = Notification.objects.filter(person=cast.ben, seen_at=None)
            plan = rows.order_by("-made_at").values_list("made_at")[:100].explain()

        assert "notify_unseen" in plan

    def test_beyond_99_are_not_counted(self, as_, cast, tell, monkeypatch):
        monkeypatch.setattr(queries, "COUNTED", 2)
        for _ in range(4):
            tell(cast.aki)

        told = json.loads(text(self.ask(as_(cast.aki))))

        assert (told["unseen"], told["label"]) == ("2+", "Notices: 2+ new")

    def test_are_for_who_is_signed_in(self, client, cast):
        assert self.ask(client).status_code == 302

    def test_are_for_clients_as_well(self, as_, cast, tell):
        tell(cast.ken, of="Proofs", account=cast.sora)

        assert json.loads(text(self.ask(as_(cast.ken))))["notice"]["title"] == "Proofs"


class TestTheBell:
    def test_shows_how_much_is_new_on_every_page(self, as_, cast, tell):
        tell(cast.aki)
        tell(cast.aki)

        shown = text(as_(cast.aki).get("/people/me/"))

        assert 'aria-label="Notices: 2 new"' in shown
        assert '<span class="bell-number">2</span>' in shown

    def test_shows_no_number_when_nothing_is_new(self, as_, cast):
        shown = text(as_(cast.aki).get("/people/me/"))

        assert 'aria-label="Notices"' in shown
        assert '<span class="bell-number" hidden></span>' in shown

    def test_counts_nothing_on_the_pages_of_signing_in(self, as_, cast, tell):
        tell(cast.aki)

        shown = text(as_(cast.aki).get("/auth/password/change/"))

        assert 'href="/notices/"' in shown
        assert "data-news" not in shown


class TestChoices:
    def test_are_shown_and_saved(self, as_, cast):
        client = as_(cast.aki)
        shown = text(client.get("/people/me/notices/"))
        assert "A letter came" in shown
        said = {"letters-came": "never", "letters-answered": "now", "letters-gossip": "morning"}

        answer = client.post("/people/me/notices/", said, follow=True)

        assert "Saved." in text(answer)
        assert list(Preference.objects.values_list("kind", "choice")) == [(LETTER, "never")]

    def test_that_are_none_are_refused_with_their_field(self, as_, cast):
        answer = as_(cast.aki).post("/people/me/notices/", {"letters-came": "hourly"})

        assert answer.status_code == 422
        assert not Preference.objects.exists()

    def test_are_reached_from_ones_own_settings(self, as_, cast):
        for person in (cast.aki, cast.ken):
            assert 'href="/people/me/notices/"' in text(as_(person).get("/people/me/"))

    def test_say_that_there_is_no_address(self, as_, cast):
        type(cast.aki).objects.filter(pk=cast.aki.pk).update(email="")

        assert "You have no e-mail address" in text(as_(cast.aki).get("/people/me/notices/"))


@pytest.fixture
def bounce(cast) -> Bounce:
    return Bounce.objects.create(
        address=cast.aki.email, person=cast.aki, reason="550 no such user", at=now()
    )


class TestABouncingAddress:
    def test_is_shown_to_its_person_and_to_colleagues(self, as_, cast, bounce):
        assert "Mail to you does not arrive." in text(as_(cast.aki).get("/people/me/"))
        shown = text(as_(cast.ben).get(f"/people/{cast.aki.pk}/"))
        assert "Mail to this person does not arrive." in shown
        assert "550 no such user" in shown

    def test_of_a_client_is_shown_to_who_knows_them_only(self, cast):
        Bounce.objects.create(address=cast.ken.email, person=cast.ken, reason="550", at=now())

        seen = {}
        for name in ("aki", "chie", "ken", "hana"):
            with acting_as(getattr(cast, name)):
                seen[name] = Bounce.objects.exists()
        assert seen == {"aki": True, "chie": False, "ken": True, "hana": True}

    def test_of_nobody_in_particular_is_the_administrators_matter(self, cast):
        Bounce.objects.create(address="x@y.example", reason="550", at=now())

        for person, sees in ((cast.hana, True), (cast.ben, False), (cast.ken, False)):
            with acting_as(person):
                assert Bounce.objects.exists() is sees

    @pytest.mark.parametrize(("name", "goes"), [("aki", "/people/me/notices/"), ("hana", "/mail/")])
    def test_is_tried_again_by_its_person_or_an_administrator(self, as_, cast, bounce, name, goes):
        answer = as_(getattr(cast, name)).post(f"/mail/addresses/{bounce.pk}/lift/")

        bounce.refresh_from_db()
        assert answer.url == goes
        assert bounce.lifted_by == getattr(cast, name)

    def test_is_not_tried_again_by_others(self, as_, cast, bounce):
        shown = text(as_(cast.ben).post(f"/mail/addresses/{bounce.pk}/lift/", follow=True))

        bounce.refresh_from_db()
        assert bounce.lifted_at is None
        assert "Administrator" in shown

    def test_is_tried_again_once(self, as_, cast, bounce):
        client = as_(cast.hana)
        client.post(f"/mail/addresses/{bounce.pk}/lift/")

        shown = text(client.post(f"/mail/addresses/{bounce.pk}/lift/", follow=True))

        assert "Mail goes to this address again." in shown

    def test_is_nobodys_who_does_not_know_the_person(self, as_, cast):
        bounce = Bounce.objects.create(
            address=cast.ken.email, person=cast.ken, reason="550", at=now()
        )

        assert as_(cast.chie).post(f"/mail/addresses/{bounce.pk}/lift/").status_code == 404


def test_two_kinds_of_one_thing_stand_in_two_lines(as_, cast, tell):
    about = tell(cast.aki, of="Autumn plans")
    tell(cast.aki, about=about, kind=REPLY)

    assert text(as_(cast.aki).get("/notices/")).count("Autumn plans") == 2
