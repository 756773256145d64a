"""Words beside marks: remarks, concerns, acts that a desk has sent, and the clock of reading."""

import sqlalchemy as sa
from alembic import op

revision = '7ca20ecec498'
down_revision = 'a832b61d1489'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('safeguard',
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_safeguard_person_id_person')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_safeguard_stage_id_stage')),
    sa.PrimaryKeyConstraint('stage_id', name=op.f('pk_safeguard'))
    )
    with op.batch_alter_table('safeguard', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_safeguard_person_id'), ['person_id'], unique=False)

    op.create_table('concern',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_concern_assignment_id_assignment')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_concern_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concern')),
    sa.UniqueConstraint('assignment_id', name=op.f('uq_concern_assignment_id'))
    )
    with op.batch_alter_table('concern', schema=None) as batch_op:
        batch_op.create_index('ix_concern_open', ['stage_id', 'handled_at'], unique=False)

    op.create_table('reading',
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_reading_assignment_id_assignment')),
    sa.PrimaryKeyConstraint('assignment_id', name=op.f('pk_reading'))
    )
    op.create_table('remark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('reader', sa.Enum('child', 'jury', name='reader', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('passed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('passed_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_remark_assignment_id_assignment')),
    sa.ForeignKeyConstraint(['passed_by'], ['person.id'], name=op.f('fk_remark_passed_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark')),
    sa.UniqueConstraint('assignment_id', 'reader', name=op.f('uq_remark_assignment_id_reader'))
    )
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.create_index('ix_remark_passed', ['reader', 'passed_at'], unique=False)

    op.create_table('sent_act',
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=36), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_sent_act_assignment_id_assignment')),
    sa.PrimaryKeyConstraint('assignment_id', 'key', name=op.f('pk_sent_act'))
    )
    op.create_table('concern_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('concern_id', sa.Integer(), nullable=False),
    sa.Column('handles', sa.Boolean(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('written_by', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['concern_id'], ['concern.id'], name=op.f('fk_concern_note_concern_id_concern')),
    sa.ForeignKeyConstraint(['written_by'], ['person.id'], name=op.f('fk_concern_note_written_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concern_note'))
    )
    with op.batch_alter_table('concern_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_concern_note_concern_id'), ['concern_id'], unique=False)

    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index('ix_assignment_state', ['judge_id', 'round_id', 'state', 'position'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index('ix_assignment_state')

    with op.batch_alter_table('concern_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_concern_note_concern_id'))

    op.drop_table('concern_note')
    op.drop_table('sent_act')
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.drop_index('ix_remark_passed')

    op.drop_table('remark')
    op.drop_table('reading')
    with op.batch_alter_table('concern', schema=None) as batch_op:
        batch_op.drop_index('ix_concern_open')

    op.drop_table('concern')
    with op.batch_alter_table('safeguard', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_safeguard_person_id'))

    op.drop_table('safeguard')
