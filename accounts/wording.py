"""The first wording of the guardians' consent, in three languages.

It is ours, and marked so on the organiser's page: the wording of the Universal Postal Union was not seen, so an
organiser checks it before a year begins.
"""

FIRST_CONSENT = {
    "text_vi": (
        "Tôi là cha, mẹ hoặc người giám hộ của em. Tôi đồng ý cho em dự Cuộc thi viết thư quốc tế UPU. Tôi "
        "đồng ý để ban tổ chức lưu họ tên, ngày sinh, trường, lớp và bức thư của em để chấm thi và công bố "
        "kết quả, với cách hiển thị tên mà tôi chọn. Người chấm không biết em là ai. Tôi có thể rút lại sự "
        "đồng ý bất cứ lúc nào."
    ),
    "text_en": (
        "I am a parent or guardian of this child. I agree to the child taking part in the UPU International "
        "Letter-Writing Competition. I agree to the organiser keeping the child’s name, date of birth, "
        "school, class and letter in order to judge it and publish the result, with the name shown the way I "
        "choose. The judges do not learn who the child is. I may withdraw this consent at any time."
    ),
    "text_fr": (
        "Je suis le père, la mère ou le responsable de cet enfant. J’accepte qu’il participe au Concours "
        "international de compositions épistolaires de l’UPU. J’accepte que l’organisateur garde son nom, sa "
        "date de naissance, son école, sa classe et sa lettre pour la juger et publier le résultat, le nom "
        "étant affiché comme je le choisis. Les jurés ne savent pas qui il est. Je peux retirer cet accord à "
        "tout moment."
    ),
}
