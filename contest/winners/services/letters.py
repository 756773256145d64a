"""Letters of laureates: kept with what is permitted, shown and searched exactly so far, taken down at once."""

from datetime import datetime

from archive.sources import index_later
from contest.winners import rights
from contest.winners.models import Award, AwardLetter
from contest.winners.rights import LetterRights, LetterText, Permission
from core import journal
from core.db import db
from core.localtime import local_day


def keep_letter(*, award: Award, letter: LetterText, permission: Permission, by: int | None, now: datetime) -> None:
    """Keep the letter of an award, or change what is kept and permitted. The journal holds no word of it."""
    rights.refuse_letter(letter, permission, today=local_day(now))
    kept = award.letter or AwardLetter(award=award)
    kept.language, kept.body, kept.excerpt = letter.language, letter.body, letter.excerpt
    kept.rights, kept.permitted_by, kept.permitted_on = permission.rights, permission.by, permission.on
    kept.kept_at, kept.withdrawn_at = now, None
    db.session.add(kept)
    db.session.flush()
    told = {"rights": permission.rights.value, "permitted_by": permission.by}
    journal.write(who=by, act="keep letter", kind="award", thing=award.id, now=now, **told)
    index_later("laureate", award.key)


def withdraw_permission(*, award: Award, by: int | None, now: datetime) -> None:
    """Nobody may read the letter any more. Twice is once."""
    kept = award.letter
    if kept is None or kept.rights is LetterRights.NONE:
        return
    kept.rights, kept.withdrawn_at = LetterRights.NONE, now
    journal.write(who=by, act="withdraw letter", kind="award", thing=award.id, now=now)
    index_later("laureate", award.key)
