"""Records and values to show the portal's parts with: usual, very long, and with parts missing. Nobody's own data."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms

from services.record import Alert, Form, Ref, Service, Unit
from services.record.identity import id_of, key_for
from services.record.service import Channel, Document, Fee, Step
from services.record.unit import Hours, Visit
from services.record.values import Address, Contact, Coordinates, Duration, Standard, TimeEstimate
from services.timing import OpenState, Status

#: A Friday afternoon in Bahia.
AT = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
LONG = "Inconstitucionalissimamentepneumoultramicroscopicossilicovulcanoconiótico"
LONG_TITLE = (
    "Solicitar a renovação da autorização municipal provisória para o exercício do comércio ambulante de alimentos "
    "artesanais em feiras, praças e eventos de curta duração da zona rural"
)


def ref(kind: Any, title: str) -> Ref:
    """A reference to an entry that is nowhere."""
    return Ref(kind=kind, id=id_of(key_for("estilo", kind, title)), title=title, url="#partes")


def _entry(kind: str, title: str) -> dict[str, Any]:
    key = key_for("estilo", kind, title)
    return {"kind": kind, "key": key, "id": id_of(key), "title": title, "slug": "exemplo", "url": "/estilo/"}


BODY, LONG_BODY = ref("secretariat", "Secretaria da Fazenda"), ref("secretariat", f"Secretaria de {LONG}")
TOPICS = [ref("topic", "Impostos"), ref("topic", "Documentos e certidões"), ref("topic", LONG_TITLE)]
CONTACTS = [
    Contact(type="phone", value="(77) 3000-0001", note="De segunda a sexta, das 8h às 17h"),
    Contact(type="whatsapp", value="(77) 90000-0156"),
    Contact(type="email", value=f"atendimento.{LONG.lower()}@prefeitura.example"),
    Contact(type="website", value="https://servicos.prefeitura.example/ouvidoria"),
]
UNIT = Unit(
    **_entry("unit", "Praça de Atendimento"),
    address=Address(street="Praça Joaquim Correia", number="55", neighbourhood="Centro"),
    hours=[Hours(days=["mon", "tue", "wed", "thu", "fri"], opens="08:00", closes="17:00")],
    contacts=CONTACTS[:2],
    coordinates=Coordinates(latitude=Decimal("-14.86"), longitude=Decimal("-40.84")),
)
BARE_UNIT = Unit(**_entry("unit", f"Posto {LONG}"))
OPEN = OpenState(open=True, until=datetime(2026, 11, 27, 20, 0, tzinfo=UTC))
SHUT = OpenState(
    open=False,
    next_opening=datetime(2026, 11, 30, 11, 0, tzinfo=UTC),
    reason="holiday",
    note="Aniversário da cidade",
)
UNKNOWN = OpenState(open=False, reason="unknown")
SUSPENDED = Status("suspended", AT, datetime(2026, 12, 20, tzinfo=UTC), "O sistema está em manutenção. Ligue 156.")
OUT_OF_SEASON = Status("out_of_season", None, datetime(2027, 1, 10, tzinfo=UTC))
NORMAL = Status("normal")

DOCUMENTS = [
    Document(name="RG ou outro documento com foto"),
    Document(
        name="Comprovante de residência",
        note="Dos últimos três meses, em nome de quem pede",
        where_to_get="Na conta de luz ou de água",
        form=ref("form", "Declaração de residência"),
        legal_basis="Lei Municipal 1.234/2010, art. 5",
    ),
    Document(name=f"Certidão de {LONG}"),
]
CHANNELS = [
    Channel(type="phone", text="156, de segunda a sábado"),
    Channel(
        type="web",
        url="https://servicos.prefeitura.example/pedidos/novo",
        waiting=Duration(quantity=10),
        system_down="Ligue 156.",
    ),
    Channel(type="in_person", text="Praça de Atendimento\nPraça Joaquim Correia, 55"),
]
FEES = [
    Fee(name="Taxa de expediente", amount=Decimal("35.50")),
    Fee(name="Vistoria", varies="depende da área do imóvel"),
    Fee(),
]
STEPS = [
    Step(
        title="Peça",
        description="<p>Diga o que você precisa e deixe um telefone.</p>",
        channels={"default": CHANNELS},
        time=TimeEstimate(type="up_to", max=5, unit="working_days"),
    ),
    Step(title=LONG_TITLE),
    Step(),
]
SERVICE = Service(
    **_entry("service", "Emitir a segunda via do IPTU"),
    summary="Perdeu o carnê? Emita outro agora.",
    secretariat=BODY,
    steps=STEPS,
    free=True,
    time=TimeEstimate(type="up_to", max=5, unit="working_days"),
    topics=TOPICS,
    digital_link={"url": "https://servicos.prefeitura.example/iptu"},
)
LONG_SERVICE = Service(**_entry("service", LONG_TITLE), secretariat=LONG_BODY, published_incomplete=True)
FORM = Form(**_entry("form", "Declaração de residência"))
VISITS = [
    Visit(
        starts=datetime(2026, 12, 3, 12, 0, tzinfo=UTC),
        ends=datetime(2026, 12, 3, 19, 0, tzinfo=UTC),
        district=ref("district", "Iguá"),
        place="Escola Municipal",
        services=[ref("service", "Inscrever-se no Cadastro Único")],
        note="Traga um documento com foto.",
    ),
    Visit(
        starts=datetime(2026, 12, 4, 12, 0, tzinfo=UTC),
        ends=datetime(2026, 12, 4, 19, 0, tzinfo=UTC),
        district=ref("district", "José Gonçalves"),
    ),
]


def alert(level: str, title: str, message: str) -> Alert:
    """An alert of a level."""
    given = {key: value for key, value in _entry("alert", title).items() if key not in ("url", "slug")}
    return Alert(**given, level=level, message=f"<p>{message}</p>", starts=AT, districts=[ref("district", "Iguá")])


STANDARD = Standard(text="<p>Pessoas idosas, com deficiência, grávidas e com criança de colo.</p>", origin="city")
DATE = date(2026, 11, 27)


def line(title: str, *, summary: str = "", icon: str = "") -> SimpleNamespace:
    """A line of a list, a card or a tile."""
    return SimpleNamespace(title=title, url="#partes", summary=summary, icon=icon)


def hit(title: str, **more: Any) -> dict[str, Any]:
    """A result of a search."""
    return {"url": "#partes", "kind": "Serviço", "title": [{"text": title, "found": False}], **more}


def field(label: str, *, help_text: str = "", error: str = "") -> forms.BoundField:
    """A field of a form; with an error, as it comes back when it was sent empty."""
    form = forms.Form({} if error else None, prefix=f"campo{len(label)}")
    form.fields["texto"] = forms.CharField(label=label, help_text=help_text, error_messages={"required": error})
    return form["texto"]
