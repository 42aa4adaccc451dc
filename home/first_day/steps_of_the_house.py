"""What it takes that the house runs: people, mails, backups, the machines."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.first_day.facts import Facts
from home.first_day.step import Step, state_of
from home.state.signs import BACKUP_OLD, WORKER_SILENT, sends_mail
from services import changes
from services.models.sign_of_life import BACKUP, WORKER

#: As a sign of life: a mail was sent to try it out, and the server took it.
TRIAL_MAIL = "trial mail"
#: A text that a person wrote goes live by two approvals of two others.
FEWEST = 3
#: People that a step names.
NAMED = 5


def people(facts: Facts) -> Step:
    """Enough of them that a text can be approved."""
    members = facts.staff.members
    writing = {who for (role, _body), held in members.items() if role in ("redacao", "revisao") for who in held}
    approving = members.get(("comunicacao", ""), set())
    everybody = writing | approving
    left = []
    if not writing:
        left.append(_("ninguém escreve por um órgão (Redação ou Revisão)"))
    if not approving:
        left.append(_("ninguém na Comunicação, que aprova por último"))
    if writing and approving and len(everybody) < FEWEST:
        left.append(_("são precisas três pessoas: quem escreve não aprova, e cada aprovação é de uma pessoa"))
    waiting = facts.counted["waiting invitations"]
    if left and waiting:
        left.append(ngettext("%d convite espera resposta", "%d convites esperam resposta", waiting) % waiting)
    return Step(
        "people",
        _("Pessoas e papéis"),
        _("Ninguém publica sozinho: um escreve, outro revisa, a Comunicação aprova."),
        state_of(left, begun=everybody or waiting),
        left,
        reverse("conecta_first_day:invitations"),
        _("Convidar pessoas"),
    )


def second_factor(facts: Facts) -> Step:
    """Everybody whose role asks for a code beside the password has linked a telephone."""
    asked = settings.CONECTA_SECOND_FACTOR
    left = []
    if not asked:
        left.append(_("a instalação pede só a senha: a informática liga CONECTA_SECOND_FACTOR"))
    elif names := facts.without_telephone:
        told, more = ", ".join(names[:NAMED]), len(names) - NAMED
        left.append(_("sem celular ligado: %s") % told)
        if more > 0:
            left.append(ngettext("e mais %d pessoa", "e mais %d pessoas", more) % more)
    return Step(
        "second_factor",
        _("Código do celular"),
        _(
            "Quem aprova, cuida de contas ou vê quem escreveu à Ouvidoria mostra um código além da senha. "
            "Cada pessoa liga o próprio celular ao entrar: avise quem falta."
        ),
        # Whoever looks at this list has linked their own.
        state_of(left, begun=asked),
        left,
        reverse("wagtailusers_users:index") if asked else "",
        _("Ver os usuários"),
        optional=not asked,
    )


def mails(facts: Facts) -> Step:
    """A trial mail that the server took."""
    tried = facts.signs_of_life.get(TRIAL_MAIL)
    if not sends_mail():
        left = [_("a instalação não tem servidor de e-mail: a informática define CONECTA_EMAIL_URL")]
    elif tried is None:
        left = [_("nenhum e-mail de teste saiu ainda")]
    else:
        left = []
    why = _("Convites, avisos e pedidos de aprovação vão por e-mail.")
    if tried is not None:
        why += " " + _("O último teste saiu em %s.") % f"{timezone.localtime(tried):%d/%m/%Y %H:%M}"
    return Step(
        "mails",
        _("E-mails"),
        why,
        state_of(left, begun=False),
        left,
        reverse("conecta_first_day:mail") if sends_mail() else "",
        _("Enviar um e-mail de teste"),
        optional=True,
    )


def backup(facts: Facts) -> Step:
    """A key, and a backup that was made."""
    made = facts.signs_of_life.get(BACKUP)
    left = []
    if not (facts.counted["backup keys"] or settings.CONECTA_BACKUP_RECIPIENTS):
        left.append(_("falta a chave que cifra as cópias"))
    if made is None:
        left.append(_("nenhuma cópia foi feita ainda: a primeira é à noite"))
    elif facts.at - made > BACKUP_OLD:
        left.append(_("a última cópia é de %s") % f"{timezone.localtime(made):%d/%m/%Y}")
    return Step(
        "backup",
        _("Cópia de segurança"),
        _("Se a máquina se perder, a carta volta de uma cópia, que só abre com a chave da cidade."),
        state_of(left, begun=made or facts.counted["backup keys"]),
        left,
        reverse("conecta_first_day:backup_keys"),
        _("Guardar a chave"),
    )


def machines(facts: Facts) -> Step:
    """The worker and the search."""
    seen = facts.signs_of_life.get(WORKER)
    left = []
    if seen is None or facts.at - seen > WORKER_SILENT:
        left.append(_("o trabalho de fundo está parado: a informática liga o serviço “worker”"))
    for name, lag in changes.lags().items():
        if lag is None and name == "elasticsearch":
            left.append(_("o servidor de busca não responde; as buscas continuam, pela busca desta máquina"))
        elif lag is None:
            left.append(_("a busca ainda não foi montada: faça uma busca no site"))
    return Step(
        "machines",
        _("Busca e trabalho de fundo"),
        _("O que se publica aparece na busca, e o que tem hora marcada acontece na hora."),
        state_of(left, begun=True),
        left,
        reverse("conecta_state:state"),
        _("Ver o estado do sistema"),
    )
