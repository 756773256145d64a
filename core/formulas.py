"""Cells that a spreadsheet program would take for a formula: guarded by an apostrophe, and read again without it. Pure."""

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell.startswith(SIGNS) else cell


def unguarded(cell: str) -> str:
    """The cell again."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(SIGNS) else cell
