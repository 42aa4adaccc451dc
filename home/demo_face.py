"""The demonstration's face: a city's name, colours and first page, put on where there is none and taken off again."""

from uuid import UUID

from wagtail.models import Page, Site

from home.models import CityIdentity, HomePage

IDENTITY = {
    "name": "Prefeitura de Vitória da Conquista",
    "slogan": "Carta de Serviços (demonstração)",
    "primary_colour": "#0b5a46",
    "phone": "(77) 3000-0001",
    "whatsapp": "(77) 90000-0156",
    "ombudsman_name": "Ouvidoria-Geral do Município",
    "ombudsman_phone": "162",
    "ombudsman_link": "https://servicos.prefeitura.example/ouvidoria",
    "ombudsman_address": "Praça de Atendimento, Praça Joaquim Correia, 55, Centro",
    "footer_text": "Sede: Praça Joaquim Correia, 55, Centro. Segunda a sexta, das 8h às 17h.",
}
HERO = "Do que você precisa?"
INTRO = "Escreva como você fala: carnê do IPTU, vaga na creche, rua sem luz."
HIGHLIGHTS = (
    "emitir-a-segunda-via-do-iptu",
    "marcar-consulta-na-unidade-basica-de-saude",
    "inscrever-se-no-cadastro-unico",
    "pedir-reparo-da-iluminacao-publica",
    "matricular-aluno-na-rede-municipal",
    "formalizar-se-como-microempreendedor-individual",
    "obter-credencial-de-estacionamento-para-idoso",
    "pedir-abastecimento-por-carro-pipa",
)


def put_on() -> None:
    """Give the site a face, unless it has one."""
    site = Site.objects.get(is_default_site=True)
    identity = CityIdentity.for_site(site)
    if not identity.name:
        for field, value in IDENTITY.items():
            setattr(identity, field, value)
        identity.save()
    home = HomePage.objects.filter(pk=site.root_page_id).first()
    if home is None or home.highlights.exists():
        return
    home.hero_title, home.intro = HERO, INTRO
    pages = {page.slug: page for page in Page.objects.descendant_of(home).filter(slug__in=HIGHLIGHTS)}
    for order, slug in enumerate(HIGHLIGHTS):
        if slug in pages:
            home.highlights.create(service=pages[slug], sort_order=order)
    home.save_revision().publish()


def take_off() -> None:
    """Take the face off again, if it is still the demonstration's."""
    site = Site.objects.get(is_default_site=True)
    identity = CityIdentity.for_site(site)
    if identity.name == IDENTITY["name"]:
        identity.delete()
    home = HomePage.objects.filter(pk=site.root_page_id).first()
    if home is not None and home.hero_title == HERO:
        home.hero_title = home.intro = ""
        home.save_revision().publish()


def take_off_translations() -> set[UUID]:
    """Delete the translations of the demonstration's first page that have nothing below them; the page's key."""
    home = HomePage.objects.filter(pk=Site.objects.get(is_default_site=True).root_page_id).first()
    if home is None or home.hero_title != HERO:
        return set()
    for page in home.get_translations():
        if page.numchild == 0:
            page.delete()
    return {home.translation_key}
