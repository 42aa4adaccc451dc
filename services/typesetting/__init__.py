"""What every PDF of this program is set with: fonts, letters that have a shape, and text as plain data."""

from pathlib import Path

#: A folder of Source Sans 3 (SIL Open Font License), in two weights.
FONTS = Path(__file__).resolve().parent / "fonts"
