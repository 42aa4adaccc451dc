"""HSDS 3.0 (Open Referral's Human Services Data Specification) as a tabular data package, both ways.

The columns tell what HSDS has words for, to whoever reads HSDS. What they cannot tell exactly is an
``attribute`` of the record, whose term names the field and whose value is its JSON: so a package of
ours is read back whole, and one of others as far as its columns go.
"""

from services.interchange.base import LARGEST_CHARTER, Format
from services.interchange.hsds.package import write
from services.interchange.hsds.reading import read
from services.interchange.hsds.tables import NAME, SOURCE

FORMAT = Format(
    name=NAME,
    suffixes=frozenset({".csv", ".json"}),
    source=SOURCE,
    media_type="application/zip",
    suffix=".zip",
    counted=frozenset({"service"}),
    largest=LARGEST_CHARTER,
    read=read,
    write=write,
)

__all__ = ["FORMAT", "read", "write"]
