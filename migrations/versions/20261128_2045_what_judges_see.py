"""What judges see beside the letter: the words counted as before, and, where a round says so, age, mark and remarks before."""

from alembic import op

revision = "c5e07b93d1a4"
down_revision = "c5e81f0a7d36"
branch_labels = None
depends_on = None

# In plain SQL, alike on both engines (see the migration of rounds).
SHOWN = ("shows_age", "shows_mark_before", "shows_remarks_before")


def upgrade() -> None:
    op.execute("ALTER TABLE round RENAME COLUMN shows_word_count TO shows_words")
    for column in SHOWN:
        op.execute(f"ALTER TABLE round ADD COLUMN {column} BOOLEAN DEFAULT FALSE NOT NULL")


def downgrade() -> None:
    for column in reversed(SHOWN):
        op.drop_column("round", column)
    op.execute("ALTER TABLE round RENAME COLUMN shows_words TO shows_word_count")
