"""What a mail says: in its reader's language, of what they see and have not seen by then."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from kakehashi.notify import actions, links
from kakehashi.notify.composing import compose
from kakehashi.notify.models import Mail, Notification
from kakehashi.notify.tests.conftest import GOSSIP, LETTER, REPLY, english, notice_of
from kakehashi.policy.acting import acting_as
from tests import factories as make


@pytest.fixture
def read(post):
    """read(aki) is the one mail that goes to Aki now, or None."""

    def composed(person):
        (mail,) = post(person, send=False)
        return compose(mail)

    return composed


def test_one_notice_says_what_it_is_in_its_subject_and_links_through_the_notice(cast, tell, read):
    tell(english(cast.aki), of="Autumn plans", account=cast.sora)

    mail = read(cast.aki)

    address = f"http://localhost:8000/notices/{notice_of(cast.aki).pk}/"
    assert (mail.to, mail.subject) == (cast.aki.email, "A letter came: Autumn plans")
    for text in (mail.text, mail.html):
        assert all(said in text for said in ("Autumn plans", "Somebody wrote", "Sora", address))


def test_several_are_grouped_by_account(cast, tell, read):
    for of, account in (
        ("Zebra", cast.sora_tea),
        ("Ant", None),
        ("Bee", cast.sora),
        ("Cat", cast.sora),
    ):
        tell(english(cast.aki), of=of, account=account)

    mail = read(cast.aki)

    assert mail.subject == "4 notices: Sora, Sora Tea"
    wanted = ["Of no account", "Ant", "■ Sora\n", "Bee", "Cat", "■ Sora Tea", "Zebra"]
    found = [mail.text.index(said) for said in wanted]
    assert found == sorted(found)


def test_a_japanese_reader_reads_japanese(cast, tell, read):
    tell(cast.aki, of="秋の計画")
    tell(cast.aki, of="冬の計画")

    mail = read(cast.aki)

    assert mail.subject == "通知2件"
    assert "配信停止" in mail.text
    assert 'lang="ja"' in mail.html


def test_what_was_seen_meanwhile_is_left_out(cast, tell, read):
    tell(cast.aki, of="Old")
    tell(cast.aki, of="New")
    mail = _written(cast.aki)
    with acting_as(cast.aki):
        old = Notification.objects.earliest("id")
        actions.see(notices=[old.pk], by=cast.aki, at=now())

    assert "Old" not in compose(mail).text
    assert "New" in compose(mail).text


def _written(person) -> Mail:
    from kakehashi.notify.tasks import write_mails

    write_mails.func(person_id=str(person.pk))
    return Mail.objects.get(person=person)


def test_what_a_wall_hides_meanwhile_is_left_out(cast, tell):
    tell(cast.emi, of="Secret", account=cast.sora)
    tell(cast.emi, of="Open", account=cast.rival)
    mail = _written(cast.emi)
    make.denial(cast.emi, cast.sora)

    composed = compose(mail)

    assert "Secret" not in composed.text + composed.html + composed.subject
    assert "Sora" not in composed.text + composed.html + composed.subject
    assert "Open" in composed.text


def test_nothing_left_is_no_mail(cast, tell, letters):
    about = tell(cast.aki)
    mail = _written(cast.aki)
    letters.burn(about)

    assert compose(mail) is None


def test_who_left_is_mailed_nothing(cast, tell):
    tell(cast.aki)
    mail = _written(cast.aki)
    cast.aki.employments.update(ends_on=make.LONG_AGO)

    assert compose(mail) is None


def test_who_stopped_it_meanwhile_is_mailed_nothing(cast, tell):
    tell(cast.aki)
    mail = _written(cast.aki)
    with acting_as(cast.aki):
        actions.choose(choices={LETTER: "never"}, by=cast.aki, at=now())

    assert compose(mail) is None


def test_a_title_cannot_break_out_of_its_place(cast, tell, read):
    tell(cast.aki, of="<b>Bold</b>\nBcc: x@y.example")

    mail = read(cast.aki)

    assert "\n" not in mail.subject
    assert "&lt;b&gt;Bold&lt;/b&gt;" in mail.html
    assert "<b>Bold</b>" in mail.text


class TestTheLinkToStopIt:
    def claim(self, mail):
        address = mail.headers["List-Unsubscribe"]
        token = address.removeprefix("<http://localhost:8000/auth/mail/").removesuffix("/>")
        return links.read(token)

    def test_stops_what_the_mail_told_of(self, cast, tell, read):
        tell(cast.aki)

        mail = read(cast.aki)

        assert self.claim(mail) == links.Claim(cast.aki.pk, (LETTER,))
        assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail.headers["List-Unsubscribe"].strip("<>") in mail.text

    def test_of_a_collected_mail_stops_all_that_is_collected(self, cast, tell, post):
        with acting_as(cast.aki):
            actions.choose(choices={REPLY: "evening"}, by=cast.aki, at=now())
        tell(cast.aki, kind=GOSSIP)
        Notification.objects.update(mail=Mail.objects.create(person=cast.aki, written_at=now()))

        assert self.claim(compose(Mail.objects.get())).kinds == (REPLY, GOSSIP)

    def test_made_elsewhere_it_says_nothing(self):
        assert links.read("abc") is None
        assert links.read("abc:def:ghi") is None
