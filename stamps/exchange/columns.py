"""The 39 columns of a Colnect list, how other languages call them, and our own plain names for the same things. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from archive.text import fold

COLNECT = (
    *("Name", "Country", "Series", "Catalog Codes", "Issued on", "Expiry date", "Width", "Height", "Watermark"),
    *("Format", "Emission", "Perforation", "Printing", "Paper", "Gum", "Ord Mi", "Ord Sn", "Ord Yt", "Ord Sg"),
    *("Currency", "FaceValue", "Print run", "Parent Item", "Variant", "Overprint Variant", "Score", "Accuracy"),
    *("Colors", "Designers", "Printers", "Issuers", "Themes", "Description", "Link"),
    *("List", "Quantity", "Condition", "Public Note", "Private Note"),
)
WIDTH = len(COLNECT)
# What is said of the collector's own things, in parallel cells: one place in each for each list.
OWN = ("List", "Quantity", "Condition", "Public Note", "Private Note")
# Our plain names, in the same order; plain CSV, XLSX and JSON use them.
PLAIN = (
    *(
        "name",
        "country",
        "series",
        "catalogue_numbers",
        "date",
        "end_of_validity",
        "width_mm",
        "height_mm",
        "watermark",
    ),
    *("format", "emission", "perforation", "printing", "paper", "gum", "order_mi", "order_sn", "order_yt", "order_sg"),
    *("currency", "face_value", "print_run", "parent_item", "variant", "overprint_variant", "score", "accuracy"),
    *("colours", "designers", "printers", "issuers", "topics", "description", "link"),
    *("lists", "quantities", "conditions", "public_notes", "private_notes"),
)
# What JSON calls the pieces of a stamp, each with everything noted of it.
COPIES = "copies"
COLNECT_OF = dict(zip(PLAIN, COLNECT, strict=True))
PLAIN_OF = dict(zip(COLNECT, PLAIN, strict=True))

# Words of other languages and of other programs for the columns, folded when compared. Where two columns could be meant, none is.
_ALSO = {
    "Name": "Title|Nom|Titre|Nombre|Titulo|Bezeichnung|Titel|Nome|Titolo|Naam|Nazwa|Название|Наименование|Tên|Tên tem|Tiêu đề",
    "Country": "Pays|Land|País|Paese|Kraj|Страна|Nước|Quốc gia",
    "Series": "Set|Série|Serie|Reeks|Seria|Serien|Серия|Loạt|Loạt tem|Bộ tem|Issue|Émission postale",
    "Catalog Codes": "Catalogue Codes|Catalogue numbers|Catalog numbers|Codes de catalogue|Codes catalogue|Catálogo|"
    "Códigos de catálogo|Katalognummern|Katalog-Codes|Codici di catalogo|Codici catalogo|Catalogusnummers|"
    "Numery katalogowe|Коды каталогов|Номера по каталогам|Số catalô|Mã catalô",
    "Issued on": "Issue date|Date issued|Date of issue|First day of issue|Date d'émission|Émis le|Fecha de emisión|Emitido el|"
    "Ausgabedatum|Ausgegeben am|Data di emissione|Emesso il|Uitgiftedatum|Data wydania|Дата выпуска|Выпущена|"
    "Ngày phát hành",
    "Expiry date": "Date d'expiration|Expire le|Fecha de expiración|Fecha de caducidad|Ablaufdatum|Data di scadenza|"
    "Vervaldatum|Дата истечения|Hết giá trị|Ngày hết hạn",
    "Width": "Largeur|Ancho|Anchura|Breite|Larghezza|Breedte|Szerokość|Ширина|Chiều rộng|Rộng",
    "Height": "Hauteur|Alto|Altura|Höhe|Altezza|Hoogte|Wysokość|Высота|Chiều cao|Cao",
    "Watermark": "Filigrane|Filigrana|Marca de agua|Wasserzeichen|Watermerk|Znak wodny|Водяной знак|Hình bóng nước",
    "Format": "Formato|Формат|Dạng|Loại tem|Kind",
    "Emission": "Émission|Emisión|Emissione|Emissie|Эмиссия|Purpose|Loại phát hành|Mục đích",
    "Perforation": "Dentelure|Dentado|Perforación|Zähnung|Dentellatura|Tanding|Perforacja|Перфорация|Зубцовка|Răng",
    "Printing": "Printing method|Impression|Impresión|Druck|Druckverfahren|Stampa|Druktechniek|Печать|In|Cách in",
    "Paper": "Papier|Papel|Carta|Бумага|Giấy",
    "Gum": "Gomme|Goma|Gummi|Gummierung|Gomma|Gom|Клей|Keo",
    "Ord Mi": "Ord. Mi",
    "Ord Sn": "Ord. Sn",
    "Ord Yt": "Ord. Yt",
    "Ord Sg": "Ord. Sg",
    "Currency": "Devise|Monnaie|Moneda|Währung|Valuta|Waluta|Валюта|Tiền tệ|Đơn vị tiền",
    "FaceValue": "Face value|Valeur faciale|Valor facial|Nennwert|Nominale|Valore facciale|Nominale waarde|Nominał|"
    "Номинал|Giá mặt|Mệnh giá|Denomination",
    "Print run": "Tirage|Tirada|Auflage|Tiratura|Oplage|Nakład|Тираж|Số lượng in|Quantity printed",
    "Parent Item": "Parent|Élément parent|Objeto principal|Elternobjekt|Родительский объект|Mẫu gốc",
    "Variant": "Variante|Вариант|Biến thể",
    "Overprint Variant": "Variante de surcharge|Variante de sobrecarga|Aufdruckvariante|Вариант надпечатки|Biến thể in đè",
    "Score": "Punteggio|Puntuación|Punkte|Оценка|Điểm",
    "Accuracy": "Précision|Exactitude|Exactitud|Genauigkeit|Accuratezza|Точность|Độ chính xác",
    "Colors": "Colours|Color|Colour|Couleurs|Couleur|Colores|Farben|Farbe|Colori|Kleuren|Kolory|Цвета|Цвет|Màu|Màu sắc",
    "Designers": "Designer|Dessinateurs|Créateurs|Diseñadores|Entwerfer|Designatori|Ontwerpers|Projektanci|Дизайнеры|"
    "Художники|Họa sĩ|Người thiết kế",
    "Printers": "Printer|Imprimeurs|Impresores|Drucker|Druckereien|Stampatori|Drukkers|Drukarnie|Типографии|Nhà in",
    "Issuers": "Issuer|Émetteurs|Emisores|Herausgeber|Emittenti|Uitgevers|Эмитенты|Đơn vị phát hành",
    "Themes": "Topics|Thèmes|Temas|Themen|Temi|Thema's|Tematy|Темы|Chủ đề",
    "Description": "Note|Descripción|Beschreibung|Descrizione|Beschrijving|Opis|Описание|Mô tả|Ghi chú tem",
    "Link": "URL|Lien|Enlace|Collegamento|Odnośnik|Ссылка|Liên kết|Địa chỉ",
    "List": "Lists|Liste|Lista|Lijst|Список|Danh sách",
    "Quantity": "Quantities|Quantité|Cantidad|Anzahl|Menge|Quantità|Aantal|Ilość|Количество|Số lượng",
    "Condition": "Conditions|État|Estado|Erhaltung|Zustand|Condizione|Conditie|Stan|Состояние|Tình trạng",
    "Public Note": "Public Notes|Note publique|Nota pública|Öffentliche Notiz|Nota pubblica|Публичная заметка|"
    "Ghi chú công khai",
    "Private Note": "Private Notes|Note privée|Nota privada|Private Notiz|Nota privata|Личная заметка|Ghi chú riêng",
}
# Headings that name the language of the names below them.
_NAMES_IN = {
    "en": "Name en|Title en|Name English|Title English|English name|English title|Nom anglais|Tên tiếng Anh",
    "vi": "Name vi|Title vi|Name Vietnamese|Title Vietnamese|Vietnamese name|Nom vietnamien|Tên tiếng Việt",
    "fr": "Name fr|Title fr|Name French|Title French|French name|Nom français|Tên tiếng Pháp",
}
# What Colnect has no column for and is read beside its 39; such cells go out at the end like others that lists do not know.
YEAR, LANGUAGE, PAGE = "Year", "Language", "Page"
_BESIDE = {
    YEAR: "Year|Year of issue|Issue year|Année|Année d'émission|Año|Jahr|Ausgabejahr|Anno|Jaar|Rok|Год|Год выпуска|Năm|"
    "Năm phát hành",
    LANGUAGE: "Lang|Language|Language code|Langue|Idioma|Sprache|Lingua|Taal|Język|Язык|Ngôn ngữ",
    PAGE: "Page URL|Source URL|Source page|Web page|Page|Trang nguồn",
}


def _folded(name: str) -> str:
    """A header as it is compared: blanks, dashes, points and underscores make no difference."""
    return "".join(sign for sign in fold(name) if sign.isalnum())


def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for column in COLNECT:
        names = (column, PLAIN_OF[column], *_ALSO.get(column, "").split("|"))
        found |= {_folded(name): column for name in names if _folded(name) not in found}
    for headings in _NAMES_IN.values():
        found |= {_folded(name): "Name" for name in headings.split("|")}
    return found


_KNOWN = _known()
_LANGUAGE_NAMED = {_folded(name): language for language, names in _NAMES_IN.items() for name in names.split("|")}
_READ_BESIDE = {_folded(name): column for column, names in _BESIDE.items() for name in names.split("|")}


def named_in(heading: str) -> str:
    """The language that a heading over names tells; "" for none."""
    return _LANGUAGE_NAMED.get(_folded(heading), "")


@dataclass(frozen=True)
class Header:
    """The columns of a file: for each place the Colnect name, "" where it is not known; how that was found.

    `names` are the cells as they stand; `by_position` when 39 columns were taken in their usual order; `unknown` those whose
    heading nobody knows: their cells are kept and nothing is read from them.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...]
    by_position: bool = False

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headings that say nothing to us."""
        read = self.beside.values()
        pairs = zip(self.names, self.columns, strict=True)
        return tuple(name for at, (name, column) in enumerate(pairs) if name and not column and at not in read)

    @property
    def beside(self) -> dict[str, int]:
        """Where the year, the language of the names and the page a row was found on stand, beside the known columns."""
        found: dict[str, int] = {}
        for at, (name, column) in enumerate(zip(self.names, self.columns, strict=True)):
            if not column and (read := _READ_BESIDE.get(_folded(name))):
                found.setdefault(read, at)
        return found

    @property
    def is_colnects(self) -> bool:
        """Exactly the 39 columns in their order."""
        return self.columns == COLNECT

    @property
    def places(self) -> dict[str, int]:
        """Where each known column stands."""
        return {column: at for at, column in enumerate(self.columns) if column}


def known_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """The column each heading means, "" for none; a column named twice is the first of them."""
    seen: set[str] = set()
    found = []
    for cell in cells:
        column = _KNOWN.get(_folded(cell), "")
        found.append("" if column in seen else column)
        seen.add(column)
    return tuple(found)


def header_of(cells: Sequence[str]) -> Header | None:
    """The header in this line, if it is one: `Name` and others known, or 39 headings of a language we do not know."""
    columns = known_columns(cells)
    known = sum(map(bool, columns))
    if len(cells) == WIDTH and all(cell.strip() for cell in cells) and known < WIDTH:
        # A list of 39 columns is Colnect's, whatever the language: the place says what the heading does not.
        return Header(tuple(cells), COLNECT, by_position=True)
    if known >= 2 and known * 2 >= len([cell for cell in cells if cell.strip()]) and "Name" in columns:
        return Header(tuple(cells), columns)
    return None


def headings_beside(header: Header) -> tuple[str, ...]:
    """For each place the heading under which a cell that nothing is read from goes out again; "" where the column is known."""
    taken = {*COLNECT, *PLAIN, COPIES}
    found = []
    for at, (name, column) in enumerate(zip(header.names, header.columns, strict=True), start=1):
        words = name.strip() or f"column {at}"
        ways = (words if turn == 1 else f"{words} ({turn})" for turn in count(1))
        found.append("" if column else next(way for way in ways if way not in taken))
        taken.add(found[-1])
    return tuple(found)


def is_plain(header: Header) -> bool:
    """Whether the headings are our own plain ones."""
    return all(name in COLNECT_OF for name in header.names)
