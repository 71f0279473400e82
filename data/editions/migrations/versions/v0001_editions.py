"""Editions and their tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "editions",
        sa.Column("number", sa.Integer, autoincrement=False),
        sa.Column("parent", sa.Integer),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_editions"),
        sa.UniqueConstraint("parent", name="uq_editions_parent"),
        sa.ForeignKeyConstraint(["parent"], ["editions.number"], name="fk_editions_parent"),
        sa.CheckConstraint("number = coalesce(parent, 0) + 1", name=op.f("ck_editions_chain")),
    )
    op.create_table(
        "edition_tables",
        sa.Column("edition", sa.Integer),
        sa.Column("name", sa.String(60)),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("edition", "name", name="pk_edition_tables"),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"], name="fk_edition_tables_edition"),
    )


def downgrade() -> None:
    """Remove the two tables, with all editions."""
    op.drop_table("edition_tables")
    op.drop_table("editions")
