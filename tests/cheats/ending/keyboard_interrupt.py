# Interrupts the check, as if a person had.
# earns: 0
# %% double
def double(x):
    raise KeyboardInterrupt


# %% spread
def spread(x):
    import _thread

    _thread.interrupt_main()
    return x


# %% cube
def cube(x):
    import os, signal

    os.kill(os.getpid(), signal.SIGINT)
    return x
