# Leaves with success in the middle of the check.
# earns: 0
# %% double
import sys


def double(x):
    sys.exit(0)


# %% spread
def spread(x):
    raise SystemExit(0)


# %% cube
def cube(x):
    get_ipython().ask_exit()
    return x
