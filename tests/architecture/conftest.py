"""What the walks through the whole house share."""

import pytest
import visitors


@pytest.fixture(scope="module", autouse=True)
def tables_read_anew() -> None:
    """Forget the tables of an earlier telling: its numbers may come again for other things."""
    visitors.forget()
