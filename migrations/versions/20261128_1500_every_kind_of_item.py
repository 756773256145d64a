"""The table of items takes every kind: covers, booklets and the rest, not only stamps and sheets."""

from alembic import op

revision = "e9a4c7b15d30"
down_revision = "d4f7a1936e05"
branch_labels = None
depends_on = None

BEFORE = ("stamp", "souvenir_sheet")
AFTER = (
    *("stamp", "souvenir_sheet", "sheetlet", "se_tenant", "booklet", "booklet_pane", "coil"),
    *("first_day_cover", "maximum_card", "stationery", "pack"),
)


def upgrade() -> None:
    allow(AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM stamp WHERE kind NOT IN ('stamp', 'souvenir_sheet')")
    allow(BEFORE)


def allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("stamp", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_stamp_stampkind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_stamp_stampkind"), f"kind IN ({listed})")
