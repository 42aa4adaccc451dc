"""What the council's page is made of: members, minutes, opinions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from services.block_fields import choice, line, rich

#: What an opinion is about: arts. 18 and 20.
ABOUT = [
    ("service", _("Um serviço")),
    ("guidelines", _("Diretrizes do atendimento")),
    ("ombudsman", _("Atuação da Ouvidoria")),
    ("appointment", _("Nomeação da ouvidora ou do ouvidor (art. 20)")),
    ("other", _("Outro assunto")),
]


class MemberBlock(blocks.StructBlock):
    """A seat and who has it."""

    name = line(_("Nome"), _("Exemplo: Maria das Graças Souza"))
    segment = line(_("Quem representa"), _("O tipo de usuário. Exemplo: usuários da saúde; moradores da zona rural"))
    seat = choice(_("Vaga"), [("member", _("Titular")), ("substitute", _("Suplente"))], default="member")
    starts = blocks.DateBlock(label=_("Mandato desde"), required=False, help_text=_("Exemplo: 01/03/2026"))
    ends = blocks.DateBlock(label=_("até"), required=False, help_text=_("O último dia. Exemplo: 28/02/2028"))

    class Meta:
        label = _("Membro")
        icon = "user"
        label_format = "{name} · {segment}"


class MinutesBlock(blocks.StructBlock):
    """A meeting and what was written of it."""

    date = blocks.DateBlock(label=_("Data da reunião"), required=False, help_text=_("Exemplo: 12/03/2026"))
    title = line(_("Título"), _("Exemplo: 3ª reunião ordinária"))
    summary = rich(_("Resumo"), _("O que se decidiu. Exemplo: o conselho pediu mais fichas no posto."))
    document = DocumentChooserBlock(
        label=_("Ata"), required=False, help_text=_("O arquivo, de preferência em PDF acessível.")
    )

    class Meta:
        label = _("Ata")
        icon = "doc-full"
        label_format = "{date} · {title}"


class OpinionBlock(blocks.StructBlock):
    """What the council thinks of something."""

    date = blocks.DateBlock(label=_("Data"), required=False, help_text=_("Exemplo: 12/03/2026"))
    about = choice(_("Sobre"), ABOUT)
    service = blocks.PageChooserBlock(
        "conecta_services.ServicePage", label=_("Serviço"), required=False, help_text=_("Se for sobre um serviço.")
    )
    title = line(_("Título"), _("Exemplo: Parecer sobre a marcação de consultas"))
    text = rich(_("Parecer"), _("Exemplo: o conselho sugere marcar consultas também pelo WhatsApp."))
    document = DocumentChooserBlock(label=_("Arquivo"), required=False)
    reply = rich(_("Resposta da Prefeitura"), _("Exemplo: a marcação pelo WhatsApp começa em maio."))

    class Meta:
        label = _("Parecer")
        icon = "openquote"
        label_format = "{date} · {title}"
