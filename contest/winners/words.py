"""Words of the record: prizes in three languages, levels and fields on pages, names of the contest. No page."""

from dataclasses import dataclass

from flask_babel import gettext as _

from contest.winners.rules import AwardLevel, PrizeKind

CONTEST = (
    "Cuộc thi viết thư quốc tế UPU",
    "UPU International Letter-Writing Competition",
    "Concours international de compositions épistolaires de l’UPU",
)


@dataclass(frozen=True)
class PrizeName:
    """A prize in the three languages; `also` are other words people search it by."""

    name_vi: str
    name_en: str
    name_fr: str
    also: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every word for it."""
        return (self.name_vi, self.name_en, self.name_fr, *self.also)


PRIZES = {
    PrizeKind.GOLD: PrizeName("Huy chương vàng", "Gold medal", "Médaille d’or", ("Giải Nhất quốc tế",)),
    PrizeKind.SILVER: PrizeName("Huy chương bạc", "Silver medal", "Médaille d’argent", ("Giải Nhì quốc tế",)),
    PrizeKind.BRONZE: PrizeName("Huy chương đồng", "Bronze medal", "Médaille de bronze", ("Giải Ba quốc tế",)),
    PrizeKind.SPECIAL_MENTION: PrizeName(
        "Giải khuyến khích quốc tế", "Special mention", "Mention spéciale", ("Honourable mention",)
    ),
    PrizeKind.FIRST: PrizeName("Giải nhất", "First prize", "Premier prix"),
    PrizeKind.SECOND: PrizeName("Giải nhì", "Second prize", "Deuxième prix"),
    PrizeKind.THIRD: PrizeName("Giải ba", "Third prize", "Troisième prix"),
    PrizeKind.CONSOLATION: PrizeName("Giải khuyến khích", "Consolation prize", "Prix d’encouragement"),
    PrizeKind.PROMISING: PrizeName("Giải cây bút triển vọng", "Promising writer", "Plume prometteuse"),
    PrizeKind.ETHNIC_MINORITY: PrizeName(
        "Giải cho thí sinh dân tộc thiểu số",
        "Prize for entrants of ethnic minorities",
        "Prix pour participants de minorités ethniques",
    ),
    PrizeKind.OTHER: PrizeName("Giải khác", "Another prize", "Autre prix"),
}
LEVELS = {
    AwardLevel.INTERNATIONAL: ("quốc tế", "international"),
    AwardLevel.NATIONAL: ("quốc gia", "national"),
    AwardLevel.PROVINCIAL: ("cấp tỉnh", "provincial"),
}


def level(value: AwardLevel) -> str:
    """Which jury gave an award."""
    names = {
        AwardLevel.INTERNATIONAL: _("International"),
        AwardLevel.NATIONAL: _("National"),
        AwardLevel.PROVINCIAL: _("Provincial"),
    }
    return str(names[value])


def field_names() -> dict[str, str]:
    """What the fields that claims are about are called."""
    return {
        "countries_participating": _("Countries taking part"),
        "entries_worldwide": _("Letters worldwide"),
        "theme_en": _("Theme in English"),
        "age": _("Age"),
        "full_name": _("Name"),
        "country": _("Country"),
        "prize": _("Prize"),
        "edition": _("Year"),
    }
