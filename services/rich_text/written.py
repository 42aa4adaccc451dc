"""Blocks written out: as the HTML that a record holds, or as plain text."""

from collections.abc import Iterable, Iterator

from services.rich_text.blocks import Block
from services.rich_text.runs import BREAK, GAP, PLAIN, Run, lines, one_stretch, to_html, to_text

#: A line's marker ("- ", "2. " or nothing), its depth in lists, and its runs.
_Line = tuple[str, int, list[Run]]


def html_of(blocks: Iterable[Block]) -> str:
    """The one way to write these blocks in the elements that a record allows."""
    return "".join(_block_html(block) for block in _settled(blocks))


def _block_html(block: Block) -> str:
    if block.tag in {"ul", "ol"}:
        items = "".join(f"<li>{''.join(_block_html(part) for part in item)}</li>" for item in block.items)
        return f"<{block.tag}>{items}</{block.tag}>"
    inner = to_html(block.runs)
    return f"<{block.tag}>{inner}</{block.tag}>" if block.tag else inner


def text_of(blocks: Iterable[Block], *, readable: bool) -> str:
    """The text, a line for each paragraph, item and line break.

    ``readable`` keeps what a person needs to read it as it was meant: markers and depth of lists,
    a blank line between paragraphs, the address of each link.
    """
    result: list[str] = []
    for marker, depth, runs in _text_lines(_settled(blocks), 0):
        if readable and result and not depth:
            result.append("")
        result.append((marker if readable else "") + to_text(runs, addresses=readable))
    return "\n".join(result)


def _text_lines(blocks: Iterable[Block], depth: int) -> Iterator[_Line]:
    for block in blocks:
        if block.tag not in {"ul", "ol"}:
            yield "", depth, block.runs
            continue
        for number, item in enumerate(block.items, start=1):
            marker = "- " if block.tag == "ul" else f"{number}. "
            for index, part in enumerate(item):
                if part.tag:
                    yield from _text_lines([part], depth + 1)
                else:
                    yield marker if index == 0 else "", depth + 1, part.runs


def _settled(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with tidy runs, without what is empty, and with lists as HTML can hold them."""
    for block in blocks:
        if block.tag in {"ul", "ol"}:
            yield from _settled_list(block)
            continue
        is_heading = block.tag != "p"
        for paragraph in lines(GAP if is_heading and run is BREAK else run for run in block.runs):
            yield Block(block.tag, runs=paragraph)


def _settled_list(block: Block) -> Iterator[Block]:
    items = [_settled_item(item) for item in block.items]
    if block.tag == "ol" and block.number != 1:
        # A record's list always counts from one: another first number is said in words.
        numbered = [(number, item) for number, item in enumerate(items, start=block.number) if item]
        for number, item in numbered:
            prefix: Run = (f"{number}. ", PLAIN)
            first = item[0] if not item[0].tag else Block("")
            rest = item[1:] if not item[0].tag else item
            for part in [Block("", runs=lines([prefix, *first.runs])[0]), *rest]:
                yield part if part.tag else Block("p", runs=part.runs)
        return
    if items := [item for item in items if item]:
        yield Block(block.tag, items=items)


def _settled_item(item: Iterable[Block]) -> list[Block]:
    parts: list[Block] = []
    for part in item:
        if part.tag:
            for inner in _settled_list(part):
                # A nested list that could not keep its numbers is lines of this item.
                _add(parts, inner if inner.tag in {"ul", "ol"} else Block("", runs=inner.runs))
        elif runs := one_stretch(lines(part.runs)):
            _add(parts, Block("", runs=runs))
    return parts


def _add(parts: list[Block], part: Block) -> None:
    """Append; two stretches in a row are one, on two lines."""
    if parts and not parts[-1].tag and not part.tag:
        parts[-1] = Block("", runs=[*parts[-1].runs, BREAK, *part.runs])
    else:
        parts.append(part)
