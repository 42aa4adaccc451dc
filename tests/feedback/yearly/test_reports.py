"""The law's yearly reports: counted once, written, approved by two, public, and as a tagged PDF."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from feedback.models import Manifestation, Rating, YearlyReportPage
from feedback.yearly.drafting import AlreadyThere, draft_report, years
from feedback.yearly.law import EVALUATION, FIGURES, ITEMS, OMBUDSMAN
from feedback.yearly.sections import section
from feedback.yearly_report import figures_of_year, punctuality
from services.newsroom.acts import take_down
from tests.feedback.yearly.pdf_text import text_of_pdf
from tests.feedback.yearly.told_year import AT, manifested, rated, sections_of
from tests.services.editing import text_of
from tests.services.newsroom.people import browser, decide, latest, person, set_up, submitted

pytestmark = pytest.mark.django_db


def test_art_15_i_the_number_of_manifestations_of_the_year_before(year: Any) -> None:
    assert years(AT)[0] == 2025
    received = sections_of(OMBUDSMAN)["received"]
    assert "Manifestações recebidas em 2025: 69" in received


def test_art_15_ii_the_motives(year: Any) -> None:
    motives = sections_of(OMBUDSMAN)["motives"]
    assert "['Reclamação', '50']" in motives
    assert "['Secretaria da Saúde', '49'], ['Secretaria de Finanças', '20']" in motives


def test_art_15_iii_points_that_come_again(year: Any) -> None:
    recurrent = sections_of(OMBUDSMAN)["recurrent"]
    assert "['Marcar consulta', '30']" in recurrent
    assert "['Demorou', '15']" in recurrent


def test_art_15_iv_and_23_v_what_became_a_change(year: Any) -> None:
    for kind in (OMBUDSMAN, EVALUATION):
        YearlyReportPage.objects.all().delete()
        assert "12 manifestações do ano viraram mudança" in sections_of(kind)["improvements"]


def test_art_16_answers_in_time(year: Any) -> None:
    answering = sections_of(OMBUDSMAN)["answering"]
    assert "['Respondidas no prazo', 'protegido']" in answering, "it would give away the nine below"
    assert "['Respondidas depois do prazo', '30']" in answering
    assert "['Sem resposta, com o prazo vencido', 'menos de 10']" in answering
    assert "Respostas dos órgãos à Ouvidoria" in answering


def test_art_23_i_satisfaction(year: Any) -> None:
    said = sections_of(EVALUATION)["satisfaction"]
    assert "Avaliações recebidas: 48. Postas de lado por parecerem de programas ou de uma só origem: 11" in said
    assert "Nota média: 3,51 de 5" in said
    assert "59,5% das pessoas" in said
    assert "['Secretaria de Finanças', '10', '4,00'], ['Secretaria da Saúde', '27', '3,33']" in said


def test_art_23_ii_quality(year: Any) -> None:
    assert "['Sim', '12'], ['Em parte', '0'], ['Não', '15']" in sections_of(EVALUATION)["quality"]


def test_art_23_iii_commitments_and_deadlines(year: Any) -> None:
    said = sections_of(EVALUATION)["commitments"]
    assert "['Não foi como este site diz', '15']" in said
    assert "['Respondidas depois do prazo', '30']" in said


def test_art_23_iv_the_number_of_manifestations(year: Any) -> None:
    assert "Manifestações recebidas em 2025: 69" in sections_of(EVALUATION)["manifestations"]


def test_art_23_paragraph_2_the_ranking_of_complaints(year: Any) -> None:
    ranking = sections_of(EVALUATION)["ranking"]
    assert "[['Secretaria da Saúde', '30'], ['Secretaria de Finanças', '20']]" in ranking


@pytest.mark.parametrize(("asked", "answered", "extended", "state"), [
    (date(2025, 3, 3), 30, None, "in_time"),
    (date(2025, 3, 3), 31, None, "late"),
    (date(2025, 3, 3), 60, 29, "in_time"),
    (date(2025, 3, 3), 61, 29, "late"),
    # The first thirty end on a Saturday: the thirty more begin on the Monday, as the inbox has it.
    (date(2025, 3, 6), 62, 29, "in_time"),
    (date(2025, 3, 6), 63, 29, "late"),
    (date(2025, 3, 3), 31, 40, "late"),
    (date(2026, 2, 1), None, None, "waiting"),
    (date(2025, 12, 1), None, None, "overdue"),
    (date(2025, 12, 20), None, 10, "waiting"),
])  # fmt: skip
def test_art_16_thirty_days_and_thirty_more(
    asked: date, answered: int | None, extended: int | None, state: str
) -> None:
    begin = datetime(asked.year, asked.month, asked.day, 12, tzinfo=UTC)

    def after(days: int | None) -> datetime | None:
        return None if days is None else begin + timedelta(days=days)

    found = punctuality([(begin, after(answered), after(extended))] * 10, 30, city=None, at=AT)
    assert {name for name, number in found.states.items() if number == 10} == {state}


def test_art_66_where_the_city_moves_no_last_day_no_report_does(settings: Any) -> None:
    """Thirty days after it was asked is a Saturday, and it was answered on the Monday."""
    begin = datetime(2025, 3, 6, 12, tzinfo=UTC)
    rows = [(begin, begin + timedelta(days=32), None)] * 10
    assert punctuality(rows, 30, city=None, at=AT).states["in_time"] == 10
    settings.CONECTA_DEADLINE_NEXT_WORKING_DAY = False
    assert punctuality(rows, 30, city=None, at=AT).states["late"] == 10


def test_nine_are_not_told(year: Any) -> None:
    Rating.objects.all().delete()
    rated(9, 5, body_id=year["health"].id)
    found = figures_of_year(2025, at=AT).as_json()
    assert found["ratings"]["opinion"] is None
    assert found["ratings"]["stars"] == {"1": 0, "2": 0, "3": 0, "4": 0, "5": "few"}
    assert found["ratings"]["bodies"] == []
    assert found["manifestations"]["kinds"]["suggestion"] == "few"


def test_a_year_without_anything_is_a_report_too() -> None:
    assert "não há nota média" in sections_of(EVALUATION)["satisfaction"]
    found = figures_of_year(2025, at=AT)
    assert (found.manifestations.received, found.answers.mean_days) == (0, None)


def test_a_year_is_counted_in_few_queries(year: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(20):
        figures_of_year(2025, at=AT)


def test_a_database_that_keeps_no_order_of_keys_changes_no_table(year: Any) -> None:
    figures = figures_of_year(2025, at=AT).as_json()
    turned = {name: dict(reversed(part.items())) if isinstance(part, dict) else part for name, part in figures.items()}
    for part in turned.values():
        for name, cells in part.items() if isinstance(part, dict) else ():
            part[name] = dict(reversed(cells.items())) if isinstance(cells, dict) else cells
    assert [section(turned, EVALUATION, key) for key in FIGURES] == [
        section(figures, EVALUATION, key) for key in FIGURES
    ]


def test_one_report_of_a_kind_and_year() -> None:
    draft_report(OMBUDSMAN, 2025, user=None, at=AT)
    with pytest.raises(AlreadyThere):
        draft_report(OMBUDSMAN, 2025, user=None, at=AT)
    draft_report(OMBUDSMAN, 2024, user=None, at=AT)


def written(report: YearlyReportPage, by: Any, **changes: Any) -> Any:
    """The report with all its texts."""
    page = latest(report)
    texts = [
        (
            block.block_type,
            block.value
            if block.block_type == "figures"
            else {"item": block.value["item"], "text": f"<p>Sobre {block.value['item']}, &lt;b&gt; #let *x*.</p>"},
        )
        for block in page.body
    ]
    for name, value in (
        {"body": texts, "sent_to": "Prefeita Municipal", "sent_on": date(2026, 2, 1)} | changes
    ).items():
        setattr(page, name, value)
    page.save_revision(user=by)
    return page


@pytest.fixture
def people() -> dict[str, Any]:
    set_up()
    return {
        "ombudsman": person("ouvidora", "ouvidoria"),
        "first": person("comunica", "comunicacao"),
        "second": person("chefe", "administracao"),
    }


def published(kind: str, people: dict[str, Any]) -> YearlyReportPage:
    report = draft_report(kind, 2025, user=people["ombudsman"], at=AT)
    written(report, people["ombudsman"])
    submitted(report, people["ombudsman"])
    decide(report, people["first"])
    decide(report, people["second"])
    return YearlyReportPage.objects.get(pk=report.pk)


@pytest.mark.parametrize("kind", [EVALUATION, OMBUDSMAN])
def test_arts_15_and_23_published_in_full_with_a_tagged_pdf(kind: str, year: Any, people: Any, client: Client) -> None:
    report = published(kind, people)
    assert report.live
    page = client.get(report.url)
    shown = text_of(page)
    address = reverse("conecta_feedback:yearly_pdf", args=[report.record_id])
    assert f'href="{address}"' in page.content.decode()
    file = client.get(address)
    assert file["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("pt")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as about:
            assert about["dc:title"] == report.title
            assert about["pdfuaid:part"] == "1"
        names = {
            str(each.S)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each
        }
        assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= names
    printed = text_of_pdf(file.content)
    for item in ITEMS[kind]:
        for where in (shown, printed):
            assert str(item.title) in where
            assert f"art. {item.article}" in where
            if not item.figures:
                assert f"Sobre {item.key}, <b> #let *x*." in where
    if kind == OMBUDSMAN:
        assert "Enviado a: Prefeita Municipal, em 01/02/2026." in printed
    assert client.get(address).content == file.content
    assert report.files.count() == 1


@pytest.mark.parametrize("missing", [(kind, item.key) for kind in ITEMS for item in ITEMS[kind]])
def test_arts_14_15_and_23_no_report_goes_public_without(missing: tuple[str, str]) -> None:
    kind, key = missing
    report = draft_report(kind, 2025, user=None, at=AT)
    page = written(report, None)
    assert page.wanting() == []
    page.body = [
        (block.block_type, block.value)
        for block in page.body
        if (block.value if block.block_type == "figures" else block.value["item"]) != key
    ]
    assert len(page.wanting()) == 1


def test_art_15_sole_paragraph_sent_to_the_top_authority() -> None:
    report = draft_report(OMBUDSMAN, 2025, user=None, at=AT)
    page = written(report, None, sent_on=None)
    assert "autoridade" in page.wanting()[0]


def test_what_is_wanting_is_said_at_the_form_and_nothing_is_submitted(people: Any) -> None:
    from tests.services.editing import filled

    report = draft_report(OMBUDSMAN, 2025, user=people["ombudsman"], at=AT)
    client = browser(people["ombudsman"])
    address = reverse("wagtailadmin_pages:edit", args=[report.pk])
    answer = client.post(address, filled(client, address, **{"action-submit": "1"}), follow=True)
    assert "Aponte as falhas" in text_of(answer)
    assert latest(report).current_workflow_state is None


def test_figures_stay_as_they_were(year: Any, people: Any, client: Client) -> None:
    report = published(OMBUDSMAN, people)
    before = client.get(report.url).content, client.get(f"/relatorios/{report.record_id}.pdf").content
    Manifestation.objects.all().delete()
    manifested(90)
    rated(50, 1)
    page = latest(report)
    page.figures = {}
    page.save_revision().publish()
    assert YearlyReportPage.objects.get(pk=report.pk).figures == report.figures
    assert (client.get(report.url).content, client.get(f"/relatorios/{report.record_id}.pdf").content) == before


def test_a_text_that_changes_makes_a_new_file_and_keeps_the_old(people: Any, client: Client) -> None:
    report = published(EVALUATION, people)
    client.get(f"/relatorios/{report.record_id}.pdf")
    page = latest(report)
    page.intro = "Um ano de trabalho."
    page.save_revision().publish()
    assert "Um ano de trabalho." in text_of_pdf(client.get(f"/relatorios/{report.record_id}.pdf").content)
    assert report.files.count() == 2


def test_what_was_public_is_not_deleted(people: Any) -> None:
    report = published(EVALUATION, people)
    take_down(report, people["first"], "Havia um erro de digitação no texto.")
    address = reverse("wagtailadmin_pages:delete", args=[report.pk])
    for user in (people["ombudsman"], people["first"], people["second"]):
        assert browser(user).post(address).status_code == 302
    assert YearlyReportPage.objects.filter(pk=report.pk, live=False).exists()


def test_a_draft_has_no_file(client: Client) -> None:
    report = draft_report(EVALUATION, 2025, user=None, at=AT)
    assert client.get(f"/relatorios/{report.record_id}.pdf").status_code == 404


def test_letters_that_no_font_has_do_not_stop_a_report(people: Any, client: Client) -> None:
    report = published(EVALUATION, people)
    page = latest(report)
    page.intro = "Obrigado 😀 東京 \u200dfim"
    page.save_revision().publish()
    assert "Obrigado ?? fim" in " ".join(text_of_pdf(client.get(f"/relatorios/{report.record_id}.pdf").content).split())


def test_the_ombudsman_makes_one_in_the_admin(people: Any) -> None:
    client = browser(people["ombudsman"])
    last = client.get(reverse("conecta_participation:report")).context["form"].fields["year"].choices[0][0]
    answer = client.post(reverse("conecta_participation:report"), {"kind": OMBUDSMAN, "year": last})
    report = YearlyReportPage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[report.pk])
    assert client.get(answer["Location"]).status_code == 200
    assert (report.year, report.live, report.owner) == (last, False, people["ombudsman"])
    assert report.title in text_of(client.get(reverse("conecta_participation:index")))
    again = client.post(reverse("conecta_participation:report"), {"kind": OMBUDSMAN, "year": last})
    assert again["Location"] == answer["Location"]


def test_who_may_not_write_makes_none_and_reads_no_draft(people: Any) -> None:
    report = draft_report(OMBUDSMAN, 2025, user=people["ombudsman"], at=AT)
    for user in (person("controle", "controle"), people["second"]):
        client = browser(user)
        assert client.get(reverse("conecta_participation:index")).status_code == 302
        assert (
            client.post(reverse("conecta_participation:report"), {"kind": EVALUATION, "year": 2025}).status_code == 302
        )
        answer = client.post(reverse("wagtailadmin_pages:edit", args=[report.pk]), {"title": "Outro"})
        assert answer.status_code == 302
    assert YearlyReportPage.objects.get().draft_title == report.title
