"""Whose booklet it is: the city's name, slogan, colour and arms, told by whatever app keeps them."""

from dataclasses import dataclass

from wagtail import hooks

#: A function without arguments that gives a ``Face``; the last one registered counts.
HOOK = "conecta_booklet_face"
#: gov.br's blue.
COLOUR = "#0c326f"


@dataclass(frozen=True)
class Face:
    """Empty where the city has not filled it in. ``arms`` is a picture: PNG, JPEG, GIF, WebP or SVG."""

    name: str = ""
    slogan: str = ""
    colour: str = COLOUR
    arms: bytes = b""
    #: File ending of the picture, such as ``png``.
    arms_type: str = ""

    @property
    def arms_name(self) -> str:
        """What the picture's file is called beside the template; ``""`` without one."""
        return f"arms.{self.arms_type}" if self.arms and self.arms_type else ""


def the_face() -> Face:
    """As it is now."""
    told = hooks.get_hooks(HOOK)
    face: Face = told[-1]() if told else Face()
    return face
