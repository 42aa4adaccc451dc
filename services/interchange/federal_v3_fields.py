"""Every element and attribute of the federal schema v3, as data: where it goes, or why it is dropped.

Paths are relative to ``servico``; ``@`` begins an attribute. ``docs/federal-v3.md`` shows both
tables, and a test holds the two and the code together.
"""

from collections.abc import Mapping

NAMESPACE = "http://servicos.gov.br/v3/schema"
#: What the schema has no place for and its readers pass over: other spellings of a body's name.
EXTENSION = "urn:conecta:federal-v3"
OTHER_NAME = f"{{{EXTENSION}}}outroNome"

_STEP = "etapas/etapa"
_TIME_TYPES = ("atendimento-imediato", "nao-estimado-ainda", "ate", "em-media", "entre")


def _time(path: str, place: str) -> dict[str, str]:
    fields = {path: place, f"{path}/descricao": f"{place}.note"}
    for name in _TIME_TYPES:
        fields[f"{path}/{name}"] = f"{place}.type"
    for name in ("ate", "em-media", "entre"):
        fields[f"{path}/{name}@max"] = f"{place}.max"
        fields[f"{path}/{name}@unidade"] = f"{place}.unit"
    fields[f"{path}/entre@min"] = f"{place}.min"
    return fields


def _by_case(path: str, place: str, parts: Mapping[str, str]) -> dict[str, str]:
    """A list that has a default and cases."""
    fields = {
        path: place,
        f"{path}/default": f"{place}.default",
        f"{path}/caso": f"{place}.cases",
        f"{path}/caso@descricao": f"{place}.cases.text",
    }
    for part, field in parts.items():
        joint = "" if not field else f".{field}"
        fields[f"{path}/default/{part}"] = f"{place}.default{joint}"
        fields[f"{path}/caso/{part}"] = f"{place}.cases.items{joint}"
    return fields


#: Path → field of the Service record, or of the record that it names.
HANDLED: Mapping[str, str] = {
    "id": "source_id",
    "dbId": "related dos serviços que o citam",
    "nome": "title, slug",
    "sigla": "acronym",
    "nomes-populares": "popular_names",
    "nomes-populares/item": "popular_names",
    "descricao": "summary, description",
    "contato": "contact",
    "gratuito": "free",
    "servico-digital": "online",
    "link-servico-digital": "digital_link.url",
    "solicitantes": "applicants",
    "solicitantes/solicitante": "applicants",
    "solicitantes/solicitante/tipo": "applicants.who",
    "solicitantes/solicitante/requisitos": "applicants.requirements",
    **_time("tempo-total-estimado", "time"),
    "validade-documento": "validity",
    "validade-documento/tipo": "validity.type",
    "validade-documento/quantidade": "validity.quantity",
    "validade-documento/unidade": "validity.unit",
    "validade-documento/descricao": "validity.note",
    "etapas": "steps",
    _STEP: "steps",
    f"{_STEP}/titulo": "steps.title",
    f"{_STEP}/descricao": "steps.description",
    **_time(f"{_STEP}/tempo-total-estimado", "steps.time"),
    **_by_case(
        f"{_STEP}/documentos",
        "steps.documents",
        {"item": "name", "documento": "", "documento/descricao": "name"},
    ),
    **_by_case(
        f"{_STEP}/custos",
        "steps.fees",
        {
            "custo": "",
            "custo/descricao": "name",
            "custo/moeda": "currency",
            "custo/valor": "amount",
            "custo/valorVariavel": "varies",
            "custo/statusCustoVariavel": "varies",
        },
    ),
    **_by_case(
        f"{_STEP}/canais-de-prestacao",
        "steps.channels",
        {
            "canal-de-prestacao": "",
            "canal-de-prestacao@tipo": "type",
            "canal-de-prestacao@tempo-estimado-espera": "waiting.quantity",
            "canal-de-prestacao@tempo-estimado-periodo": "waiting.unit",
            "canal-de-prestacao@procedimento-sistema-indisponivel": "system_down",
            "canal-de-prestacao/descricao": "text, url",
        },
    ),
    "orgao": "secretariat",
    "orgao@id": "secretariat: source_id do órgão",
    "orgao/nomeOrgao": "secretariat: title, acronym, other_names do órgão",
    f"orgao/{OTHER_NAME}": "secretariat: other_names do órgão",
    "segmentos-da-sociedade": "audiences",
    "segmentos-da-sociedade/item": "audiences: title do público",
    "areas-de-interesse": "topics",
    "areas-de-interesse/item": "topics: title do tema",
    "palavras-chave": "keywords",
    "palavras-chave/item": "keywords",
    "legislacoes": "legislation",
    "legislacoes/item": "legislation.title, legislation.url",
    "servicos-relacionados": "related, related_texts",
    "servicos-relacionados/item": "related, related_texts",
    "condicoes-acessibilidade": "standards.accessibility",
    "tratamento-prioritario": "standards.priority",
    "tratamento-dispensado-atendimento": "standards.treatment",
}

_ROW_NUMBER = "número de linha do banco de dados federal; não diz nada do serviço"
_PERCENTAGE = "campo do painel interno do portal federal; nos arquivos vale sempre zero ou falso"

#: Path → why nothing of it is kept.
DROPPED: Mapping[str, str] = {
    "@schemaLocation": "endereço do esquema XML",
    "porcentagem": _PERCENTAGE,
    "porcentagem-digital": _PERCENTAGE,
    "porcentagem-manual": _PERCENTAGE,
    "orgao@dbId": "número do órgão no banco federal; o órgão é o de orgao/@id",
    "nomes-populares/item@id": _ROW_NUMBER,
    "palavras-chave/item@id": _ROW_NUMBER,
    "legislacoes/item@id": _ROW_NUMBER,
    "areas-de-interesse/item@id": _ROW_NUMBER,
    "servicos-relacionados/item@id": _ROW_NUMBER,
    "segmentos-da-sociedade/item@idSegmento": _ROW_NUMBER,
    "segmentos-da-sociedade/item@idServicoSegmento": _ROW_NUMBER,
    "solicitantes/solicitante@id": _ROW_NUMBER,
    f"{_STEP}@id": _ROW_NUMBER,
    **{
        f"{_STEP}/{path}": _ROW_NUMBER
        for parent, part in (
            ("documentos", "documento"),
            ("custos", "custo"),
            ("canais-de-prestacao", "canal-de-prestacao"),
        )
        for path in (f"{parent}/caso@id", f"{parent}/caso/{part}@id", f"{parent}/default/{part}@id")
    },
    f"{_STEP}/documentos/default/item@id": _ROW_NUMBER,
    f"{_STEP}/documentos/caso/item@id": _ROW_NUMBER,
    f"{_STEP}/documentos/default/documento/id": _ROW_NUMBER,
    f"{_STEP}/documentos/caso/documento/id": _ROW_NUMBER,
}
