"""What the newsroom's roles may do with what people say.

Ouvidoria answers; a body's people read what was sent to their body, and its Revisão answers the ombudsman (Lei 13.460
art. 16, sole paragraph); Controle reads and takes out; Administração reads nothing of it. Who a person is, and every
denunciation, is for Ouvidoria alone (art. 10 § 7).
"""

from services.roles import grant

VIEW = "view_manifestation"
CHANGE = "change_manifestation"
ANSWER = "answer_manifestations"
SEE_RESTRICTED = "see_denunciations"
EXPORT = "export_manifestations"
ANSWER_AS_BODY = "change_bodyrequest"
VIEW_COMMENTS = "view_rating"
SHOW_COMMENTS = "change_commentcare"
NOTE_IMPROVEMENT = "add_improvement"
GIVE_LINKS = "add_ratinglinkbatch"
NAME_OFFICER = "change_dataofficer"

OF_ROLES: dict[str, tuple[str, ...]] = {
    "ouvidoria": (
        VIEW,
        CHANGE,
        ANSWER,
        SEE_RESTRICTED,
        EXPORT,
        VIEW_COMMENTS,
        SHOW_COMMENTS,
        NOTE_IMPROVEMENT,
        GIVE_LINKS,
        NAME_OFFICER,
    ),
    "redacao": (VIEW, VIEW_COMMENTS),
    "revisao": (VIEW, VIEW_COMMENTS, ANSWER_AS_BODY, NOTE_IMPROVEMENT),
    "comunicacao": (VIEW_COMMENTS,),
    "controle": (VIEW, VIEW_COMMENTS, EXPORT),
    "administracao": (GIVE_LINKS, NAME_OFFICER),
}
EVERYTHING = frozenset(codename for codenames in OF_ROLES.values() for codename in codenames)


def grant_permissions() -> None:
    """Called when the app is ready."""
    for role, codenames in OF_ROLES.items():
        grant(role, *(f"conecta_feedback.{codename}" for codename in codenames))
