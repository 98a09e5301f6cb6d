from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "kakehashi.clients"

    def ready(self) -> None:
        from kakehashi.clients import agenda, leaving, personal, recorded
        from kakehashi.clients.web import panels as ours
        from kakehashi.people import feeds, holdings, panels, privacy

        feeds.register("clients", agenda.events)
        holdings.register("clients", leaving.held_by, settle=leaving.settle)
        holdings.register_office("clients", leaving.led_by)
        privacy.register("clients", personal.exported, personal.forgotten, personal.objection)
        panels.register("person_accounts", ours.accounts_of_person)
        panels.register("office_accounts", ours.accounts_of_office)
        recorded.register()
