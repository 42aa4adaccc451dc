"""Columns that several tables have, and where their figures come from."""

from django.utils.translation import gettext_lazy as _

from home.observatory.shape import Column

BODY_ID = Column(
    "orgao_id",
    _("Código do órgão"),
    _("Código do órgão na carta de serviços; não muda quando o órgão muda de nome."),
    shown=False,
)
BODY = Column("orgao", _("Órgão"), _("Nome atual do órgão."), link="orgao_id")
SERVICE_ID = Column(
    "servico_id",
    _("Código do serviço"),
    _("Código do serviço na carta de serviços; o endereço dele é /s/ e o código."),
    shown=False,
)
SERVICE = Column("servico", _("Serviço"), _("Nome atual do serviço."), link="servico_id")
STARTS = Column("inicio", _("De"), _("Primeiro dia que entra na conta."), "date")
ENDS = Column("fim", _("Até"), _("Último dia que entra na conta."), "date")

PERCENT = _("por cento")
STARS = _("estrelas, de 1 a 5")
RATINGS = _("avaliações")
MANIFESTATIONS = _("manifestações")
SERVICES = _("serviços")
DAYS = _("dias corridos")

FROM_RATINGS = _("Avaliações feitas neste portal e nos sistemas da Prefeitura (Lei 13.460/2017, art. 23).")
FROM_MANIFESTATIONS = _("Manifestações registradas na Ouvidoria (Lei 13.460/2017, arts. 9º a 16).")
FROM_CHARTER = _("Carta de Serviços publicada neste portal (Lei 13.460/2017, art. 7º).")
FROM_SEARCH = _("Contagem diária das buscas neste portal, sem guardar quem buscou.")
