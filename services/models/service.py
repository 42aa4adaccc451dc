"""A service of the city, as its secretariat writes it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.search import index

from services import blocks, choices
from services.models.entry import LiveAtOnce, PublishedPage, Sourced, TakenOver
from services.models.fields import LinesField, StreamField
from services.models.standards import FEATURES, StandardTexts


class ServicePage(StandardTexts, TakenOver, PublishedPage):
    """A service: what, for whom, with what, how, at what cost, by when, where (Lei 13.460 art. 7)."""

    kind = "service"

    sector = models.CharField(
        _("setor responsável"), max_length=255, blank=True, help_text=_("Exemplo: Coordenação de Tributos Imobiliários")
    )
    popular_names = LinesField(
        _("nomes populares"),
        blank=True,
        help_text=_("Como as pessoas chamam o serviço, um nome por linha. Exemplo: boleto do IPTU"),
    )
    acronym = models.CharField(_("sigla"), max_length=64, blank=True, help_text=_("Exemplo: IPTU"))
    keywords = LinesField(
        _("palavras-chave"), blank=True, help_text=_("Pelo menos três, uma por linha. Exemplo: imposto")
    )
    summary = models.TextField(
        _("resumo"),
        blank=True,
        help_text=_("O que é, em uma ou duas frases. Exemplo: Pegue de novo o boleto do IPTU para pagar."),
    )
    description = RichTextField(
        _("descrição"),
        blank=True,
        features=FEATURES,
        help_text=_("Só se o resumo não bastar, sem repetir o resumo. Exemplo: quais parcelas aparecem no boleto."),
    )
    outcome = RichTextField(
        _("o que você recebe"),
        blank=True,
        features=FEATURES,
        help_text=_("Exemplo: o boleto para pagar em qualquer banco."),
    )
    applicants = StreamField(
        [("applicant", blocks.ApplicantBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("quem pode pedir"),
        help_text=_(
            "Um item para cada grupo com exigências diferentes. Exemplo: aposentados; famílias do Cadastro Único."
        ),
    )
    requirements = RichTextField(
        _("requisitos para todos"),
        blank=True,
        features=FEATURES,
        help_text=_("Exemplo: o imóvel precisa estar no seu nome."),
    )
    criteria = StreamField(
        [("criterion", blocks.CriterionBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("como a Prefeitura decide"),
        help_text=_("Só quando não há vaga ou benefício para todos. Exemplo: renda, depois ordem de inscrição."),
    )
    queue = RichTextField(
        _("onde ver a fila ou o resultado"),
        blank=True,
        features=FEATURES,
        help_text=_("Exemplo: a lista sai toda sexta-feira no site da Secretaria."),
    )
    appeal = RichTextField(
        _("como recorrer"),
        blank=True,
        features=FEATURES,
        help_text=_("Exemplo: entregue um pedido de revisão em até 10 dias."),
    )
    steps = StreamField(
        [("step", blocks.StepBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("etapas"),
        help_text=_(
            "O que a pessoa faz, na ordem; documentos, custos e canais ficam na etapa em que são pedidos. "
            "Exemplo: Juntar os documentos; Fazer o pedido."
        ),
    )
    time_type = models.CharField(
        _("prazo total"),
        max_length=16,
        blank=True,
        choices=choices.TIME_TYPES,
        help_text=_("A lei pede um prazo máximo: use “Na hora”, “Até” ou “Entre”. Exemplo: Até."),
    )
    time_min = models.PositiveIntegerField(_("de"), null=True, blank=True, help_text=_("Só para “Entre”. Exemplo: 2"))
    time_max = models.PositiveIntegerField(_("até"), null=True, blank=True, help_text=_("Exemplo: 5"))
    time_unit = models.CharField(
        _("unidade"),
        max_length=16,
        blank=True,
        choices=choices.DURATION_UNITS,
        help_text=_("Exemplo: dias úteis"),
    )
    time_note = models.TextField(
        _("observação do prazo"), blank=True, help_text=_("Exemplo: conta a partir da entrega de todos os documentos.")
    )
    free = models.BooleanField(
        _("é grátis?"),
        null=True,
        blank=True,
        choices=[(True, _("Sim, grátis")), (False, _("Não, tem custo"))],
        help_text=_("Os valores ficam na etapa em que se paga. Exemplo: Sim, grátis."),
    )
    legislation = StreamField(
        [("law", blocks.LawBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("leis e normas"),
        help_text=_("Em que o serviço se apoia. Exemplo: Lei nº 13.460, de 26 de junho de 2017"),
    )
    not_applicable = StreamField(
        [("waiver", blocks.NotApplicableBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("não se aplica"),
        help_text=_(
            "O que a lei pede e este serviço não tem, com o motivo. Exemplo: Documentos, porque a denúncia é anônima."
        ),
    )
    validity_type = models.CharField(
        _("validade do resultado"),
        max_length=16,
        blank=True,
        choices=[
            ("unstated", _("Não informada")),
            ("unlimited", _("Sem prazo de validade")),
            ("limited", _("Vale por")),
        ],
        help_text=_("Exemplo: a credencial vale por 5 anos."),
    )
    validity_quantity = models.PositiveIntegerField(_("vale por"), null=True, blank=True, help_text=_("Exemplo: 5"))
    validity_unit = models.CharField(
        _("unidade da validade"),
        max_length=8,
        blank=True,
        choices=[("days", _("dias")), ("months", _("meses")), ("years", _("anos"))],
        help_text=_("Exemplo: anos"),
    )
    validity_note = models.TextField(
        _("observação da validade"), blank=True, help_text=_("Exemplo: renove 30 dias antes.")
    )
    online = models.BooleanField(
        _("pode ser feito pela internet?"),
        null=True,
        blank=True,
        choices=[(True, _("Sim")), (False, _("Não"))],
        help_text=_("Responda “Sim” se o pedido começa pela internet. Exemplo: segunda via do boleto."),
    )
    digital_url = models.CharField(
        _("link do serviço digital"),
        max_length=2048,
        blank=True,
        help_text=_("Exemplo: https://servicos.prefeitura.example/iptu"),
    )
    digital_login = models.CharField(
        _("login"),
        max_length=16,
        default="unknown",
        choices=[
            ("unknown", _("Não informado")),
            ("none", _("Não precisa")),
            ("own", _("Cadastro próprio")),
            ("govbr_bronze", _("gov.br bronze")),
            ("govbr_prata", _("gov.br prata")),
            ("govbr_ouro", _("gov.br ouro")),
        ],
        help_text=_("O que a pessoa precisa ter para entrar. Exemplo: conta gov.br prata."),
    )
    digital_device = models.CharField(
        _("aparelho"),
        max_length=16,
        default="any",
        choices=[
            ("any", _("Celular ou computador")),
            ("phone", _("Só pelo celular")),
            ("computer", _("Só pelo computador")),
        ],
        help_text=_("Onde o serviço digital funciona. Exemplo: só pelo celular."),
    )
    contact = RichTextField(
        _("contato para dúvidas"),
        blank=True,
        features=FEATURES,
        help_text=_("Exemplo: ligue (77) 3000-0000, das 8h às 14h."),
    )
    audiences = ParentalManyToManyField(
        "conecta_services.Audience",
        blank=True,
        verbose_name=_("públicos"),
        help_text=_("A quem o serviço interessa. Exemplo: Pessoas idosas"),
    )
    topics = ParentalManyToManyField(
        "conecta_services.Topic",
        blank=True,
        verbose_name=_("temas"),
        help_text=_("Em que assuntos o serviço aparece. Exemplo: Impostos e taxas"),
    )
    life_events = ParentalManyToManyField(
        "conecta_services.LifeEvent",
        blank=True,
        verbose_name=_("momentos da vida"),
        help_text=_("Em que momento as pessoas precisam do serviço. Exemplo: Ter um filho"),
    )
    related = StreamField(
        blocks.ServiceListBlock(),
        blank=True,
        collapsed=True,
        verbose_name=_("serviços relacionados"),
        help_text=_("O que a pessoa costuma procurar junto. Exemplo: Atualizar o cadastro imobiliário"),
    )
    related_texts = LinesField(
        _("serviços relacionados fora desta carta"),
        blank=True,
        help_text=_("Um por linha. Exemplo: Emitir CPF (Receita Federal)"),
    )
    forms = StreamField(
        blocks.FormListBlock(),
        blank=True,
        collapsed=True,
        verbose_name=_("formulários"),
        help_text=_("O que a pessoa preenche. Exemplo: Requerimento de isenção de IPTU"),
    )
    units = ParentalManyToManyField(
        "conecta_services.Unit",
        blank=True,
        verbose_name=_("unidades que atendem"),
        help_text=_("Onde se atende em pessoa. Exemplo: Praça de Atendimento"),
    )
    area_served = ParentalManyToManyField(
        "conecta_services.District",
        blank=True,
        verbose_name=_("distritos atendidos"),
        help_text=_("Deixe vazio se o serviço é para toda a cidade. Exemplo: só os distritos rurais."),
    )
    seasons = StreamField(
        [("season", blocks.SeasonBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("períodos em que funciona"),
        help_text=_("Só para serviços que abrem em certas datas. Exemplo: matrícula escolar."),
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("pessoa responsável"),
        help_text=_("Quem cuida deste texto; não aparece para o público. Exemplo: a chefia do setor."),
    )
    reviewed_on = models.DateField(
        _("revisado em"),
        null=True,
        blank=True,
        help_text=_("O dia em que alguém conferiu o texto inteiro. Exemplo: 05/10/2026"),
    )
    review_due = models.DateField(
        _("revisar até"),
        null=True,
        blank=True,
        help_text=_("Quando alguém deve conferir o texto de novo. Exemplo: 05/04/2027"),
    )

    page_description = _("O que a Prefeitura faz por alguém: como pedir, o que levar, quanto custa e quanto demora.")
    parent_page_types = ["conecta_services.SecretariatPage"]
    subpage_types: list[str] = []
    search_fields = [
        *PublishedPage.search_fields,
        index.SearchField("popular_names"),
        index.AutocompleteField("popular_names"),
        index.SearchField("keywords"),
        index.AutocompleteField("keywords"),
        index.SearchField("summary"),
        index.SearchField("acronym"),
        index.AutocompleteField("acronym"),
        index.FilterField("record_id"),
    ]

    class Meta:
        verbose_name = _("serviço")
        verbose_name_plural = _("serviços")


class Suspension(LiveAtOnce):
    """A time in which a service is not given; it holds as soon as it is saved."""

    service = models.ForeignKey(
        ServicePage,
        on_delete=models.CASCADE,
        related_name="suspensions",
        verbose_name=_("serviço"),
        help_text=_("O serviço que parou. Exemplo: Emitir a segunda via do IPTU"),
    )
    starts = models.DateTimeField(
        _("suspenso desde"),
        help_text=_("Exemplo: 26/11/2026 08:00"),
    )
    ends = models.DateTimeField(
        _("até"), null=True, blank=True, help_text=_("Deixe vazio se ainda não se sabe. Exemplo: 27/11/2026 08:00")
    )
    message = models.TextField(
        _("aviso"),
        blank=True,
        help_text=_("Diga o motivo e o que fazer. Exemplo: sistema em manutenção, volte na segunda."),
    )

    class Meta:
        verbose_name = _("suspensão")
        verbose_name_plural = _("suspensões")
        ordering = ["starts", "pk"]

    def __str__(self) -> str:
        return f"{self.service}: {self.starts:%d/%m/%Y}"

    def owner(self) -> Sourced | None:
        """The suspended service."""
        return self.service
