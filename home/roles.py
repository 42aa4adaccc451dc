"""What the newsroom's roles may do with the portal's face."""

from services.roles import grant


def grant_permissions() -> None:
    """Called when the app is ready."""
    for role in ("comunicacao", "administracao"):
        grant(role, "conecta_home.change_cityidentity")
