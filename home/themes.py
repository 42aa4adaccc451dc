"""The portal's looks: for each, what the colour tokens are. Names are the gov.br Design System's.

Light is its own palette; dark, and whatever follows the city's colour, is worked out here so that letters can be
read (``contrast.py``). High contrast is what eMAG readers know: white and yellow on black, whatever the city's colour.
A reader's choice stands on the page's root (``data-tema``, ``data-contraste``); without one the system's is followed.
"""

from home.contrast import READABLE, darker, lighter, mixed, readable_on

#: The gov.br Design System's own blue, for a city without a colour.
BLUE = "#1351b4"
_DARK = "#15181c"
_MORE = "screen and (prefers-contrast:more)"

LIGHT = {
    "color-primary-default": BLUE,
    "color-primary-darken-01": "#0c326f",
    "color-primary-pastel-02": "#dbe8fb",
    "background-dark": "#0c326f",
    "blue-warm-vivid-5": "#edf5ff",
    "blue-warm-vivid-10": "#d4e5ff",
    "interactive": BLUE,
    "visited": "#0c326f",
    "pure-0": "#ffffff",
    "background": "#ffffff",
    "background-alternative": "#f8f8f8",
    "color": "#333333",
    "color-secondary-07": "#555555",
    "gray-10": "#e6e6e6",
    "border-color": "#cccccc",
    "border-color-alternative": "#888888",
    "success": "#168821",
    "green-cool-vivid-60": "#216e1f",
    "warning": "#ffcd07",
    "warning-alternative": "#fff5c2",
    "danger": "#e52207",
    "danger-alternative": "#fde0db",
    "info": "#155bcb",
    "info-alternative": "#d4e5ff",
    "focus-color": "#c2850c",
    "focus-color-dark": "#ffbe2e",
}

DARK = {
    "pure-0": "#ffffff",
    "background": _DARK,
    "background-alternative": "#22272e",
    "color": "#ececec",
    "color-secondary-07": "#c3c8ce",
    "gray-10": "#343a42",
    "border-color": "#49515b",
    "border-color-alternative": "#8b949e",
    "success": "#5cc46a",
    "green-cool-vivid-60": "#7dd788",
    "warning": "#ffcd07",
    "warning-alternative": "#463a08",
    "danger": "#ff8a75",
    "danger-alternative": "#5a1e14",
    "info": "#7db0ff",
    "info-alternative": "#16335c",
    "focus-color": "#ffbe2e",
    "focus-color-dark": "#ffbe2e",
}

HIGH_CONTRAST = {
    "color-primary-default": "#000000",
    "color-primary-darken-01": "#ffffff",
    "color-primary-pastel-02": "#ffffff",
    "background-dark": "#000000",
    "blue-warm-vivid-5": "#000000",
    "blue-warm-vivid-10": "#333300",
    "interactive": "#ffff00",
    "visited": "#ffff00",
    "pure-0": "#ffffff",
    "background": "#000000",
    "background-alternative": "#000000",
    "color": "#ffffff",
    "color-secondary-07": "#ffffff",
    "gray-10": "#000000",
    "border-color": "#ffffff",
    "border-color-alternative": "#ffffff",
    "success": "#00ff00",
    "green-cool-vivid-60": "#00ff00",
    "warning": "#ffff00",
    "warning-alternative": "#000000",
    "danger": "#ff9999",
    "danger-alternative": "#000000",
    "info": "#ffffff",
    "info-alternative": "#000000",
    "focus-color": "#00ffff",
    "focus-color-dark": "#00ffff",
}

#: A light page for those whose system asks for more contrast.
_STRONGER = {
    "color": "#000000",
    "color-secondary-07": "#222222",
    "border-color": "#555555",
    "border-color-alternative": "#000000",
}


def light(colour: str) -> dict[str, str]:
    """The tokens of the light look, in a city's colour if it has one."""
    if not colour:
        return LIGHT
    dark = darker(colour, 0.35)
    return LIGHT | {
        "color-primary-default": colour,
        "color-primary-darken-01": dark,
        "color-primary-pastel-02": lighter(colour, 0.8),
        "background-dark": dark,
        "blue-warm-vivid-5": lighter(colour, 0.94),
        "blue-warm-vivid-10": lighter(colour, 0.92),
        "interactive": colour,
        "visited": dark,
    }


def dark(colour: str) -> dict[str, str]:
    """The tokens of the dark look; links and titles are the city's colour, as light as it must be to be read."""
    own = colour or BLUE
    pale, paler = mixed(_DARK, own, 0.28), mixed(_DARK, own, 0.16)
    link = readable_on(own, (pale, DARK["background-alternative"], DARK["warning-alternative"]), READABLE + 0.5)
    return DARK | {
        "color-primary-default": own,
        "color-primary-darken-01": lighter(link, 0.55),
        "color-primary-pastel-02": mixed(_DARK, own, 0.5),
        "background-dark": darker(own, 0.35),
        "blue-warm-vivid-5": paler,
        "blue-warm-vivid-10": pale,
        "interactive": link,
        "visited": lighter(link, 0.35),
    }


def style(colour: str) -> str:
    """The rules of every look. On paper the light one is kept, whatever the screen shows."""
    night, stark = _declared(dark(colour), "dark"), _declared(HIGH_CONTRAST, "dark")
    rules = (
        ("", ":root", _declared(light(colour), "light")),
        ("screen", ":root[data-tema=escuro]", night),
        ("screen and (prefers-color-scheme:dark)", ":root:not([data-tema])", night),
        (_MORE, ":root:not([data-contraste]):not([data-tema=escuro])", _declared(_STRONGER)),
        (_MORE, ":root[data-tema=escuro]:not([data-contraste])", stark),
        (f"{_MORE} and (prefers-color-scheme:dark)", ":root:not([data-contraste]):not([data-tema=claro])", stark),
        ("screen", ":root[data-contraste=alto]:root", stark),
    )
    return "".join(
        f"@media {media}{{{root}{{{declared}}}}}\n" if media else f"{root}{{{declared}}}\n"
        for media, root, declared in rules
    )


def _declared(tokens: dict[str, str], scheme: str = "") -> str:
    lines = [f"--{name}:{value}" for name, value in tokens.items()]
    return ";".join([*lines, f"color-scheme:{scheme}"] if scheme else lines)
