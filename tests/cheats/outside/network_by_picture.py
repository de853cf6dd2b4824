# Shows a picture and a script that would ask the network for something when a person opens the page.
# earns: 4
# %% double
from IPython.display import HTML, display


def double(x):
    display(HTML("<script>fetch('http://127.0.0.1:@PORT@/opened')</script>"))
    return 2 * x
