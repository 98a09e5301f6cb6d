from django.apps import AppConfig


class ConflictsConfig(AppConfig):
    name = "kakehashi.conflicts"

    def ready(self) -> None:
        from django.utils.translation import pgettext_lazy

        from kakehashi.clients import gates
        from kakehashi.conflicts import agenda, gating, recorded, telling
        from kakehashi.conflicts.actions.checks import CHECK, CONSENT
        from kakehashi.conflicts.actions.competing import RULE
        from kakehashi.conflicts.actions.walls import FLAG, NOTICE, REASSIGN
        from kakehashi.handoffs import naming
        from kakehashi.people import feeds

        gates.register(status=gating.without_clearance, seat=gating.serves_a_rival)
        feeds.register("conflicts", agenda.events)
        telling.register()
        naming.register(CHECK, pgettext_lazy("kind of ball", "Conflict check"))
        naming.register(CONSENT, pgettext_lazy("kind of ball", "Consent"))
        naming.register(NOTICE, pgettext_lazy("kind of ball", "Acknowledgement"))
        naming.register(RULE, pgettext_lazy("kind of ball", "Rule of the agency"))
        naming.register(FLAG, pgettext_lazy("kind of ball", "Decision"))
        naming.register(REASSIGN, pgettext_lazy("kind of ball", "Successor"))
        recorded.register()
