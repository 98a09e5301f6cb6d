from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "kakehashi.notify"

    def ready(self) -> None:
        from kakehashi.notify import personal
        from kakehashi.notify.web import panels as ours
        from kakehashi.people import panels, privacy

        privacy.register("notices", personal.exported, personal.forgotten)
        panels.register("person_accounts", ours.bouncing)
        panels.register("own", ours.own)
