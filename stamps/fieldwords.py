"""What the fields of issues and items are called, and their values in words. No page and no rule."""

from flask_babel import gettext as _

from core.countries import country_name
from stamps import kindwords
from stamps.kinds import Difference, Emission, Shape, StampKind


class FieldName:
    """The name of a field, put in words where a sentence with it is shown."""

    def __init__(self, field: str) -> None:
        self.field = field

    def __str__(self) -> str:
        return label(self.field)


def label(field: str) -> str:
    """The name of a field in the reader's language."""
    return labels().get(field, field)


def labels() -> dict[str, str]:
    """The names of all fields, in the order of an issuer's sheet."""
    return {
        "record": _("The record itself"),
        "merged": _("Merged with"),
        "country": _("Country"),
        "issuer": _("Issuer"),
        "number": _("Number given by the post"),
        **_names(),
        "date": _("First day of issue"),
        "kind": _("Kind"),
        "position": _("Position in the set"),
        "face_value": _("Face value"),
        "face_values": _("Face values"),
        "currency": _("Currency"),
        "emission": _("Purpose"),
        "size": _("Size"),
        "shape": _("Shape"),
        "perforation": _("Perforation"),
        "n_stamps": _("Stamps"),
        "n_sheets": _("Souvenir sheets"),
        "fdc_size": _("First day cover (mm)"),
        **_making(),
        "numbers": _("Catalogue numbers"),
        "topics": _("Topics"),
        "series": _("Series"),
        "joint": _("Joint issue"),
        **_hanging(),
        "sales_end": _("End of sale"),
        "validity_end": _("End of validity"),
        "confidence": _("How sure"),
        "note": _("Note"),
    }


def _names() -> dict[str, str]:
    return {
        "name_vi": _("Name in Vietnamese"),
        "name_en": _("Name in English"),
        "name_fr": _("Name in French"),
        "name_local": _("Name as printed, in another language"),
        "local_language": _("Language of that name (two letters)"),
    }


def _making() -> dict[str, str]:
    return {
        "designer": _("Designer"),
        "engraver": _("Engraver"),
        "photographer": _("Photographer"),
        "artist": _("Artist"),
        "printer": _("Printer"),
        "printing": _("Printing"),
        "colours": _("Colours"),
        "paper": _("Paper"),
        "watermark": _("Watermark"),
        "gum": _("Gum"),
        "print_run": _("Print run"),
    }


def _hanging() -> dict[str, str]:
    return {
        "members": _("Contains"),
        "parent": _("Variety of"),
        "difference": _("Differs in"),
        "variety": _("The difference as printed"),
        "base": _("Overprint on"),
    }


def spoken(field: str, text: str) -> str:
    """A value of a field in the reader's words; what has none stays as it is kept."""
    kinds = {"kind": StampKind, "emission": Emission, "difference": Difference, "shape": Shape}
    if field in kinds and text in set(kinds[field]):
        return kindwords.word(kinds[field](text))
    return country_name(text) if field == "country" else text
