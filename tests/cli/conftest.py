"""What the tests of the command line share: they are not of the tools from outside."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module", autouse=True)
def _no_tools(own_checks_in_module):
    """Let our own checks alone judge what is written."""
