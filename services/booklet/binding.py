"""Tagged PDFs become one: pages, structure trees, places, links between them, outline, and a foot on each page.

PDF 1.7 (ISO 32000-1): 7.9.7 number trees, 12.3 destinations and outlines, 14.7.4 structure, 14.8.2.2 artifacts.
"""

from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf, String

#: What a link to a label of another part begins with.
ELSEWHERE = "conecta:"
_FOOT = b"/Artifact BMC q /ConectaFoot Do Q EMC"


def packed(path: Path, output: Path) -> int:
    """The same PDF in a third of its bytes; its pages."""
    with Pdf.open(path) as pdf:
        _save(pdf, output)
        return len(pdf.pages)


def _save(pdf: Pdf, output: Path) -> None:
    pdf.save(output, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)


def places(path: Path) -> tuple[int, dict[str, int]]:
    """How many pages a PDF has, and on which of them each label stands, from 1 on."""
    with Pdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        found = _destinations(pdf)
        return len(numbers), {label: numbers[place[0].objgen] for label, place in found.items()}


def _destinations(pdf: Pdf) -> dict[str, Any]:
    root: Any = pdf.Root
    names = root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", [])
    flat: list[Any] = list(names)
    return {str(label): place for label, place in zip(flat[::2], flat[1::2], strict=True)}


class Volume:
    """A PDF to which others are added, each as a part of its structure."""

    def __init__(self, first: Path) -> None:
        self.pdf = Pdf.open(first)
        self._tree: Any = self.pdf.Root.StructTreeRoot
        self._numbers: list[Any] = list(self._tree.ParentTree.Nums)
        self._next = int(self._tree.ParentTreeNextKey)
        self._places = _destinations(self.pdf)

    def add(self, path: Path) -> None:
        """After what is there."""
        with Pdf.open(path) as part:
            pages = len(self.pdf.pages)
            self.pdf.pages.extend(part.pages)
            tree: Any = part.Root.StructTreeRoot
            self._add_structure(part, tree)
            self._add_places(part)
            for page in list(self.pdf.pages)[pages:]:
                self._renumber(page)
            self._next += int(tree.ParentTreeNextKey)

    def _add_structure(self, part: Pdf, tree: Any) -> None:
        document = self._tree.K[0]
        added = self.pdf.copy_foreign(tree.K[0])
        added.S, added.P = Name.Part, document
        document.K.append(added)
        numbers = list(self.pdf.copy_foreign(part.make_indirect(tree.ParentTree.Nums)))
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            self._numbers += [int(key) + self._next, value]

    def _add_places(self, part: Pdf) -> None:
        found = _destinations(part)
        copied = self.pdf.copy_foreign(part.make_indirect(Array(list(found.values()))))
        self._places |= dict(zip(found, copied, strict=True))

    def _renumber(self, page: Any) -> None:
        if "/StructParents" in page:
            page.StructParents = int(page.StructParents) + self._next
        for annotation in page.get("/Annots", []):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + self._next

    def bind(self, output: Path, *, feet: Path, chapters: list[dict[str, Any]], words: dict[str, str]) -> None:
        """Write it. ``feet`` has a page for each of the volume's from the second on."""
        self._tree.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(self._numbers)))
        self._tree.ParentTreeNextKey = self._next
        names = [each for label in sorted(self._places) for each in (String(label), self._places[label])]
        self.pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))
        self.pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=1)]))
        for page in self.pdf.pages:
            self._lead_on(page)
        self._outline(chapters, words)
        with Pdf.open(feet) as stamps:
            for page, stamp in zip(list(self.pdf.pages)[1:], stamps.pages, strict=True):
                self._stand_on(page, stamp)
        _save(self.pdf, output)
        self.pdf.close()

    def _lead_on(self, page: Any) -> None:
        for annotation in page.get("/Annots", []):
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(ELSEWHERE):
                annotation.A = Dictionary(S=Name.GoTo, D=String(address.removeprefix(ELSEWHERE)))

    def _outline(self, chapters: list[dict[str, Any]], words: dict[str, str]) -> None:
        with self.pdf.open_outline() as outline:
            outline.root.clear()
            outline.root.append(OutlineItem(words["contents"], 2, "XYZ"))
            for chapter in chapters:
                item = OutlineItem(chapter["title"], Array(list(self._places[chapter["id"]])))
                item.is_closed = True
                item.children.extend(
                    OutlineItem(title, Array(list(self._places[label]))) for label, title in chapter["services"]
                )
                outline.root.append(item)

    def _stand_on(self, page: Any, stamp: Any) -> None:
        foot = self.pdf.copy_foreign(stamp.as_form_xobject())
        resources: Any = Dictionary(page.Resources)
        resources.XObject = Dictionary(resources.get("/XObject", Dictionary()))
        resources.XObject["/ConectaFoot"] = foot
        page.Resources = resources
        page.contents_add(_FOOT)
