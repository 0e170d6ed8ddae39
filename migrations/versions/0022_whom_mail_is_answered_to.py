"""An organisation has an address that people may write to, and one to which its mails are answered."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisation", sa.Column("contact_email", sa.String(), nullable=True))
    op.add_column("organisation", sa.Column("reply_to", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("organisation", "reply_to")
    op.drop_column("organisation", "contact_email")
