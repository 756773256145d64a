"""What a new stage begins with, every bit of it editable: the four criteria of the UPU and Viet Nam's prize table.

The criteria are listed by PTT of Türkiye from the UPU's rules; no official weights are published, so all
weigh the same.
The prize table is that of the 49th Vietnamese stage (2020).
"""

YOUNGEST, OLDEST, WORD_LIMIT, MOST_POINTS = 9, 15, 800, 10

CRITERIA = (
    {
        "name_vi": "Bố cục bức thư",
        "name_en": "Structure of the letter",
        "name_fr": "Structure de la lettre",
        "description_vi": "Có nơi viết, ngày tháng, lời chào, phần kết và chữ ký; các ý nối nhau tự nhiên.",
        "description_en": "It has place and date, salutation, closing and signature; one thought leads to the next.",
        "description_fr": "Lieu, date, formule d’appel, formule finale et signature ; une idée mène à la suivante.",
    },
    {
        "name_vi": "Bám sát chủ đề",
        "name_en": "Adherence to the theme",
        "name_fr": "Respect du thème",
        "description_vi": "Bức thư trả lời đúng điều chủ đề hỏi.",
        "description_en": "The letter answers what the theme asks.",
        "description_fr": "La lettre répond à ce que demande le thème.",
    },
    {
        "name_vi": "Sáng tạo",
        "name_en": "Creativity",
        "name_fr": "Créativité",
        "description_vi": "Ý tưởng, hình ảnh và cách nhìn của riêng em.",
        "description_en": "Ideas, images and a view of the child’s own.",
        "description_fr": "Des idées, des images et un regard personnels.",
    },
    {
        "name_vi": "Sử dụng ngôn ngữ",
        "name_en": "Use of language",
        "name_fr": "Usage de la langue",
        "description_vi": "Từ ngữ chính xác, câu văn trong sáng và giàu cảm xúc.",
        "description_en": "Exact words, clear sentences, a voice of its own.",
        "description_fr": "Des mots justes, des phrases claires, une voix propre.",
    },
)

PRIZES = (
    {"name_vi": "Giải nhất", "name_en": "First prize", "name_fr": "Premier prix", "places": 1, "worth": "5.000.000 đ"},
    {"name_vi": "Giải nhì", "name_en": "Second prize", "name_fr": "Deuxième prix", "places": 3, "worth": "3.000.000 đ"},
    {"name_vi": "Giải ba", "name_en": "Third prize", "name_fr": "Troisième prix", "places": 5, "worth": "2.000.000 đ"},
    {
        "name_vi": "Giải khuyến khích",
        "name_en": "Consolation prize",
        "name_fr": "Prix d’encouragement",
        "places": 30,
        "worth": "1.000.000 đ",
    },
)
