"""Acronyms that need no explaining, and what is in capitals but is no acronym."""

from services.plain_language.lists import listed_in

#: Known to everybody who has a document, a phone or a television.
KNOWN = frozenset(
    listed_in(
        """
    BR CD CEP CNH CNPJ CPF DDD DVD GPS HTML ID INSS JPEG JPG KG KM MB GB MP OK ONG PDF PIX PNG QR RG SAMU SMS
    SUS TV TVS URL USB WWW HIV DNA RH XLSX XLS DOC DOCX CSV XML ZIP KB
    """
    )
)
#: Names in capitals that are longer than acronyms are.
LONG_NAMES = frozenset(["CADÚNICO", "CADUNICO", "REDESIM", "SINTEGRA", "UNIVASF", "VLIBRAS", "WHATSAPP"])
#: Brazil's states, which stand behind the names of places.
STATES = frozenset(
    listed_in(
        """
    AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO
    """
    )
)
#: Words of a line in capitals that are as short as an acronym.
WORDS = frozenset(
    listed_in(
        """
    AO AOS AS ATÉ COM DA DAS DE DO DOS EM NA NAS NO NOS OS OU PARA POR QUE QUEM SE SEM UM UMA NÃO SÓ OBS ATE NAO
    SO LEVE VEJA LEI TODOS DIAS HORA AVISO PRAZO TAXA VALOR
    """
    )
)
