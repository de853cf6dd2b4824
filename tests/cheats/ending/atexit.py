# Writes a result when the process ends.
# earns: 0
# %% double
import atexit, sys

kernel = get_ipython().kernel


@atexit.register
def late():
    kernel.send_response(
        kernel.iopub_socket,
        "execute_result",
        {"data": {"text/plain": "4.0"}, "metadata": {}, "execution_count": 1},
    )
    kernel.iopub_thread.flush()


def double(x):
    sys.exit(0)
