"""The tokens that a city's colour replaces."""

from home.contrast import darker, lighter


def tokens(colour: str) -> dict[str, str]:
    """Custom properties by name, for a colour on which white letters are read; none where the city has none."""
    if not colour:
        return {}
    dark = darker(colour, 0.35)
    return {
        "color-primary-default": colour,
        "color-primary-darken-01": dark,
        "color-primary-pastel-02": lighter(colour, 0.8),
        "blue-warm-vivid-5": lighter(colour, 0.94),
        "blue-warm-vivid-10": lighter(colour, 0.92),
        "interactive": colour,
        "visited": dark,
    }


def style(colour: str) -> str:
    """The rules to add to the portal's stylesheet."""
    declared = ";".join(f"--{name}:{value}" for name, value in tokens(colour).items())
    return f":root{{{declared}}}" if declared else ""
