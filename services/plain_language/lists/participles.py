"""What tells a passive from a state: participles that no rule gives, and words that only look like one."""

from services.plain_language.lists import listed_in

#: Participles without their last letter → the verb.
IRREGULAR = {
    "abert": "abrir",
    "aceit": "aceitar",
    "cobert": "cobrir",
    "descrit": "descrever",
    "desfeit": "desfazer",
    "dit": "dizer",
    "eleit": "eleger",
    "entregu": "entregar",
    "escrit": "escrever",
    "expost": "expor",
    "expuls": "expulsar",
    "extint": "extinguir",
    "feit": "fazer",
    "gast": "gastar",
    "ganh": "ganhar",
    "impress": "imprimir",
    "inclus": "incluir",
    "inscrit": "inscrever",
    "pag": "pagar",
    "post": "pôr",
    "prescrit": "prescrever",
    "previst": "prever",
    "propost": "propor",
    "refeit": "refazer",
    "revist": "rever",
    "subscrit": "assinar",
    "suspens": "suspender",
    "transcrit": "transcrever",
    "vist": "ver",
}

#: Verbs in -er and -ir whose participle does not tell which.
VERBS = listed_in(
    """
    abater abranger acolher acrescer aderir agir apreender aprender assistir atender atingir atribuir banir
    bater beber ceder colher comer cometer comparecer compartir conceder concluir conduzir conferir conhecer
    conseguir consistir constituir construir consumir contribuir convencer converter corrigir cumprir decidir
    deduzir defender deferir definir demitir demolir descer descumprir desenvolver desistir despedir destruir
    devolver dirigir discutir distribuir dividir eleger emitir encher encolher engolir entender entreter
    envolver esclarecer escolher esquecer estabelecer excluir exercer exibir exigir eximir expedir extrair ferir
    ferver fornecer fundir garantir gerir iludir imergir impedir imprimir incluir indeferir inserir insistir
    instituir instruir interromper introduzir invadir investir manter medir mover nutrir obter oferecer oprimir
    ouvir pedir perceber perder permitir perseguir polir possuir preencher preferir prender presumir prevenir
    proceder produzir proferir proibir prometer promover proteger punir querer reaver receber recolher
    reconhecer reduzir referir remeter remover render repetir requerer resolver responder restituir restringir
    resumir reter retribuir reunir revender romper seguir servir sofrer subir submeter substituir suceder
    sugerir suprir surpreender temer tolher traduzir transferir transmitir trazer unir varrer vencer vender
    vestir viver
    """
)

#: Words, without accents and their last letters, that follow "é" or "são" and say how something is, not what is done.
STATES = frozenset(
    listed_in(
        """
    abalad abastad abreviad acentuad acertad acessad acidentad acostumad adaptad adequad advogad afastad agitad
    alfabetizad alongad ampliad animad aposentad apropriad apurad arborizad arriscad articulad associad atestad
    atrasad autodeclarad avancad avenid basead bebid cad cadastrad calcad cansad capacitad caracterizad casad
    centrad chamad chegad climatizad comid complicad compost comprid conceituad concursad confinad conhecid
    considerad constituid copiad corrid credenciad cuidad dedicad delegad delicad demorad deputad desempregad
    destinad devid diferenciad direcionad disputad diversificad divertid dividid divorciad dotad educad elevad
    emancipad embasad empregad engajad entrad escolarizad especializad estad estrad familiarizad fechad feriad
    ferid filiad formad fundamentad graduad habilitad habitad ilimitad imediat inadequad inadmitid incapacitad
    indeterminad indevid indicad iniciad integrad interditad interessad invalid isolad jornad jurad lad letrad
    licenciad ligad limitad liquid localizad lotad marid matriculad medicad medid mercad mestrad moderad morad
    nad nascid naturalizad necessitad obrigad ocupad oriund ousad ouvid parad parecid partid pautad pedid perdid
    permitid pesad pomad pos-graduad preocupad preparad privad proibid quadrad qualificad querid rapid
    recomendad refugiad regrad relacionad renomad reservad residid resultad ruid sabad sabid said salgad segurad
    senad sentid separad significad situad soldad solid subordinad tamanh tecid temporad tod tomad tombad torcid
    unid valid variad vedad vestid vid vincula vinculad vitimad voltad zonead
    """
    )
)

#: Verbs that offices use with "-se" so that nobody does the thing.
WITH_SE = listed_in(
    """
    aceitar aconselhar admitir analisar aplicar cobrar comunicar conceder dispensar emitir entregar efetuar
    exigir facultar informar observar orientar pagar pedir permitir proceder publicar realizar receber
    recomendar requerer ressaltar salientar solicitar sugerir vedar verificar
    """
)
