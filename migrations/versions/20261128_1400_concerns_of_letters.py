"""A concern is about a letter and said by a judge, so that it can be raised from a pair too."""

import sqlalchemy as sa
from alembic import op

revision = "c4d2a9e07b15"
down_revision = "5b0f3c7d21ae"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.add_column(sa.Column("letter_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("judge_id", sa.Integer(), nullable=True))
    for column in ("letter_id", "judge_id"):
        op.execute(
            f"UPDATE concern SET {column} = (SELECT {column} FROM assignment WHERE assignment.id = concern.assignment_id)"
        )
    # The same judge may have read a letter in two rounds: the first concern stays, with the words of both.
    op.execute(
        "UPDATE concern_note SET concern_id = (SELECT MIN(first.id) FROM concern first, concern mine"
        " WHERE mine.id = concern_note.concern_id AND first.letter_id = mine.letter_id AND first.judge_id = mine.judge_id)"
    )
    op.execute(
        "UPDATE concern SET words = words || '\n' || (SELECT MAX(later.words) FROM concern later"
        " WHERE later.letter_id = concern.letter_id AND later.judge_id = concern.judge_id AND later.id > concern.id)"
        " WHERE EXISTS (SELECT 1 FROM concern later"
        " WHERE later.letter_id = concern.letter_id AND later.judge_id = concern.judge_id AND later.id > concern.id)"
    )
    op.execute(
        "DELETE FROM concern WHERE id NOT IN (SELECT MIN(id) FROM concern GROUP BY letter_id, judge_id)"
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.alter_column("letter_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("judge_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(batch_op.f("uq_concern_assignment_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_concern_assignment_id_assignment"), type_="foreignkey")
        batch_op.drop_column("assignment_id")
        batch_op.create_foreign_key(batch_op.f("fk_concern_letter_id_letter"), "letter", ["letter_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_concern_judge_id_judge"), "judge", ["judge_id"], ["id"])
        batch_op.create_unique_constraint(batch_op.f("uq_concern_letter_id_judge_id"), ["letter_id", "judge_id"])


def downgrade() -> None:
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assignment_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE concern SET assignment_id = (SELECT MIN(assignment.id) FROM assignment"
        " WHERE assignment.letter_id = concern.letter_id AND assignment.judge_id = concern.judge_id)"
    )
    # A concern raised from a pair has no read to go back to.
    op.execute(
        "DELETE FROM concern_note WHERE concern_id IN (SELECT id FROM concern WHERE assignment_id IS NULL)"
    )
    op.execute("DELETE FROM concern WHERE assignment_id IS NULL")
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.alter_column("assignment_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(batch_op.f("uq_concern_letter_id_judge_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_concern_letter_id_letter"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_concern_judge_id_judge"), type_="foreignkey")
        batch_op.drop_column("letter_id")
        batch_op.drop_column("judge_id")
        batch_op.create_foreign_key(
            batch_op.f("fk_concern_assignment_id_assignment"), "assignment", ["assignment_id"], ["id"]
        )
        batch_op.create_unique_constraint(batch_op.f("uq_concern_assignment_id"), ["assignment_id"])
