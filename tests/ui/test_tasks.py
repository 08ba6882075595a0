"""Work off the window's thread: answers come back to it, errors too, and cancelling leaves no trace."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.ui.tasks import Runner


@pytest.fixture
def runner(qtbot: QtBot) -> Runner:
    return Runner()


def test_work_is_done_elsewhere_and_answered_here(runner: Runner, qtbot: QtBot) -> None:
    threads: list[object] = []
    with qtbot.waitSignal(runner.finished):
        runner.run("Count", lambda _p: threading.current_thread(), lambda found: threads.extend([found, here()]))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def here() -> threading.Thread:
    return threading.current_thread()


def test_an_error_comes_to_whoever_asked(runner: Runner, qtbot: QtBot) -> None:
    errors: list[Exception] = []

    def work(_progress: Callable[..., None]) -> None:
        raise ValueError("no")

    runner.run("Fail", work, None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "no"
    assert not runner.busy


def test_an_error_nobody_asked_for_is_told_to_the_window(runner: Runner, qtbot: QtBot) -> None:
    def work(_progress: Callable[..., None]) -> None:
        raise ValueError("no")

    with qtbot.waitSignal(runner.failed) as told:
        runner.run("Fail", work)
    assert isinstance(told.args[0], ValueError)


def test_progress_reaches_the_window(runner: Runner, qtbot: QtBot) -> None:
    def work(progress: Callable[..., None]) -> None:
        progress(3, 10, "Page")

    with qtbot.waitSignal(runner.progressed) as told:
        runner.run("Build", work)
    assert told.args == [3, 10, "Page"]


def test_cancelling_stops_the_work_and_nobody_is_answered(runner: Runner, qtbot: QtBot) -> None:
    began = threading.Event()
    done: list[object] = []

    def work(progress: Callable[..., None]) -> None:
        began.set()
        for step in range(10_000):
            progress(step, 10_000)
            threading.Event().wait(0.001)

    with qtbot.waitSignal(runner.finished):
        runner.run("Long", work, done.append, done.append)
        assert began.wait(5)
        runner.cancel()
    assert done == []


def test_jobs_wait_for_their_turn(runner: Runner, qtbot: QtBot) -> None:
    order: list[str] = []
    gate = threading.Event()

    def first(_progress: Callable[..., None]) -> None:
        gate.wait(5)
        order.append("first")

    runner.run("First", first)
    qtbot.waitUntil(lambda: runner.busy)
    runner.run("Second", lambda _p: order.append("second"))
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert sorted(order) == ["first", "second"]


def test_waiting_ends_what_runs(runner: Runner, qtbot: QtBot) -> None:
    def work(progress: Callable[..., None]) -> None:
        while True:
            progress(1, 2)
            threading.Event().wait(0.001)

    runner.run("For ever", work)
    qtbot.wait(20)
    runner.wait(5)
    qtbot.waitUntil(lambda: not runner.busy)


def test_a_reading_is_done_beside_a_job_and_answered_here(runner: Runner, qtbot: QtBot) -> None:
    go, found = threading.Event(), list[object]()
    runner.run("Long", lambda _p: go.wait(10))
    runner.read(threading.current_thread, lambda thread: found.extend([thread, here()]))
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found[0] is not threading.main_thread()
    assert found[1] is threading.main_thread()
    go.set()
    qtbot.waitUntil(lambda: not runner.busy)


def test_a_reading_that_fails_is_told_to_the_window_and_to_whoever_asked(runner: Runner, qtbot: QtBot) -> None:
    errors: list[Exception] = []

    def work() -> None:
        raise ValueError("no")

    with qtbot.waitSignal(runner.failed) as told:
        runner.read(work, print, errors.append)
    assert [str(each) for each in (*errors, *told.args)] == ["no", "no"]
