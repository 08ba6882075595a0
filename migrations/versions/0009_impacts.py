"""What a risk does to cost, time, quality, reputation and safety, each as a point of the impact scale."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    for name in ("cost", "time", "quality", "reputation", "safety"):
        op.add_column("risk", sa.Column(f"impact_{name}", sa.Integer()))
