"""Work off the window's thread: answers come back to it, errors too, and cancelling leaves no trace."""

from __future__ import annotations

import gc
import threading
import weakref
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


class _Told:
    """Something that tells which thread took it apart; as a ring only the collector does that."""

    def __init__(self, threads: list[threading.Thread], *, ring: bool) -> None:
        self.itself = self if ring else None
        weakref.finalize(self, lambda: threads.append(here()))


def test_rings_are_taken_apart_in_the_windows_thread_whoever_works(runner: Runner, qtbot: QtBot) -> None:
    """A widget that another thread takes apart takes the whole process with it."""
    threads: list[threading.Thread] = []
    for _ in range(100):
        _Told(threads, ring=True)

    def work(_progress: Callable[..., None]) -> None:
        for _ in range(3):
            kept = [[number] for number in range(300_000)]  # enough for a collector that is on to look
            del kept

    with qtbot.waitSignal(runner.finished, timeout=20_000):
        runner.run("Fill", work)
    kept = [[number] for number in range(2 * gc.get_threshold()[0] + 1_000)]
    qtbot.waitUntil(lambda: len(threads) == 100)
    assert len(kept) > 0
    assert set(threads) == {threading.main_thread()}


@pytest.mark.parametrize("quiet", [False, True])
def test_what_a_job_was_given_is_let_go_in_the_windows_thread(runner: Runner, qtbot: QtBot, *, quiet: bool) -> None:
    threads: list[threading.Thread] = []
    go = threading.Event()
    held = _Told(threads, ring=False)

    def work(_progress: object = None, held: _Told = held) -> object:
        go.wait(5)
        return held is None

    if quiet:
        runner.run_quietly(work)
    else:
        runner.run("Hold", work)
    del held, work
    go.set()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]
