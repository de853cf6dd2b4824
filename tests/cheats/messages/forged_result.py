# Sends execute_results of its own through iopub, while it is called and after, in the name of every parent.
# earns: 0
# %% double
import threading, time

kernel = get_ipython().kernel
content = {
    "data": {"text/plain": "4.0"},
    "metadata": {"torchprimer": {"broken": False}},
    "execution_count": 1,
}


def send(**options):
    kernel.session.send(
        kernel.iopub_socket,
        "execute_result",
        content,
        ident=b"execute_result",
        parent=kernel.get_parent("shell"),
    )


threading.Thread(target=lambda: [(send(), time.sleep(0.1)) for _ in range(50)], daemon=True).start()


def double(x):
    send()
    return x
