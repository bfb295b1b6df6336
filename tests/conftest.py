"""What all tests share: the option that accepts new reports, and no silent skips on CI."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, settings

ON_CI = os.environ.get("CI") == "true"

# A slow machine fails no property. On CI the examples are the same in every run; elsewhere each run looks for new ones.
_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("searching", _UNHURRIED)
settings.register_profile("ci", _UNHURRIED, derandomize=True)
settings.load_profile("ci" if ON_CI else "searching")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--accept`."""
    parser.addoption("--accept", action="store_true", help="write reports/ anew from samples/ instead of comparing")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest where several workers share the tests."""
    if hasattr(config, "workerinput"):
        from tests.scheduling import longest_first

        longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Give each worker whole modules, unless `--dist` says otherwise."""
    if config.getoption("dist") != "load":
        return None
    from tests.scheduling import ByModule

    return ByModule(config, log)


@contextmanager
def _own_checks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("migrator.verify.tools.installed", lambda tool: False)
        patch.setattr("migrator.verify.machines.consumer.find_asl_validator", lambda search_path: None)
        yield


@pytest.fixture
def own_checks_alone() -> Iterator[None]:
    """Leave the tools from outside aside, which take longer than all else in a run: for tests that are not of them."""
    with _own_checks():
        yield


@pytest.fixture(scope="module")
def own_checks_in_module() -> Iterator[None]:
    """Leave them aside in all tests of a module, and in its own fixtures."""
    with _own_checks():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a skipped oracle test on CI, where every tool is installed; data beside the checkout may be absent."""
    report = yield
    if ON_CI and item.get_closest_marker("oracle"):
        _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a module that is skipped as a whole on CI because an import is missing."""
    report = yield
    if ON_CI and "could not import" in str(report.longrepr):
        _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if "shared" not in reason:
        report.outcome = "failed"
        report.longrepr = f"skipped on CI, where nothing may be missing: {reason}"
