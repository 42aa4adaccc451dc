"""What an editor fills in, part by part: each block mirrors a value of the record, name for name.

The names are the contract: ``services.mapping`` walks the record's types and finds each
field under the same name here.
"""

from typing import Any

from django.forms import CheckboxSelectMultiple, TextInput
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from services.answer_options import AnswerBlock
from services.block_fields import choice, line, listed, rich, text
from services.choices import (
    CHANNEL_TYPES,
    CONTACT_TYPES,
    CRITERION_BASES,
    DURATION_UNITS,
    TIME_TYPES,
    WAIVABLE,
    WEEKDAYS,
)


class TimeEstimateBlock(blocks.StructBlock):
    """``record.TimeEstimate``; none while no type is chosen."""

    type = choice(_("Tipo de prazo"), TIME_TYPES, help_text=_("A lei pede um prazo máximo. Exemplo: Até"))
    min = blocks.IntegerBlock(label=_("De"), required=False, min_value=0, help_text=_("Só para “Entre”. Exemplo: 2"))
    max = blocks.IntegerBlock(label=_("Até"), required=False, min_value=0, help_text=_("Exemplo: 5"))
    unit = choice(_("Unidade"), DURATION_UNITS, help_text=_("Exemplo: dias úteis"))
    note = text(_("Observação"), _("Exemplo: conta a partir da entrega de todos os documentos."))

    class Meta:
        label = _("Prazo")
        icon = "time"
        label_format = "{type} {max} {unit}"


class DurationBlock(blocks.StructBlock):
    """``record.Duration``; none while no quantity is given."""

    quantity = blocks.IntegerBlock(label=_("Quantidade"), required=False, min_value=0, help_text=_("Exemplo: 30"))
    unit = choice(_("Unidade"), DURATION_UNITS, help_text=_("Vazio quer dizer minutos. Exemplo: horas"))

    class Meta:
        label = _("Espera")
        label_format = "{quantity} {unit}"


class ConditionBlock(blocks.StructBlock):
    """``record.Condition``; none while no question is chosen."""

    question = SnippetChooserBlock(
        "conecta_services.Question",
        label=_("Pergunta"),
        required=False,
        help_text=_("O que perguntar para saber se o caso vale. Exemplo: Onde você mora?"),
    )
    answers = listed(
        AnswerBlock(label=_("Resposta")),
        _("Respostas"),
        _("O caso vale para qualquer uma delas. Exemplo: Na zona rural"),
    )

    class Meta:
        label = _("Quando vale")
        collapsed = True


class DocumentBlock(blocks.StructBlock):
    """``record.Document``."""

    name = text(_("Nome do documento"), _("Um documento por item. Exemplo: RG ou CNH"), rows=1)
    note = text(_("Observação"), _("Exemplo: cópia simples, emitida há menos de 90 dias."))
    where_to_get = text(_("Onde conseguir"), _("Exemplo: no SAC ou pela internet, em ba.gov.br."))
    form = SnippetChooserBlock(
        "conecta_services.FormTemplate",
        label=_("Formulário"),
        required=False,
        help_text=_("Se o documento é um formulário nosso. Exemplo: Requerimento geral"),
    )
    service = blocks.PageChooserBlock(
        "conecta_services.ServicePage",
        label=_("Serviço que emite o documento"),
        required=False,
        help_text=_("Se a Prefeitura o emite. Exemplo: Emitir certidão negativa"),
    )
    legal_basis = line(
        _("Lei que manda pedir"),
        _("Só se alguma lei exige este documento assim. Exemplo: Lei municipal 1.234/2020, art. 5º"),
    )

    class Meta:
        label = _("Documento")
        icon = "doc-full"
        label_format = "{name}"


class AmountBlock(blocks.DecimalBlock):
    """Money as people here write it: a browser in English makes 550 of "5,50" in a field for numbers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.localize = True
        self.field.widget = TextInput(attrs={"inputmode": "decimal"})
        self.field.widget.is_localized = True


class FeeBlock(blocks.StructBlock):
    """``record.Fee``."""

    name = text(_("O que se paga"), _("Exemplo: taxa de vistoria"), rows=1)
    amount = AmountBlock(
        label=_("Valor"), required=False, min_value=0, max_digits=12, decimal_places=2, help_text=_("Exemplo: 42,50")
    )
    currency = line(_("Moeda"), _("Exemplo: BRL, o real"), default="BRL")
    varies = text(_("Se o valor varia"), _("Do que depende. Exemplo: varia com o tamanho do imóvel."))

    class Meta:
        label = _("Custo")
        icon = "tag"
        label_format = "{name} {amount}"


class ChannelBlock(blocks.StructBlock):
    """``record.Channel``."""

    type = choice(_("Canal"), CHANNEL_TYPES, required=True, help_text=_("Exemplo: Presencial"))
    text = text(_("Endereço, número ou instrução"), _("Exemplo: ligue (77) 3000-0000, das 8h às 14h."))
    url = line(_("Link"), _("Exemplo: https://servicos.prefeitura.example/iptu"))
    waiting = DurationBlock(collapsed=True)
    # Spelt out: here ``text`` is the field above.
    system_down = blocks.TextBlock(
        label=_("Se o sistema estiver fora do ar"),
        required=False,
        default="",
        rows=2,
        help_text=_("Só se for diferente do compromisso geral. Exemplo: ligue e deixe seu telefone."),
    )

    class Meta:
        label = _("Canal")
        icon = "site"
        label_format = "{type} {text}"


def cases(item: type[blocks.StructBlock], label: Any) -> blocks.StructBlock:
    """``Documents``, ``Fees`` or ``Channels``: for everybody, and by case."""
    case = blocks.StructBlock(
        [
            (
                "text",
                line(_("Em que caso"), _("Uma frase que se entende sozinha. Exemplo: Se você mora na zona rural")),
            ),
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
    description = rich(_("Como fazer"), _("Frases curtas. Exemplo: Leve os documentos ao balcão e peça o protocolo."))
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

    who = text(_("Grupo de pessoas"), _("Exemplo: Quem tem imóvel na cidade"), rows=1)
    requirements = rich(_("O que é preciso"), _("Exemplo: ter só um imóvel e renda de até dois salários mínimos."))

    class Meta:
        label = _("Quem pode pedir")
        icon = "group"
        label_format = "{who}"


class CriterionBlock(blocks.StructBlock):
    """``record.Criterion``."""

    basis = choice(_("Critério"), CRITERION_BASES, required=True, help_text=_("Exemplo: Renda"))
    description = rich(_("Como funciona"), _("Exemplo: primeiro, as crianças de famílias com renda mais baixa."))

    class Meta:
        label = _("Critério")
        icon = "list-ol"
        label_format = "{basis}"


class LawBlock(blocks.StructBlock):
    """``record.Law``."""

    title = text(_("Lei ou norma"), _("Exemplo: Lei nº 13.460, de 26 de junho de 2017"), rows=1)
    url = line(
        _("Link"), _("O endereço do texto da lei. Exemplo: https://www.planalto.gov.br/ccivil_03/leis/l5172.htm")
    )

    class Meta:
        label = _("Lei")
        icon = "doc-full-inverse"
        label_format = "{title}"


class NotApplicableBlock(blocks.StructBlock):
    """``record.NotApplicable``."""

    rule = choice(_("O que não se aplica"), WAIVABLE, required=True, help_text=_("Exemplo: Documentos"))
    reason = text(_("Motivo"), _("A pessoa lê este motivo. Exemplo: a denúncia é anônima e não pede documento."))

    class Meta:
        label = _("Não se aplica")
        icon = "minus"
        label_format = "{rule}: {reason}"


class SeasonBlock(blocks.StructBlock):
    """``record.Season``."""

    opens = blocks.DateTimeBlock(label=_("Abre em"), help_text=_("Exemplo: 01/10/2026 08:00"))
    closes = blocks.DateTimeBlock(label=_("Fecha em"), help_text=_("Exemplo: 30/12/2026 17:00"))
    message = text(_("Aviso"), _("O que dizer fora do período. Exemplo: as inscrições voltam em janeiro."))

    class Meta:
        label = _("Período")
        icon = "date"
        label_format = "{opens} a {closes}"


class ServiceListBlock(blocks.StreamBlock):
    """Services in the order that the editor chose."""

    # Left empty it says nothing, and no star is needed beside its summary.
    service = blocks.PageChooserBlock("conecta_services.ServicePage", label=_("Serviço"), required=False)

    class Meta:
        required = False


class FormListBlock(blocks.StreamBlock):
    """Forms in the order that the editor chose."""

    form = SnippetChooserBlock("conecta_services.FormTemplate", label=_("Formulário"), required=False)

    class Meta:
        required = False


class ProcedureStepBlock(blocks.StructBlock):
    """``record.ProcedureStep``."""

    title = line(_("Passo"), _("Comece por um verbo. Exemplo: Consultar se o endereço permite o negócio"))
    description = rich(_("Explicação"), _("Exemplo: Nem toda rua aceita todo tipo de comércio."))
    services = listed(
        blocks.PageChooserBlock("conecta_services.ServicePage", label=_("Serviço"), required=False),
        _("Serviços deste passo"),
        _("O que se pede neste passo. Exemplo: Consultar viabilidade de endereço"),
    )
    optional = blocks.BooleanBlock(
        label=_("Só em alguns casos"), required=False, help_text=_("Exemplo: só para quem vende alimentos.")
    )

    class Meta:
        label = _("Passo")
        icon = "order"
        label_format = "{title}"
        collapsed = True


class ContactBlock(blocks.StructBlock):
    """``record.Contact``."""

    type = choice(_("Tipo"), CONTACT_TYPES, required=True, help_text=_("Exemplo: WhatsApp"))
    value = line(_("Número ou endereço"), _("Exemplo: (77) 3000-0000"), required=True)
    note = line(_("Observação"), _("Exemplo: das 8h às 14h"))

    class Meta:
        label = _("Contato")
        icon = "mail"
        label_format = "{type} {value}"


class HoursBlock(blocks.StructBlock):
    """``record.Hours``."""

    days = blocks.MultipleChoiceBlock(
        label=_("Dias"),
        choices=WEEKDAYS,
        required=False,
        widget=CheckboxSelectMultiple,
        help_text=_("Os dias com este horário. Exemplo: de segunda a sexta."),
    )
    opens = blocks.TimeBlock(label=_("Abre às"), help_text=_("Exemplo: 08:00"))
    closes = blocks.TimeBlock(label=_("Fecha às"), help_text=_("Exemplo: 14:00"))
    note = line(_("Observação"), _("Exemplo: só com hora marcada"))

    class Meta:
        label = _("Horário")
        icon = "time"
        label_format = "{days} {opens} a {closes}"


class FormVersionBlock(blocks.StructBlock):
    """``record.FormVersion``; a chosen document takes the place of the address."""

    label = line(_("Nome da versão"), _("Exemplo: Isenção de 2027"))
    valid_from = blocks.DateBlock(label=_("Vale desde"), help_text=_("Exemplo: 01/10/2026"))
    document = DocumentChooserBlock(
        label=_("Arquivo"), required=False, help_text=_("Que se possa imprimir e preencher. Exemplo: um PDF.")
    )
    url = line(
        _("Ou o endereço do arquivo"),
        _("Só se o arquivo está em outro lugar. Exemplo: https://www.prefeitura.example/isencao.pdf"),
    )
    note = text(_("Observação"), _("Exemplo: vale para pedidos feitos até 30 de dezembro."))

    class Meta:
        label = _("Versão")
        icon = "doc-full"
        label_format = "{label} {valid_from}"


class QuestionAnswerBlock(blocks.StructBlock):
    """``record.QuestionAnswer``."""

    text = line(_("Texto da resposta"), _("Exemplo: Na zona rural"), required=True)
    key = line(_("Código"), _("Sem espaços nem acentos. Não mude depois de usar. Exemplo: zona-rural"), required=True)

    class Meta:
        label = _("Resposta")
        label_format = "{text}"


class HolidayBlock(blocks.StructBlock):
    """``record.Holiday``."""

    date = blocks.DateBlock(label=_("Dia"), help_text=_("Exemplo: 09/11/2026"))
    name = line(_("Nome"), _("Exemplo: Aniversário da cidade"), required=True)
    type = blocks.ChoiceBlock(
        label=_("Tipo"),
        choices=[("holiday", _("Feriado")), ("optional", _("Ponto facultativo"))],
        default="holiday",
        help_text=_("Exemplo: Ponto facultativo"),
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
