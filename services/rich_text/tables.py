"""Tables as lines that can be read aloud: a record allows no table."""

from collections.abc import Sequence

from services.rich_text.runs import BREAK, GAP, PLAIN, Run


def table_lines(rows: Sequence[tuple[bool, list[list[Run]]]]) -> list[list[Run]]:
    """A table's rows as lines: ``heading: cell; heading: cell`` below a row of headings, else ``cell | cell``."""
    heads = (
        rows[0][1] if len(rows) > 1 and rows[0][0] and all(len(cells) <= len(rows[0][1]) for _, cells in rows) else None
    )
    result: list[list[Run]] = []
    for _, cells in rows[1:] if heads else rows:
        line: list[Run] = []
        for index, cell in enumerate(cells):
            inner = [GAP if run is BREAK else run for run in cell]
            if not any(text.strip() for text, _ in inner):
                continue
            if line:
                line.append(("; " if heads else " | ", PLAIN))
            if heads and any(text.strip() for text, _ in heads[index]):
                line.extend([*_trimmed([GAP if run is BREAK else run for run in heads[index]]), (": ", PLAIN)])
            line.extend(_trimmed(inner))
        result.append(line)
    return result


def _trimmed(runs: list[Run]) -> list[Run]:
    """The runs without space at their edges."""
    while runs and not runs[0][0].strip():
        runs = runs[1:]
    while runs and not runs[-1][0].strip():
        runs = runs[:-1]
    if runs:
        runs[0] = (runs[0][0].lstrip(), runs[0][1])
        runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
    return runs
