"""What an editor fills in, part by part: each block mirrors a value of the record, name for name.

The names are the contract: ``services.mapping`` walks the record's types and finds each
field under the same name here.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RICH_FEATURES = ["bold", "italic", "ol", "ul", "h3", "h4", "link"]

DURATION_UNITS = [
    ("minutes", _("minutos")),
    ("hours", _("horas")),
    ("calendar_days", _("dias corridos")),
    ("working_days", _("dias úteis")),
    ("months", _("meses")),
]
TIME_TYPES = [
    ("immediate", _("Na hora")),
    ("up_to", _("Até")),
    ("between", _("Entre")),
    ("average", _("Em média")),
    ("not_estimated", _("Ainda não estimado")),
]
CHANNEL_TYPES = [
    ("in_person", _("Presencial")),
    ("web", _("Internet")),
    ("web_schedule", _("Internet: agendar")),
    ("web_track", _("Internet: acompanhar")),
    ("web_consult", _("Internet: consultar")),
    ("web_enrol", _("Internet: inscrever-se")),
    ("web_issue", _("Internet: emitir")),
    ("web_fill_in", _("Internet: preencher")),
    ("web_declare", _("Internet: declarar")),
    ("web_calculate", _("Internet: calcular taxas")),
    ("app", _("Aplicativo de celular")),
    ("phone", _("Telefone")),
    ("whatsapp", _("WhatsApp")),
    ("sms", _("SMS")),
    ("email", _("E-mail")),
    ("post", _("Correios")),
    ("fax", _("Fax")),
    ("home_visit", _("Visita em casa")),
]
CRITERION_BASES = [
    ("order", _("Ordem de chegada ou de inscrição")),
    ("income", _("Renda")),
    ("priority_group", _("Grupo com prioridade")),
    ("lottery", _("Sorteio")),
    ("assessment", _("Avaliação técnica")),
    ("other", _("Outro")),
]
CONTACT_TYPES = [
    ("phone", _("Telefone")),
    ("whatsapp", _("WhatsApp")),
    ("email", _("E-mail")),
    ("website", _("Site")),
    ("social", _("Rede social")),
]
WEEKDAYS = [
    ("mon", _("Segunda")),
    ("tue", _("Terça")),
    ("wed", _("Quarta")),
    ("thu", _("Quinta")),
    ("fri", _("Sexta")),
    ("sat", _("Sábado")),
    ("sun", _("Domingo")),
]


def line(label: Any, help_text: Any = "", **kwargs: Any) -> blocks.CharBlock:
    """One line of text, optional unless said otherwise: drafts may be incomplete."""
    return blocks.CharBlock(**{"label": label, "help_text": help_text, "required": False, **kwargs})


def text(label: Any, help_text: Any = "", *, rows: int = 2) -> blocks.TextBlock:
    """A few lines of plain text."""
    return blocks.TextBlock(label=label, help_text=help_text, required=False, rows=rows)


def rich(label: Any, help_text: Any = "") -> blocks.RichTextBlock:
    """Text with lists and links."""
    return blocks.RichTextBlock(label=label, help_text=help_text, required=False, features=RICH_FEATURES)


def choice(label: Any, options: list[tuple[str, Any]], **kwargs: Any) -> blocks.ChoiceBlock:
    """One of a few words."""
    return blocks.ChoiceBlock(**{"label": label, "choices": options, "required": False, **kwargs})


def listed(child: blocks.Block, label: Any, help_text: Any = "") -> blocks.ListBlock:
    """Any number of the same, collapsed."""
    return blocks.ListBlock(child, label=label, help_text=help_text, default=[], collapsed=True)


class TimeEstimateBlock(blocks.StructBlock):
    """``record.TimeEstimate``; none while no type is chosen."""

    type = choice(_("Prazo"), TIME_TYPES, help_text=_("“Até” e “Entre” prometem um prazo máximo, como pede a lei."))
    min = blocks.IntegerBlock(label=_("De"), required=False, min_value=0, help_text=_("Só para “Entre”. Exemplo: 2"))
    max = blocks.IntegerBlock(label=_("Até"), required=False, min_value=0, help_text=_("Exemplo: 5"))
    unit = choice(_("Unidade"), DURATION_UNITS)
    note = text(_("Observação"), _("Exemplo: conta a partir da entrega de todos os documentos."))

    class Meta:
        label = _("Prazo")
        icon = "time"
        label_format = "{type} {max}"


class DurationBlock(blocks.StructBlock):
    """``record.Duration``; none while no quantity is given."""

    quantity = blocks.IntegerBlock(label=_("Quantidade"), required=False, min_value=0, help_text=_("Exemplo: 30"))
    unit = choice(_("Unidade"), DURATION_UNITS, default="minutes")

    class Meta:
        label = _("Espera")
        label_format = "{quantity} {unit}"


class ConditionBlock(blocks.StructBlock):
    """``record.Condition``; none while no question is chosen."""

    question = SnippetChooserBlock("conecta_services.Question", label=_("Pergunta"), required=False)
    answers = listed(
        line(_("Resposta")), _("Respostas"), _("O código de cada resposta para a qual o caso vale. Exemplo: fisica")
    )

    class Meta:
        label = _("Quando vale")
        collapsed = True


class DocumentBlock(blocks.StructBlock):
    """``record.Document``."""

    name = text(_("Documento"), _("Um documento por item. Exemplo: RG ou CNH"), rows=1)
    note = text(_("Observação"), _("Exemplo: cópia simples, emitida há menos de 90 dias."))
    where_to_get = text(_("Onde conseguir"), _("Exemplo: no SAC ou pela internet, em ba.gov.br."))
    form = SnippetChooserBlock("conecta_services.FormTemplate", label=_("Formulário"), required=False)
    service = blocks.PageChooserBlock(
        "conecta_services.ServicePage", label=_("Serviço que emite o documento"), required=False
    )

    class Meta:
        label = _("Documento")
        icon = "doc-full"
        label_format = "{name}"


class FeeBlock(blocks.StructBlock):
    """``record.Fee``."""

    name = text(_("O que se paga"), _("Exemplo: taxa de vistoria"), rows=1)
    amount = blocks.DecimalBlock(
        label=_("Valor"), required=False, min_value=0, max_digits=12, decimal_places=2, help_text=_("Exemplo: 42,50")
    )
    currency = line(_("Moeda"), default="BRL")
    varies = text(_("Se o valor varia"), _("Do que depende. Exemplo: varia com o tamanho do imóvel."))

    class Meta:
        label = _("Custo")
        icon = "tag"
        label_format = "{name} {amount}"


class ChannelBlock(blocks.StructBlock):
    """``record.Channel``."""

    type = choice(_("Canal"), CHANNEL_TYPES, required=True)
    text = text(_("Endereço, número ou instrução"), _("Exemplo: ligue (77) 3000-0000, das 8h às 14h."))
    url = line(_("Link"), _("Exemplo: https://servicos.prefeitura.example/iptu"))
    waiting = DurationBlock()
    system_down = blocks.TextBlock(
        label=_("Se o sistema estiver fora do ar"),
        required=False,
        rows=2,
        help_text=_("Exemplo: ligue para o balcão e deixe seu telefone."),
    )

    class Meta:
        label = _("Canal")
        icon = "site"
        label_format = "{type} {text}"


def cases(item: type[blocks.StructBlock], label: Any) -> blocks.StructBlock:
    """``Documents``, ``Fees`` or ``Channels``: for everybody, and by case."""
    case = blocks.StructBlock(
        [
            ("text", line(_("Caso"), _("Leia-se sozinho. Exemplo: Se você mora na zona rural"))),
            ("condition", ConditionBlock()),
            ("items", listed(item(), label)),
        ],
        label=_("Caso"),
        label_format="{text}",
    )
    return blocks.StructBlock(
        [
            ("default", listed(item(), _("Para todos"))),
            ("cases", listed(case, _("Só em alguns casos"), _("O que muda conforme a situação da pessoa."))),
        ],
        label=label,
        collapsed=True,
    )


class StepBlock(blocks.StructBlock):
    """``record.Step``."""

    title = line(_("O que fazer"), _("Comece por um verbo. Exemplo: Entregar os documentos"))
    description = rich(_("Como fazer"), _("Diga em frases curtas, na ordem em que acontece."))
    documents = cases(DocumentBlock, _("Documentos"))
    fees = cases(FeeBlock, _("Custos"))
    channels = cases(ChannelBlock, _("Canais"))
    time = TimeEstimateBlock(collapsed=True)

    class Meta:
        label = _("Etapa")
        icon = "order"
        label_format = "{title}"
        collapsed = True


class ApplicantBlock(blocks.StructBlock):
    """``record.Applicant``."""

    who = text(_("Quem pode pedir"), _("Exemplo: Quem tem imóvel na cidade"), rows=1)
    requirements = rich(_("O que é preciso"), _("Exemplo: ter só um imóvel e renda de até dois salários mínimos."))

    class Meta:
        label = _("Quem pode pedir")
        icon = "group"
        label_format = "{who}"


class CriterionBlock(blocks.StructBlock):
    """``record.Criterion``."""

    basis = choice(_("Critério"), CRITERION_BASES, required=True)
    description = rich(_("Como funciona"), _("Exemplo: primeiro, as crianças de famílias com renda mais baixa."))

    class Meta:
        label = _("Critério")
        icon = "list-ol"
        label_format = "{basis}"


class LawBlock(blocks.StructBlock):
    """``record.Law``."""

    title = text(_("Lei ou norma"), _("Exemplo: Lei nº 13.460, de 26 de junho de 2017"), rows=1)
    url = line(_("Link"), _("O endereço do texto da lei."))

    class Meta:
        label = _("Lei")
        icon = "doc-full-inverse"
        label_format = "{title}"


class SeasonBlock(blocks.StructBlock):
    """``record.Season``."""

    opens = blocks.DateTimeBlock(label=_("Abre em"))
    closes = blocks.DateTimeBlock(label=_("Fecha em"))
    message = text(_("Aviso"), _("O que dizer fora do período. Exemplo: as inscrições voltam em janeiro."))

    class Meta:
        label = _("Período")
        icon = "date"
        label_format = "{opens} a {closes}"


class ServiceListBlock(blocks.StreamBlock):
    """Services in the order that the editor chose."""

    service = blocks.PageChooserBlock("conecta_services.ServicePage", label=_("Serviço"))

    class Meta:
        required = False


class FormListBlock(blocks.StreamBlock):
    """Forms in the order that the editor chose."""

    form = SnippetChooserBlock("conecta_services.FormTemplate", label=_("Formulário"))

    class Meta:
        required = False


class ProcedureStepBlock(blocks.StructBlock):
    """``record.ProcedureStep``."""

    title = line(_("Passo"), _("Comece por um verbo. Exemplo: Consultar se o endereço permite o negócio"))
    description = rich(_("Explicação"))
    services = listed(
        blocks.PageChooserBlock("conecta_services.ServicePage", label=_("Serviço"), required=False),
        _("Serviços deste passo"),
    )
    optional = blocks.BooleanBlock(label=_("Só em alguns casos"), required=False)

    class Meta:
        label = _("Passo")
        icon = "order"
        label_format = "{title}"
        collapsed = True


class ContactBlock(blocks.StructBlock):
    """``record.Contact``."""

    type = choice(_("Tipo"), CONTACT_TYPES, required=True)
    value = line(_("Contato"), _("Exemplo: (77) 3000-0000"), required=True)
    note = line(_("Observação"), _("Exemplo: das 8h às 14h"))

    class Meta:
        label = _("Contato")
        icon = "mail"
        label_format = "{type} {value}"


class HoursBlock(blocks.StructBlock):
    """``record.Hours``."""

    days = blocks.MultipleChoiceBlock(label=_("Dias"), choices=WEEKDAYS, required=False)
    opens = blocks.TimeBlock(label=_("Abre às"), help_text=_("Exemplo: 08:00"))
    closes = blocks.TimeBlock(label=_("Fecha às"), help_text=_("Exemplo: 14:00"))
    note = line(_("Observação"), _("Exemplo: só com hora marcada"))

    class Meta:
        label = _("Horário")
        icon = "time"
        label_format = "{opens} a {closes}"


class FormVersionBlock(blocks.StructBlock):
    """``record.FormVersion``; a chosen document takes the place of the address."""

    label = line(_("Versão"), _("Exemplo: 2ª versão"))
    valid_from = blocks.DateBlock(label=_("Vale desde"))
    document = DocumentChooserBlock(label=_("Arquivo"), required=False)
    url = line(_("Ou o endereço do arquivo"))
    note = text(_("Observação"))

    class Meta:
        label = _("Versão")
        icon = "doc-full"
        label_format = "{label} {valid_from}"


class QuestionAnswerBlock(blocks.StructBlock):
    """``record.QuestionAnswer``."""

    key = line(_("Código"), _("Sem espaços nem acentos. Não mude depois de usar. Exemplo: zona-rural"), required=True)
    text = line(_("Resposta"), _("Exemplo: Na zona rural"), required=True)

    class Meta:
        label = _("Resposta")
        label_format = "{text}"


class HolidayBlock(blocks.StructBlock):
    """``record.Holiday``."""

    date = blocks.DateBlock(label=_("Dia"))
    name = line(_("Nome"), _("Exemplo: Aniversário da cidade"), required=True)
    type = blocks.ChoiceBlock(
        label=_("Tipo"), choices=[("holiday", _("Feriado")), ("optional", _("Ponto facultativo"))], default="holiday"
    )
    districts = listed(
        SnippetChooserBlock("conecta_services.District", label=_("Distrito"), required=False),
        _("Só nestes distritos"),
        _("Deixe vazio se vale para toda a cidade."),
    )

    class Meta:
        label = _("Dia sem expediente")
        icon = "date"
        label_format = "{date} {name}"
