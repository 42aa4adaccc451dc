"""What the newsroom's roles may do with the portal's face, and with its languages."""

from services.roles import grant


def grant_permissions() -> None:
    """Called when the app is ready."""
    for role in ("comunicacao", "administracao"):
        grant(role, "conecta_home.change_cityidentity")
        grant(role, *(f"conecta_home.{act}_glossaryterm" for act in ("add", "change", "delete", "view")))
    # To begin a translation, and to take the source's news over into it; letting it out is asked about in ``leave``.
    grant("comunicacao", "wagtail_localize.submit_translation")
