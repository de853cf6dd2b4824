# Says that it is idle, and then errors, before the call has ended.
# earns: 0
# %% double
kernel = get_ipython().kernel


def double(x):
    parent = kernel.get_parent("shell")
    for state in ("idle", "busy", "idle", "starting"):
        kernel.session.send(
            kernel.iopub_socket, "status", {"execution_state": state}, parent=parent, ident=b"status"
        )
    kernel.session.send(kernel.iopub_socket, "clear_output", {"wait": False}, parent=parent)
    return x
