"""A role for the clerk who hands over what collectors reserved."""

import sqlalchemy as sa
from alembic import op

revision = "b83e5d20c6f4"
down_revision = "94d0b7f1c3e8"
branch_labels = None
depends_on = None

BEFORE = ("student", "judge", "organiser", "curator")
AFTER = (*BEFORE, "clerk")


def upgrade() -> None:
    allow(AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM person_role WHERE role = 'clerk'")
    allow(BEFORE)


def allow(roles: tuple[str, ...]) -> None:
    """Make the table take these roles; SQLite needs it made anew."""
    listed = ", ".join(f"'{role}'" for role in roles)
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_person_role_role"), "person_role", type_="check")
        op.create_check_constraint(op.f("ck_person_role_role"), "person_role", f"role IN ({listed})")
        return
    op.rename_table("person_role", "person_role_before")
    kind = sa.Enum(*roles, name="role", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "person_role",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", kind, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_role_person_id_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "role", name="pk_person_role"),
    )
    op.execute("INSERT INTO person_role (person_id, role) SELECT person_id, role FROM person_role_before")
    op.drop_table("person_role_before")
