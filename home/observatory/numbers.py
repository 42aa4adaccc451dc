"""Numbers as readers of the active language write them."""

from django.utils.formats import number_format

from home.observatory.shape import Value


def decimal(value: Value) -> str:
    """With what it has behind the point, and no nought at its end; empty for none."""
    if not isinstance(value, int | float):
        return ""
    return whole(int(value)) if float(value).is_integer() else number_format(value, use_l10n=True, force_grouping=True)


def whole(value: Value) -> str:
    """With its thousands apart; empty for none."""
    return number_format(value, use_l10n=True, force_grouping=True) if isinstance(value, int) else ""
