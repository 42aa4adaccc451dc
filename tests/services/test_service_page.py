"""A service's page: every part of the record, in the citizen's order, escaped."""

from datetime import date

import pytest

from services.record import Question
from services.record.service import (
    Applicant,
    Channel,
    ChannelCase,
    Channels,
    Condition,
    Criterion,
    DigitalLink,
    Document,
    DocumentCase,
    Documents,
    Fee,
    FeeCase,
    Fees,
    Law,
    QuestionAnswer,
    QuestionText,
    Step,
    Validity,
)
from services.record.values import Duration, Ref, Standard, Standards, TimeEstimate
from services.templatetags.conecta import linked
from tests import records
from tests.services.portal import entry, page

pytestmark = pytest.mark.django_db


def mark(marks, text):
    marks.append(text)
    return text


def whole_service(marks):
    """A service with every part filled, each text to be found on its page."""

    def m(text):
        return mark(marks, text)

    def rich(text):
        return f"<p>{m(text)}</p>"

    question = entry(Question, "question", "Onde você mora?")
    rural = Condition(question=records.ref(question), answers=["rural"])
    return records.service(
        title=m("Pedir poda"),
        sector=m("Setor de podas"),
        summary=m("Resumo da poda"),
        popular_names=[m("cortar galho")],
        description=rich("Descrição longa"),
        outcome=rich("Árvore podada"),
        applicants=[Applicant(who=m("Moradores"), requirements=rich("Morar na rua"))],
        requirements=rich("Ter árvore"),
        criteria=[Criterion(basis="order", description=rich("Quem pede antes"))],
        queue=rich("Fila no mural"),
        appeal=rich("Recorra em dez dias"),
        steps=[
            Step(
                title=m("Peça a vistoria"),
                description=rich("Espere o técnico"),
                documents=Documents(
                    default=[
                        Document(
                            name=m("Foto da árvore"),
                            note=m("Nota da foto"),
                            where_to_get=m("No seu celular"),
                            form=Ref(kind="form", id="aaaaaaaaaa", title=m("Formulário de poda"), url="/f/"),
                            service=Ref(kind="service", id="aaaaaaaaab", title=m("Outro serviço"), url="/o/"),
                            legal_basis=m("Lei das árvores, art. 3º"),
                        )
                    ],
                    cases=[DocumentCase(text=m("Se for alta"), items=[Document(name=m("Laudo"))])],
                ),
                fees=Fees(
                    default=[Fee(name=m("Taxa de poda"), amount="42.50")],
                    cases=[FeeCase(condition=rural, items=[Fee(name=m("Taxa rural"), varies=m("conforme o metro"))])],
                ),
                channels=Channels(
                    default=[Channel(type="post", text=m("Caixa postal 1"), waiting=Duration(quantity=17))],
                    cases=[
                        ChannelCase(text=m("Se tiver pressa"), items=[Channel(type="web", url="https://p.example/z")])
                    ],
                ),
                time=TimeEstimate(type="up_to", max=3, unit="hours", note=m("nota da etapa")),
            )
        ],
        time=TimeEstimate(type="between", min=4, max=9, unit="working_days", note=m("nota do prazo")),
        legislation=[Law(title=m("Código de árvores"), url="https://lei.example/1")],
        validity=Validity(type="limited", quantity=8, unit="months", note=m("nota da validade")),
        digital_link=DigitalLink(url="https://poda.example/", login="govbr_prata", device="computer"),
        contact=rich("Pergunte ao setor"),
        topics=[records.ref(records.topic(m("Árvores")))],
        related=[Ref(kind="service", id="aaaaaaaaac", title=m("Plantar árvore"), url="/p/")],
        related_texts=[m("Serviço de fora")],
        forms=[Ref(kind="form", id="aaaaaaaaad", title=m("Ficha de poda"), url="/ficha/")],
        units=[Ref(kind="unit", id="aaaaaaaaae", title=m("Viveiro"), url="/v/")],
        area_served=[records.ref(records.district(m("Bate-Pé")))],
        standards=Standards(
            **{name: Standard(text=rich(f"Padrão {name}"), origin="city") for name in Standards.model_fields}
        ),
        questions=[
            QuestionText(
                id=question.id, title=m("Onde você mora?"), answers=[QuestionAnswer(key="rural", text=m("No campo"))]
            )
        ],
        reviewed_on=date(2026, 10, 9),
    )


def test_every_part_of_a_service_is_on_its_page(client, clock):
    marks = []
    service = whole_service(marks)
    records.put_record(service)
    html = page(client, service.url)
    marks += [
        "R$\xa042,50",
        "entre 4 e 9 dias úteis".capitalize(),
        "até 3 horas",
        "17 minutos",
        "vale por 8 meses",
        "nível prata",
        "só funciona no computador",
        "https://p.example/z",
        "https://lei.example/1",
        # The way there goes by /ir/, so that presses are counted; where it leads is said.
        "Abre poda.example.",
        f"/ir/{service.id}",
        "9 de outubro de 2026",
        "Vale para toda a Prefeitura",
        "https://wa.me/?text=",
    ]
    assert [text for text in marks if text not in html] == []


def test_a_long_address_is_cut_without_a_gap_before_it(client, clock):
    service = records.complete_service("Podar", digital_link={"url": f"https://poda.example/{'a' * 60}"})
    records.put_record(service)
    assert "Abre poda.example/aaa" in page(client, service.url)


def test_the_sections_of_a_service_stand_in_the_citizens_order(client, clock):
    service = whole_service([])
    records.put_record(service)
    html = page(client, service.url)
    order = ["quem-pode", "o-que-levar", "como-fazer", "quanto-custa", "quanto-demora", "onde"]
    order += ["como-decide", "acompanhar", "reclamar"]
    places = [html.index(f'<h2 id="{name}"') for name in (*order, "seus-direitos")]
    assert html.index("c-answer") < places[0]
    assert places == sorted(places)


def test_addresses_that_are_no_web_addresses_are_no_links_and_text_is_escaped(client, clock):
    service = records.service(
        title="Pedir <b>poda</b>",
        slug="pedir-poda",
        digital_link=DigitalLink(url="javascript:alert(1)"),
        legislation=[Law(title="Lei", url="data:text/html,x")],
        steps=[Step(channels=Channels(default=[Channel(type="web", text="<script>", url="//outro.example")]))],
    )
    records.put_record(service)
    html = page(client, service.url)
    assert 'href="javascript' not in html
    # The sign of the browser's tab is ours.
    assert 'href="data:' not in html.partition("</head>")[2]
    assert 'href="//' not in html
    assert "<script>" not in html
    assert "Pedir &lt;b&gt;poda&lt;/b&gt;" in html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "(veja http://a.example/x), e <b>",
            '(veja <a href="http://a.example/x">http://a.example/x</a>), e &lt;b&gt;',
        ),
        (
            "http://a.example/(x)?a=1&b=2.",
            '<a href="http://a.example/(x)?a=1&amp;b=2">http://a.example/(x)?a=1&amp;b=2</a>.',
        ),
        ("www.a.example; 0800 611 535", '<a href="http://www.a.example">www.a.example</a>; <a href="tel:0800611535">'),
    ],
)
def test_addresses_in_texts_are_links_and_no_sign_of_the_sentence_is_lost(written, shown):
    assert shown in linked(written)


def test_phone_numbers_in_texts_are_links(client, clock):
    channels = [
        Channel(type="phone", text="0800 123 4567, de manhã & de tarde"),
        Channel(type="phone", text="(77) 3000-0125 ou 156"),
        Channel(type="phone", text="192, o SAMU"),
        Channel(type="whatsapp", text="(77) 90000-0125, a qualquer hora"),
    ]
    service = records.service(
        summary="Central pelo 156. Escreva para poda@prefeitura.example.",
        appeal="<p>Recorra em até 180 dias (Lei nº 190), na Rua Bahia, 156, ou ao Procon, 151.</p>",
        outcome="<p>Em perigo, ligue <strong>199</strong> e leve <strong>190</strong> tijolos.</p>",
        contact='<p>Ligue 156, (77) 3000-0123 ou WhatsApp (77) 90000-0123.</p><p><a href="tel:+557730000124">'
        "(77) 3000-0124</a>; são 156 vagas.</p>",
        steps=[Step(channels=Channels(default=channels))],
    )
    records.put_record(service)
    html = page(client, service.url)
    assert 'pelo <a href="tel:156">156</a>. Escreva para <a href="mailto:poda@prefeitura.example">' in html
    assert "em até 180 dias (Lei nº 190), na Rua Bahia, 156, ou ao Procon, <a href=" in html
    assert '<a href="tel:+557730000125">(77) 3000-0125</a> ou <a href="tel:156">156</a>' in html
    assert '<a href="tel:192">192</a>, o SAMU' in html
    assert '<a href="https://wa.me/5577900000125">(77) 90000-0125</a>, a qualquer hora' in html
    assert '<strong><a href="tel:199">199</a></strong> e leve <strong>190</strong>' in html
    assert 'Ligue <a href="tel:156">156</a>, <a href="tel:+557730000123">(77) 3000-0123</a>' in html
    assert '<a href="https://wa.me/5577900000123">(77) 90000-0123</a>' in html
    assert '<a href="tel:+557730000124">(77) 3000-0124</a>; são 156 vagas' in html
    assert '<a href="tel:08001234567">0800 123 4567</a>, de manhã &amp; de tarde' in html
