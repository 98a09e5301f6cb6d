"""Files through the pages: upload, columns, rehearsal, load; what each reader may do."""

from __future__ import annotations

import shutil

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kakehashi.clients.models import Company
from kakehashi.imports.models import ExportRun, ImportProblem, ImportRun, Mapping, Upload
from kakehashi.imports.tasks import run_export, run_import
from kakehashi.imports.web import exports

COMPANIES = b"code,name,country\nC1,Kaze,JP\nC2,Nagi,XX\n"
FINE = b"code,name,country\nC1,Kaze,JP\nC2,Nagi,SG\n"


@pytest.fixture
def english(cast):
    """The cast reads English, so that sentences can be compared."""
    for person in (cast.hana, cast.fumi, cast.go, cast.aki, cast.ken):
        person.language = "en"
        person.save(update_fields=["language"])
    return cast


def signed_in(client, person):
    client.force_login(person.login_row)
    return client


def send(client, kind, data, name="file.csv"):
    return client.post(
        reverse("imports:upload", args=[kind]), {"file": SimpleUploadedFile(name, data)}
    )


def carry_out(run):
    run_import(str(run.pk), str(run.person_id))
    run.refresh_from_db()
    return run


def rehearsed(client, kind, data, **choices):
    """Upload a file, accept the guessed columns, have it rehearsed."""
    upload = Upload.objects.get(pk=send(client, kind, data).url.split("/")[-2])
    page = client.get(reverse("imports:columns", args=[upload.pk]))
    chosen = {name: field.initial or "" for name, field in page.context["form"].fields.items()}
    client.post(reverse("imports:columns", args=[upload.pk]), {**chosen, **choices})
    return carry_out(ImportRun.objects.get(upload=upload))


def test_a_file_is_uploaded_rehearsed_and_loaded(client, english):
    client = signed_in(client, english.hana)
    run = rehearsed(client, "companies", FINE)

    assert (run.created, run.rejected, run.loaded) == (2, 0, False)
    assert not Company.objects.filter(code="C1").exists()
    assert "nothing was changed" in client.get(reverse("imports:run", args=[run.pk])).text

    answer = client.post(reverse("imports:load", args=[run.pk]), {"partial": "no"})
    loaded = carry_out(ImportRun.objects.get(rehearsed=False))

    assert answer.url == reverse("imports:run", args=[loaded.pk])
    assert (loaded.created, loaded.loaded) == (2, True)
    assert Company.objects.filter(code__in=["C1", "C2"]).count() == 2


def test_rows_with_problems_are_told_filtered_and_taken_away(client, english):
    client = signed_in(client, english.hana)
    run = rehearsed(client, "companies", COMPANIES)
    address = reverse("imports:run", args=[run.pk])

    page = client.get(address)
    assert [(p.row, p.column, p.value) for p in page.context["problems"]] == [(1, "country", "XX")]
    assert "is not a country" in page.text
    assert not client.get(address, {"column": "name"}).context["problems"]
    assert len(client.get(address, {"q": "xx"}).context["problems"]) == 1
    taken = client.get(reverse("imports:problems", args=[run.pk]))
    assert taken.content.decode("utf-8-sig").splitlines()[1].startswith("1,3,Country,XX,")


def test_a_real_run_goes_on_without_rejected_rows_only_if_told_to(client, english):
    client = signed_in(client, english.hana)
    run = rehearsed(client, "companies", COMPANIES)
    address = reverse("imports:load", args=[run.pk])

    client.post(address, {"partial": "no"})
    nothing = carry_out(ImportRun.objects.get(rehearsed=False))
    assert (nothing.loaded, Company.objects.filter(code="C1").exists()) == (False, False)

    client.post(address, {"partial": "yes"})
    some = carry_out(ImportRun.objects.filter(rehearsed=False).latest("asked_at"))
    assert (some.loaded, some.created, some.rejected) == (True, 1, 1)
    assert Company.objects.filter(code="C1").exists()


def test_where_nothing_is_to_load_loading_is_not_offered(client, english):
    client = signed_in(client, english.hana)

    def offers(data):
        run = rehearsed(client, "companies", data)
        page = client.get(reverse("imports:run", args=[run.pk])).text
        Upload.objects.all().delete()
        return "Load for real" in page, "Load without" in page, "nothing to load" in page

    assert offers(FINE) == (True, False, False)
    assert offers(COMPANIES) == (False, True, False)
    assert offers(b"code,name,country\nC2,Nagi,XX\n") == (False, False, True)
    Company.objects.create(code="C1", name="Kaze", folded="kaze", country="JP")
    assert offers(b"code,name,country\nC1,Kaze,JP\n") == (False, False, True)


def test_forms_of_dates_are_asked_for_only_where_a_column_holds_dates(client, english):
    client = signed_in(client, english.hana)
    for kind, data, asked in (
        ("companies", FINE, False),
        ("seats", b"account,person,role,starts_on\n", True),
    ):
        page = client.get(send(client, kind, data).url)

        assert ("Dates are written" in page.text) is asked


def test_columns_are_remembered_for_files_of_the_same_headings(client, english):
    client = signed_in(client, english.hana)
    strange = "番号,相手先\nC1,Kaze\n".encode()
    rehearsed(client, "companies", strange, column_code="番号", column_name="相手先")

    upload = Upload.objects.get(pk=send(client, "companies", strange).url.split("/")[-2])
    form = client.get(reverse("imports:columns", args=[upload.pk])).context["form"]

    assert form["column_name"].initial == "相手先"
    assert Mapping.objects.count() == 1


def test_one_value_for_every_row_and_a_form_of_dates_can_be_given(client, english):
    client = signed_in(client, english.hana)
    data = b"account,login,since\n%s,%s,01/05/2025\n" % (
        english.sora_tea.code.encode(),
        english.ben.handle.encode(),
    )
    run = rehearsed(
        client,
        "seats",
        data,
        column_person="login",
        column_starts_on="since",
        format_starts_on="%d/%m/%Y",
        constant_role="account_supervisor",
    )

    assert (run.created, run.rejected) == (1, 0)


def test_columns_that_do_not_suffice_are_refused_with_the_reason(client, english):
    client = signed_in(client, english.hana)
    upload = Upload.objects.get(pk=send(client, "companies", FINE).url.split("/")[-2])

    answer = client.post(reverse("imports:columns", args=[upload.pk]), {"column_code": "code"})

    assert answer.status_code == 422
    assert "lacks the column name" in answer.text
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"a,a\n1,2\n"])
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(client, english, data, settings):
    client = signed_in(client, english.hana)
    folder = settings.HOME.files / "imports" / str(english.hana.pk)
    shutil.rmtree(folder, ignore_errors=True)  # what an earlier test of the same person kept

    answer = send(client, "companies", data)

    assert answer.status_code == 422
    assert not Upload.objects.exists()
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize(
    ("name", "kind", "status"),
    [
        ("hana", "companies", 200),
        ("hana", "revenue", 200),
        ("hana", "walls", 403),
        ("fumi", "revenue", 200),
        ("fumi", "people", 403),
        ("go", "walls", 200),
        ("go", "accounts", 403),
        ("aki", "companies", 403),
        ("ken", "companies", 404),
    ],
)
def test_who_may_load_what(client, english, name, kind, status):
    client = signed_in(client, getattr(english, name))

    assert client.get(reverse("imports:upload", args=[kind])).status_code == status


def test_an_administrator_of_one_office_only_does_not_load_for_all(client, english):
    english.hana.roles.update(office=english.osaka)
    client = signed_in(client, english.hana)

    answer = client.get(reverse("imports:upload", args=["accounts"]))

    assert answer.status_code == 403
    assert "one office at the top" in answer.text


def test_an_administrator_knows_of_others_runs_but_not_of_what_was_in_their_files(client, english):
    run = rehearsed(
        signed_in(client, english.fumi),
        "revenue",
        b"account,month,service_line,net_revenue,currency\nSECRET,2025-04,media,1,JPY\n",
    )
    assert run.rejected == 1

    client = signed_in(client, english.hana)
    index = client.get(reverse("imports:index"))

    assert [r.pk for r in index.context["runs"]] == [run.pk]
    assert "file.csv" not in index.text
    assert client.get(reverse("imports:run", args=[run.pk])).status_code == 404
    assert client.get(reverse("imports:problems", args=[run.pk])).status_code == 404
    assert ImportProblem.objects.count() == 1


def test_others_see_no_runs_but_their_own(client, english):
    rehearsed(signed_in(client, english.hana), "companies", FINE)

    assert list(signed_in(client, english.aki).get(reverse("imports:index")).context["runs"]) == []


def test_a_run_under_way_is_polled_until_it_is_over(client, english):
    client = signed_in(client, english.hana)
    upload = Upload.objects.get(pk=send(client, "companies", FINE).url.split("/")[-2])
    client.post(
        reverse("imports:columns", args=[upload.pk]), {"column_code": "code", "column_name": "name"}
    )
    run = ImportRun.objects.get()
    address = reverse("imports:run", args=[run.pk])

    waiting = client.get(address, headers={"HX-Request": "true"})
    assert f'hx-get="{address}"' in waiting.text
    assert "HX-Refresh" not in waiting.headers

    carry_out(run)
    over = client.get(address, headers={"HX-Request": "true"})
    assert over.headers["HX-Refresh"] == "true"
    assert "hx-get" not in over.text


def test_a_run_done_twice_is_done_once(client, english):
    client = signed_in(client, english.hana)
    run = rehearsed(client, "companies", COMPANIES)
    finished = run.finished_at

    assert carry_out(run).finished_at == finished


def test_an_account_behind_a_wall_is_as_unknown_as_none(client, english):
    from tests import factories as make

    make.denial(english.fumi, english.rival)
    data = "account,month,service_line,net_revenue,currency\n{},2025-04,media,1,JPY\n"
    client = signed_in(client, english.fumi)

    hidden = rehearsed(client, "revenue", data.format(english.rival.code).encode())
    nothing = rehearsed(client, "revenue", data.format("NOSUCH").encode())

    assert [p.reason for p in hidden.problems.all()] == [p.reason for p in nothing.problems.all()]


def test_a_small_export_comes_at_once_and_goes_back_in_unchanged(client, english):
    client = signed_in(client, english.hana)
    for form in ("csv", "xlsx"):
        taken = client.get(reverse("imports:export", args=["accounts", form]))
        run = rehearsed(client, "accounts", taken.content)

        assert (run.rows, run.unchanged, run.rejected) == (3, 3, 0)


def test_what_is_taken_away_is_what_one_sees(client, english):
    taken = signed_in(client, english.aki).get(reverse("imports:export", args=["accounts", "csv"]))

    assert english.sora.code in taken.text
    assert english.rival.code not in taken.text


def test_a_large_export_is_written_in_the_background(client, english, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    client = signed_in(client, english.hana)
    address = reverse("imports:export", args=["offices", "csv"])

    assert "5 rows" in client.get(address).text
    client.post(reverse("imports:ask-export", args=["offices", "csv"]))
    run = ExportRun.objects.get()
    run_export(str(run.pk), str(run.person_id))

    page = client.get(reverse("imports:export-run", args=[run.pk]))
    file = client.get(reverse("imports:export-file", args=[run.pk]))
    assert "5 rows" in page.text
    assert b"TYO1" in b"".join(file.streaming_content)
    other = signed_in(client, english.aki)
    assert other.get(reverse("imports:export-file", args=[run.pk])).status_code == 404


def test_an_export_is_not_kept_for_long(client, english, monkeypatch):
    import datetime as dt

    from kakehashi.imports import rules

    client = signed_in(client, english.hana)
    client.post(reverse("imports:ask-export", args=["offices", "csv"]))
    run = ExportRun.objects.get()
    run_export(str(run.pk), str(run.person_id))
    monkeypatch.setattr(rules, "KEPT", dt.timedelta(0))

    assert "no longer kept" in client.get(reverse("imports:export-run", args=[run.pk])).text
    assert client.get(reverse("imports:export-file", args=[run.pk])).status_code == 404


def test_a_client_has_no_such_pages(client, english):
    client = signed_in(client, english.ken)

    assert client.get(reverse("imports:index")).status_code == 404
    assert client.get(reverse("imports:export", args=["companies", "csv"])).status_code == 404
