"""The catalogue: items of any depth, numbers as rows, makers, series, joint issues, pictures, permanent numbers.

Numbers that stood in columns come again as rows when the record is loaded (`temthu load-record`).
"""

import sqlalchemy as sa
from alembic import op

revision = 'e6582a79ccc3'
down_revision = 'c4d2a9e07b15'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stamp_catalogue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stamp_catalogue')),
    sa.UniqueConstraint('key', name=op.f('uq_stamp_catalogue_key'))
    )
    op.create_table('stamp_joint_issue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('jointness', sa.Enum('twin', 'concerted', 'se_tenant', 'omnibus', name='jointness', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Enum('high', 'medium', 'low', 'unknown', name='confidence', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('name_vi', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_fr', sa.Text(), nullable=False),
    sa.Column('name_local', sa.Text(), nullable=False),
    sa.Column('local_language', sa.String(length=8), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stamp_joint_issue')),
    sa.UniqueConstraint('key', name=op.f('uq_stamp_joint_issue_key'))
    )
    op.create_table('stamp_maker',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.Enum('person', 'firm', name='makerkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stamp_maker')),
    sa.UniqueConstraint('key', name=op.f('uq_stamp_maker_key'))
    )
    op.create_table('stamp_permanent_number',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_stamp_permanent_number'))
    )
    with op.batch_alter_table('stamp_permanent_number', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stamp_permanent_number_key'), ['key'], unique=False)

    op.create_table('stamp_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Enum('high', 'medium', 'low', 'unknown', name='confidence', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('name_vi', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_fr', sa.Text(), nullable=False),
    sa.Column('name_local', sa.Text(), nullable=False),
    sa.Column('local_language', sa.String(length=8), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stamp_series')),
    sa.UniqueConstraint('key', name=op.f('uq_stamp_series_key'))
    )
    op.create_table('stamp_catalogue_number',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('catalogue_id', sa.Integer(), nullable=False),
    sa.Column('issue_id', sa.Integer(), nullable=True),
    sa.Column('stamp_id', sa.Integer(), nullable=True),
    sa.Column('area', sa.String(length=8), nullable=False),
    sa.Column('prefix', sa.String(length=16), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=True),
    sa.Column('suffix', sa.String(length=24), nullable=False),
    sa.Column('printed', sa.String(length=80), nullable=False),
    sa.Column('normal', sa.String(length=80), nullable=False),
    sa.Column('sort', sa.String(length=80), nullable=False),
    sa.CheckConstraint('(issue_id IS NULL) <> (stamp_id IS NULL)', name=op.f('ck_stamp_catalogue_number_of_one_thing')),
    sa.ForeignKeyConstraint(['catalogue_id'], ['stamp_catalogue.id'], name=op.f('fk_stamp_catalogue_number_catalogue_id_stamp_catalogue')),
    sa.ForeignKeyConstraint(['issue_id'], ['stamp_issue.id'], name=op.f('fk_stamp_catalogue_number_issue_id_stamp_issue'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stamp_id'], ['stamp.id'], name=op.f('fk_stamp_catalogue_number_stamp_id_stamp'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stamp_catalogue_number'))
    )
    with op.batch_alter_table('stamp_catalogue_number', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stamp_catalogue_number_catalogue_id'), ['catalogue_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stamp_catalogue_number_issue_id'), ['issue_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stamp_catalogue_number_normal'), ['normal'], unique=False)
        batch_op.create_index(batch_op.f('ix_stamp_catalogue_number_stamp_id'), ['stamp_id'], unique=False)

    op.create_table('stamp_credit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('maker_id', sa.Integer(), nullable=False),
    sa.Column('issue_id', sa.Integer(), nullable=True),
    sa.Column('stamp_id', sa.Integer(), nullable=True),
    sa.Column('part', sa.Enum('designer', 'engraver', 'photographer', 'artist', 'printer', 'issuer', name='part', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('printed', sa.String(length=200), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.CheckConstraint('(issue_id IS NULL) <> (stamp_id IS NULL)', name=op.f('ck_stamp_credit_of_one_thing')),
    sa.ForeignKeyConstraint(['issue_id'], ['stamp_issue.id'], name=op.f('fk_stamp_credit_issue_id_stamp_issue'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['maker_id'], ['stamp_maker.id'], name=op.f('fk_stamp_credit_maker_id_stamp_maker')),
    sa.ForeignKeyConstraint(['stamp_id'], ['stamp.id'], name=op.f('fk_stamp_credit_stamp_id_stamp'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stamp_credit'))
    )
    with op.batch_alter_table('stamp_credit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stamp_credit_issue_id'), ['issue_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stamp_credit_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stamp_credit_stamp_id'), ['stamp_id'], unique=False)

    op.create_table('stamp_item_topic',
    sa.Column('stamp_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['stamp_id'], ['stamp.id'], name=op.f('fk_stamp_item_topic_stamp_id_stamp'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['stamp_topic.id'], name=op.f('fk_stamp_item_topic_topic_id_stamp_topic'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('stamp_id', 'topic_id', name=op.f('pk_stamp_item_topic'))
    )
    with op.batch_alter_table('stamp_item_topic', schema=None) as batch_op:
        batch_op.create_index('ix_stamp_item_topic_topic_id', ['topic_id'], unique=False)

    op.create_table('stamp_member',
    sa.Column('container_id', sa.Integer(), nullable=False),
    sa.Column('stamp_id', sa.Integer(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.CheckConstraint('times > 0', name=op.f('ck_stamp_member_times')),
    sa.ForeignKeyConstraint(['container_id'], ['stamp.id'], name=op.f('fk_stamp_member_container_id_stamp'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stamp_id'], ['stamp.id'], name=op.f('fk_stamp_member_stamp_id_stamp'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('container_id', 'stamp_id', name=op.f('pk_stamp_member'))
    )
    with op.batch_alter_table('stamp_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stamp_member_stamp_id'), ['stamp_id'], unique=False)

    op.create_table('stamp_picture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('issue_id', sa.Integer(), nullable=True),
    sa.Column('stamp_id', sa.Integer(), nullable=True),
    sa.Column('file_id', sa.String(length=80), nullable=False),
    sa.Column('view', sa.Enum('face', 'back', 'detail', 'cover', name='view', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('licence', sa.String(length=200), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('author', sa.String(length=200), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(issue_id IS NULL) <> (stamp_id IS NULL)', name=op.f('ck_stamp_picture_of_one_thing')),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_stamp_picture_added_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['issue_id'], ['stamp_issue.id'], name=op.f('fk_stamp_picture_issue_id_stamp_issue'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stamp_id'], ['stamp.id'], name=op.f('fk_stamp_picture_stamp_id_stamp'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stamp_picture')),
    sa.UniqueConstraint('key', name=op.f('uq_stamp_picture_key'))
    )
    with op.batch_alter_table('stamp_picture', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stamp_picture_issue_id'), ['issue_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stamp_picture_stamp_id'), ['stamp_id'], unique=False)

    with op.batch_alter_table('stamp', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parent_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('base_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('emission', sa.Enum('commemorative', 'topical', 'definitive', 'air_post', 'air_post_official', 'air_post_semi_postal', 'semi_postal', 'postage_due', 'official', 'parcel_post', 'postal_tax', 'postal_fiscal', 'precancelled', 'personalized', 'label', 'official_reprint', 'cinderella', 'agency', 'illegal', name='emission', native_enum=False, create_constraint=True, length=32), nullable=True))
        batch_op.add_column(sa.Column('difference', sa.Enum('perforation', 'watermark', 'paper', 'gum', 'colour', 'printing', 'type', 'flaw', 'overprint', 'other', name='difference', native_enum=False, create_constraint=True, length=32), nullable=True))
        batch_op.add_column(sa.Column('variety', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('date', sa.String(length=10), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('date_printed', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('sales_end', sa.String(length=10), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('validity_end', sa.String(length=10), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('face_kind', sa.Enum('amount', 'surcharge', 'sum', 'rate', 'none', 'unread', name='valuekind', native_enum=False, create_constraint=True, length=32), nullable=True))
        batch_op.add_column(sa.Column('surcharge_amount', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('shape', sa.Enum('rectangle', 'square', 'round', 'oval', 'triangle', 'diamond', 'other', name='shape', native_enum=False, create_constraint=True, length=32), nullable=True))
        batch_op.add_column(sa.Column('perforation', sa.String(length=120), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('perforation_kind', sa.Enum('comb', 'line', 'harrow', 'roulette', 'die_cut', 'imperforate', name='perforationkind', native_enum=False, create_constraint=True, length=32), nullable=True))
        batch_op.add_column(sa.Column('perforation_across', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('perforation_down', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('watermark', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('printing', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('processes', sa.String(length=120), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('paper', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('gum', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('colours', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('print_run', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('name_fr', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('name_local', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('local_language', sa.String(length=8), nullable=False, server_default=''))
        batch_op.alter_column('face_value',
               existing_type=sa.VARCHAR(length=40),
               type_=sa.String(length=80),
               existing_nullable=False)
        batch_op.alter_column('currency',
               existing_type=sa.VARCHAR(length=3),
               type_=sa.String(length=16),
               existing_nullable=False)
        batch_op.drop_index(batch_op.f('ix_stamp_number'))
        batch_op.create_index(batch_op.f('ix_stamp_base_id'), ['base_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stamp_parent_id'), ['parent_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_stamp_base_id_stamp'), 'stamp', ['base_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_stamp_parent_id_stamp'), 'stamp', ['parent_id'], ['id'])
        batch_op.drop_column('number')

    with op.batch_alter_table('stamp_issue', schema=None) as batch_op:
        batch_op.add_column(sa.Column('series_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('joint_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('date_printed', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('validity_end', sa.String(length=10), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('name_fr', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('name_local', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('local_language', sa.String(length=8), nullable=False, server_default=''))
        batch_op.alter_column('currency',
               existing_type=sa.VARCHAR(length=3),
               type_=sa.String(length=16),
               existing_nullable=False)
        batch_op.alter_column('perforation',
               existing_type=sa.VARCHAR(length=80),
               type_=sa.String(length=120),
               existing_nullable=False)
        batch_op.drop_index(batch_op.f('ix_stamp_issue_national_code'))
        batch_op.create_index(batch_op.f('ix_stamp_issue_joint_id'), ['joint_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stamp_issue_series_id'), ['series_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_stamp_issue_series_id_stamp_series'), 'stamp_series', ['series_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_stamp_issue_joint_id_stamp_joint_issue'), 'stamp_joint_issue', ['joint_id'], ['id'])
        batch_op.drop_column('national_code')
        batch_op.drop_column('catalogue_numbers')

    with op.batch_alter_table('stamp_topic', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parent_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_stamp_topic_parent_id'), ['parent_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_stamp_topic_parent_id_stamp_topic'), 'stamp_topic', ['parent_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('stamp_topic', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_stamp_topic_parent_id_stamp_topic'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_stamp_topic_parent_id'))
        batch_op.drop_column('parent_id')

    with op.batch_alter_table('stamp_issue', schema=None) as batch_op:
        batch_op.add_column(sa.Column('catalogue_numbers', sa.TEXT(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('national_code', sa.VARCHAR(length=16), nullable=False, server_default=''))
        batch_op.drop_constraint(batch_op.f('fk_stamp_issue_joint_id_stamp_joint_issue'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_stamp_issue_series_id_stamp_series'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_stamp_issue_series_id'))
        batch_op.drop_index(batch_op.f('ix_stamp_issue_joint_id'))
        batch_op.create_index(batch_op.f('ix_stamp_issue_national_code'), ['national_code'], unique=False)
        batch_op.alter_column('perforation',
               existing_type=sa.String(length=120),
               type_=sa.VARCHAR(length=80),
               existing_nullable=False)
        batch_op.alter_column('currency',
               existing_type=sa.String(length=16),
               type_=sa.VARCHAR(length=3),
               existing_nullable=False)
        batch_op.drop_column('local_language')
        batch_op.drop_column('name_local')
        batch_op.drop_column('name_fr')
        batch_op.drop_column('validity_end')
        batch_op.drop_column('date_printed')
        batch_op.drop_column('joint_id')
        batch_op.drop_column('series_id')

    with op.batch_alter_table('stamp', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.VARCHAR(length=16), nullable=False, server_default=''))
        for name in ('emission', 'difference', 'valuekind', 'shape', 'perforationkind'):
            batch_op.drop_constraint(batch_op.f(f'ck_stamp_{name}'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_stamp_parent_id_stamp'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_stamp_base_id_stamp'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_stamp_parent_id'))
        batch_op.drop_index(batch_op.f('ix_stamp_base_id'))
        batch_op.create_index(batch_op.f('ix_stamp_number'), ['number'], unique=False)
        batch_op.alter_column('currency',
               existing_type=sa.String(length=16),
               type_=sa.VARCHAR(length=3),
               existing_nullable=False)
        batch_op.alter_column('face_value',
               existing_type=sa.String(length=80),
               type_=sa.VARCHAR(length=40),
               existing_nullable=False)
        batch_op.drop_column('local_language')
        batch_op.drop_column('name_local')
        batch_op.drop_column('name_fr')
        batch_op.drop_column('print_run')
        batch_op.drop_column('colours')
        batch_op.drop_column('gum')
        batch_op.drop_column('paper')
        batch_op.drop_column('processes')
        batch_op.drop_column('printing')
        batch_op.drop_column('watermark')
        batch_op.drop_column('perforation_down')
        batch_op.drop_column('perforation_across')
        batch_op.drop_column('perforation_kind')
        batch_op.drop_column('perforation')
        batch_op.drop_column('shape')
        batch_op.drop_column('surcharge_amount')
        batch_op.drop_column('face_kind')
        batch_op.drop_column('validity_end')
        batch_op.drop_column('sales_end')
        batch_op.drop_column('date_printed')
        batch_op.drop_column('date')
        batch_op.drop_column('variety')
        batch_op.drop_column('difference')
        batch_op.drop_column('emission')
        batch_op.drop_column('base_id')
        batch_op.drop_column('parent_id')

    with op.batch_alter_table('stamp_picture', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stamp_picture_stamp_id'))
        batch_op.drop_index(batch_op.f('ix_stamp_picture_issue_id'))

    op.drop_table('stamp_picture')
    with op.batch_alter_table('stamp_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stamp_member_stamp_id'))

    op.drop_table('stamp_member')
    with op.batch_alter_table('stamp_item_topic', schema=None) as batch_op:
        batch_op.drop_index('ix_stamp_item_topic_topic_id')

    op.drop_table('stamp_item_topic')
    with op.batch_alter_table('stamp_credit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stamp_credit_stamp_id'))
        batch_op.drop_index(batch_op.f('ix_stamp_credit_maker_id'))
        batch_op.drop_index(batch_op.f('ix_stamp_credit_issue_id'))

    op.drop_table('stamp_credit')
    with op.batch_alter_table('stamp_catalogue_number', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stamp_catalogue_number_stamp_id'))
        batch_op.drop_index(batch_op.f('ix_stamp_catalogue_number_normal'))
        batch_op.drop_index(batch_op.f('ix_stamp_catalogue_number_issue_id'))
        batch_op.drop_index(batch_op.f('ix_stamp_catalogue_number_catalogue_id'))

    op.drop_table('stamp_catalogue_number')
    op.drop_table('stamp_series')
    with op.batch_alter_table('stamp_permanent_number', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stamp_permanent_number_key'))

    op.drop_table('stamp_permanent_number')
    op.drop_table('stamp_maker')
    op.drop_table('stamp_joint_issue')
    op.drop_table('stamp_catalogue')
