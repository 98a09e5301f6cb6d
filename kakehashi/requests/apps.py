from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "kakehashi.requests"

    def ready(self) -> None:
        from kakehashi.handoffs import naming
        from kakehashi.handoffs.telling import SUBJECT
        from kakehashi.notify import replies
        from kakehashi.people import privacy
        from kakehashi.requests import personal, queries, recorded, states, telling
        from kakehashi.requests.mail import addresses

        naming.register(states.TO_TAKE_UP, _("Request"))
        naming.register(states.QUESTION, _("Question on a request"))
        naming.register(states.TO_BEGIN, _("Accepted request"))
        naming.register(states.TO_LOOK_AT_MAIL, _("Held mail"))
        privacy.register("requests", personal.exported, personal.forgotten)
        replies.register(states.REQUEST, addresses.of_request)
        replies.register(SUBJECT, queries.answers_to_ball)
        telling.register()
        recorded.register()
