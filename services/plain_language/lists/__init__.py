"""What the rules look for, as data: facts about Portuguese and about how offices write it."""


def listed_in(text: str) -> list[str]:
    """The words of a text: a list of hundreds of them reads better so."""
    return text.split()
