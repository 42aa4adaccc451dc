"""Keys in Wagtail's admin."""

from wagtail import hooks

from services.api_keys.key_views import ApiKeyViewSet


@hooks.register("register_admin_viewset")
def api_keys() -> ApiKeyViewSet:
    """In the menu of settings."""
    return ApiKeyViewSet()
