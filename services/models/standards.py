"""The quality commitments that city, body and service each may write; the nearest one holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

#: What the few safe elements of a record allow the editor to type.
FEATURES = ["bold", "italic", "ol", "ul", "h3", "h4", "link"]

#: Field of ``services.record.values.Standards`` → label, question that it answers.
STANDARDS = {
    "manifestation": (_("Onde reclamar, denunciar ou elogiar"), _("Exemplo: Ligue 156 ou escreva para a Ouvidoria.")),
    "priority": (_("Quem é atendido primeiro"), _("Exemplo: pessoas idosas, gestantes e pessoas com deficiência.")),
    "waiting": (_("Tempo de espera pelo atendimento"), _("Exemplo: até 30 minutos no balcão.")),
    "communication": (_("Como a Prefeitura fala com você"), _("Exemplo: por telefone, e-mail ou mensagem.")),
    "manifestation_handling": (
        _("Como as reclamações são tratadas"),
        _("Exemplo: a Ouvidoria responde em até 30 dias."),
    ),
    "status_lookup": (_("Como acompanhar o pedido"), _("Exemplo: com o número do protocolo, pela internet.")),
    "treatment": (_("Tratamento no atendimento"), _("Exemplo: respeito, igualdade e linguagem simples.")),
    "accessibility": (_("Acessibilidade dos locais"), _("Exemplo: rampa, banheiro adaptado e intérprete de Libras.")),
    "cleanliness": (_("Limpeza e conforto"), _("Exemplo: sala limpa, com água e assentos.")),
    "system_down": (_("Quando o sistema está fora do ar"), _("Exemplo: anotamos o pedido e ligamos para você.")),
}


def _standard(name: str) -> RichTextField:
    label, help_text = STANDARDS[name]
    return RichTextField(label, blank=True, features=FEATURES, help_text=help_text)


class StandardTexts(models.Model):
    """Ten texts; an empty one takes what stands above it."""

    standard_manifestation = _standard("manifestation")
    standard_priority = _standard("priority")
    standard_waiting = _standard("waiting")
    standard_communication = _standard("communication")
    standard_manifestation_handling = _standard("manifestation_handling")
    standard_status_lookup = _standard("status_lookup")
    standard_treatment = _standard("treatment")
    standard_accessibility = _standard("accessibility")
    standard_cleanliness = _standard("cleanliness")
    standard_system_down = _standard("system_down")

    class Meta:
        abstract = True
