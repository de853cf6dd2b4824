# %% right: three readings of the clock
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% right: imported by name, waiting whatever the device is
from time import perf_counter

from torch.accelerator import synchronize


def honest_times(operation, device, repeats):
    for _ in range(3):
        operation()
    synchronize()
    moments = [perf_counter()]
    for _ in range(repeats):
        operation()
    moments.append(perf_counter())
    synchronize()
    moments.append(perf_counter())
    begin, launched, done = moments
    return dict(launch=(launched - begin) / repeats, done=(done - begin) / repeats)


# %% wrong: each call by itself, in nanoseconds | you wait after every call
import time

import torch


def honest_times(operation, device, repeats):
    module = torch.get_device_module(device)
    operation()
    module.synchronize()
    launch = done = 0
    for _ in range(repeats):
        start = time.perf_counter_ns()
        operation()
        launch += time.perf_counter_ns() - start
        module.synchronize()
        done += time.perf_counter_ns() - start
    return {"launch": launch / repeats / 1e9, "done": done / repeats / 1e9}


# %% right: two runs, by timeit
import timeit

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize()

    def all_of_them():
        for _ in range(repeats):
            operation()
        wait()

    operation()
    wait()
    done = timeit.timeit(all_of_them, number=1) / repeats
    launch = timeit.timeit(operation, number=repeats) / repeats
    wait()
    return {"done": done, "launch": launch}


# %% right: one synchronize for each kind of device
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        elif device.type == "mps":
            torch.mps.synchronize()
        elif device.type != "cpu":
            getattr(torch, device.type).synchronize()

    def run():
        begin = time.time()
        for _ in range(repeats):
            operation()
        middle = time.time()
        wait()
        return middle - begin, time.time() - begin

    run()
    launch, done = run()
    return {"launch": launch / repeats, "done": done / repeats}


# %% right: the clock as a default argument
import time

import torch


def honest_times(operation, device, repeats, clock=time.monotonic):
    on_host = str(device) == "cpu"
    operation()
    on_host or torch.accelerator.current_stream(device).synchronize()
    start = clock()
    [operation() for _ in range(repeats)]
    launch = (clock() - start) / repeats
    on_host or torch.accelerator.current_stream(device).synchronize()
    return {"launch": launch, "done": (clock() - start) / repeats}


# %% wrong: median and minimum of single calls | you wait after every call
import time, torch, statistics


def honest_times(operation, device, repeats):
    sync = (lambda: None) if device.type == "cpu" else torch.accelerator.synchronize
    operation()
    sync()
    a, b = [], []
    for i in range(repeats):
        t = time.perf_counter()
        operation()
        a.append(time.perf_counter() - t)
        sync()
        b.append(time.perf_counter() - t)
    return {"launch": statistics.median(a), "done": min(b)}


# %% right: by datetime
from datetime import datetime
import torch


def honest_times(operation, device, repeats):
    operation()
    torch.accelerator.synchronize()
    t0 = datetime.now()
    for _ in range(repeats):
        operation()
    t1 = datetime.now()
    torch.accelerator.synchronize()
    t2 = datetime.now()
    return {"launch": (t1 - t0).total_seconds() / repeats, "done": (t2 - t0).total_seconds() / repeats}


# %% right: timeit with a statement
import timeit, torch
from timeit import default_timer as timer


def honest_times(operation, device, repeats):
    is_cpu = device.type == "cpu"
    for _ in range(2):
        operation()
    if not is_cpu:
        torch.accelerator.synchronize(device.index)
    t = timer()
    launch = timeit.timeit("operation()", globals={"operation": operation}, number=repeats) / repeats
    if not is_cpu:
        torch.accelerator.synchronize(device.index)
    return {"launch": launch, "done": (timer() - t) / repeats}


# %% right: tries to wait
import time, torch


def honest_times(operation, device, repeats):
    def wait():
        try:
            torch.accelerator.synchronize(device)
        except (ValueError, RuntimeError):
            pass

    operation()
    wait()
    start = time.perf_counter()
    n = 0
    while n < repeats:
        operation()
        n += 1
    mid = time.perf_counter() - start
    wait()
    end = time.perf_counter() - start
    return {"launch": mid / n, "done": end / n}


# %% right: a stopwatch class
import time, torch


class Clock:
    def __enter__(self):
        self.t = time.perf_counter()
        return self

    def __exit__(self, *a):
        self.seconds = time.perf_counter() - self.t


def honest_times(operation, device, repeats):
    def wait():
        if str(device) != "cpu":
            torch.accelerator.synchronize()

    operation()
    wait()
    with Clock() as done:
        with Clock() as launch:
            for _ in range(repeats):
                operation()
        wait()
    return {"launch": launch.seconds / repeats, "done": done.seconds / repeats}


# %% wrong: never waits | nothing waits for the device
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            pass

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: waits only after the warm-up | not between the last call and the clock
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: waits after the last reading | not between the last call and the clock
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    done = time.perf_counter()
    wait()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: no wait after the warm-up | still busy with the warm-up
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: no warm-up | The first call is among those that you time
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: the clock starts before the warm-up | The clock started before the warm-up
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    start = time.perf_counter()
    operation()
    wait()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: not divided | divide by `repeats`
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start), "done": (done - start)}


# %% wrong: in milliseconds | in milliseconds
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) * 1000 / repeats, "done": (done - start) * 1000 / repeats}


# %% wrong: one call too many | One more call is timed
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats + 1):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: divided by one more | You divided by one more
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / (repeats + 1), "done": (done - start) / (repeats + 1)}


# %% wrong: hard-coded ten | was called 11 times for `repeats=25`
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(10):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / 10, "done": (done - start) / 10}


# %% wrong: both read after the wait | "launch" is the same as "done"
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    wait()
    launched = time.perf_counter()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: done begins after the launching | begins only when Python has launched everything
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - launched) / repeats}


# %% wrong: keys swapped | have changed places
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"done": (launched - start) / repeats, "launch": (done - start) / repeats}


# %% wrong: only CUDA is waited for | Whatever a device is called
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type == "cuda":
            torch.cuda.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: the device compared with a string | nothing waits for the device
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device == "cuda":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: torch.cuda.synchronize always | belongs to one kind of device
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        torch.cuda.synchronize()

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: synchronize with the CPU | the CPU has no queue
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: process_time | that clock stands still
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.process_time()
    for _ in range(repeats):
        operation()
    launched = time.process_time()
    wait()
    done = time.process_time()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: operation without brackets | `operation` was never called
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: a tuple | a dict with the key `done` was expected
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return (launched - start) / repeats, (done - start) / repeats


# %% wrong: sleeps instead of waiting | nothing waits for the device
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            time.sleep(1e-6)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: no return | returned None
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    times = {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: only one of the two | The entry `launch` is not there yet
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"done": (done - start) / repeats}


# %% wrong: a wait inside the launch loop | you wait after every call
import time

import torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
        wait()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: only the waiting | the launching comes before it
import time, torch


def honest_times(operation, device, repeats):
    operation()
    torch.accelerator.synchronize()
    a = b = 0
    for _ in range(repeats):
        t = time.perf_counter()
        operation()
        t1 = time.perf_counter()
        torch.accelerator.synchronize()
        t2 = time.perf_counter()
        a += t1 - t
        b += t2 - t1
    return {"launch": a / repeats, "done": b / repeats}


# %% wrong: launch of the warm-up | the time of the first call alone
import time, torch


def honest_times(operation, device, repeats):
    s = time.perf_counter()
    operation()
    launch = time.perf_counter() - s
    torch.accelerator.synchronize()
    s = time.perf_counter()
    for _ in range(repeats):
        operation()
    torch.accelerator.synchronize()
    return {"launch": launch, "done": (time.perf_counter() - s) / repeats}


# %% wrong: strings | a number was expected
import time, torch


def honest_times(operation, device, repeats):
    operation()
    torch.accelerator.synchronize()
    s = time.perf_counter()
    for _ in range(repeats):
        operation()
    m = time.perf_counter()
    torch.accelerator.synchronize()
    e = time.perf_counter()
    return {"launch": f"{(m - s) / repeats:.4f}", "done": f"{(e - s) / repeats:.4f}"}


# %% wrong: synchronize without brackets | nothing waits for the device
import time, torch


def honest_times(operation, device, repeats):
    operation()
    torch.accelerator.synchronize
    s = time.perf_counter()
    for _ in range(repeats):
        operation()
    m = time.perf_counter()
    torch.accelerator.synchronize
    e = time.perf_counter()
    return {"launch": (m - s) / repeats, "done": (e - s) / repeats}


# %% wrong: other keys | the dict has `launched`, `finished`
import time, torch


def honest_times(operation, device, repeats):
    operation()
    torch.accelerator.synchronize()
    s = time.perf_counter()
    for _ in range(repeats):
        operation()
    m = time.perf_counter()
    torch.accelerator.synchronize()
    e = time.perf_counter()
    return {"launched": (m - s) / repeats, "finished": (e - s) / repeats}


# %% wrong: waits where CUDA is there | Whatever a device is called
import time, torch


def honest_times(operation, device, repeats):
    def wait():
        if torch.cuda.is_available():
            torch.cuda.synchronize()

    operation()
    wait()
    s = time.perf_counter()
    for _ in range(repeats):
        operation()
    m = time.perf_counter()
    wait()
    e = time.perf_counter()
    return {"launch": (m - s) / repeats, "done": (e - s) / repeats}


# %% wrong: the example by heart | `operation` was never called
def honest_times(operation, device, repeats):
    return {"launch": 0.002, "done": 0.0102}


# %% wrong: waits before the warm-up | still busy with the warm-up
import time, torch


def honest_times(operation, device, repeats):
    torch.accelerator.synchronize()
    operation()
    s = time.perf_counter()
    for _ in range(repeats):
        operation()
    m = time.perf_counter()
    torch.accelerator.synchronize()
    e = time.perf_counter()
    return {"launch": (m - s) / repeats, "done": (e - s) / repeats}


# %% wrong: the lesson's function | a dict with the key `done` was expected
import time, torch


def honest_times(operation, device, repeats=10):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    wait()
    return (time.perf_counter() - start) / repeats


# %% wrong: the clock without brackets | TypeError
import time, torch


def honest_times(operation, device, repeats):
    operation()
    torch.accelerator.synchronize()
    s = time.perf_counter
    for _ in range(repeats):
        operation()
    m = time.perf_counter
    torch.accelerator.synchronize()
    e = time.perf_counter
    return {"launch": (m - s) / repeats, "done": (e - s) / repeats}


# %% wrong: a wait inside the launch loop of a second run | There is a wait inside
import time, torch


def honest_times(operation, device, repeats):
    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    wait()
    done = time.perf_counter() - start
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
        wait()
    launch = time.perf_counter() - start
    return {"launch": launch / repeats, "done": done / repeats}


# %% right: in nanoseconds, each launch by itself
import time

import torch


def honest_times(operation, device, repeats):
    module = torch.get_device_module(device)
    operation()
    module.synchronize()
    launches = []
    begin = time.perf_counter_ns()
    for _ in range(repeats):
        start = time.perf_counter_ns()
        operation()
        launches.append(time.perf_counter_ns() - start)
    module.synchronize()
    done = time.perf_counter_ns() - begin
    return {"launch": sum(launches) / len(launches) / 1e9, "done": done / repeats / 1e9}


# %% wrong: one call fewer | One call fewer is timed
import time


def honest_times(operation, device, repeats):

    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats - 1):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: three warm-ups and no wait | still busy with the warm-up
import time


def honest_times(operation, device, repeats):

    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    for _ in range(3):
        operation()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: the clock after the first call | launched already
import time


def honest_times(operation, device, repeats):

    def wait():
        if device.type != "cpu":
            torch.accelerator.synchronize(device)

    operation()
    wait()
    for i in range(repeats):
        operation()
        if i == 0:
            start = time.perf_counter()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}


# %% wrong: a tensor as the wait | it makes or moves a tensor there
import time


def honest_times(operation, device, repeats):

    def wait():
        if device.type != "cpu":
            torch.zeros(1, device=device).item()

    operation()
    wait()
    start = time.perf_counter()
    for _ in range(repeats):
        operation()
    launched = time.perf_counter()
    wait()
    done = time.perf_counter()
    return {"launch": (launched - start) / repeats, "done": (done - start) / repeats}
