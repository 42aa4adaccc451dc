"""What the newsroom's roles may do with the search: its rules are Comunicação's, its report is read by Controle too."""

from services.roles import grant

_RULES = ("synonymgroup", "bestbet", "protectedword", "judgedquery")


def grant_permissions() -> None:
    """Called when the app is ready."""
    rules = [f"conecta_search.{action}_{model}" for model in _RULES for action in ("add", "change", "delete")]
    for role in ("comunicacao", "administracao"):
        grant(role, *rules, "conecta_search.view_querycount")
    grant("controle", "conecta_search.view_querycount")
