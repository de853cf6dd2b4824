# The submitted notebook itself is a link to the lesson with its solutions.
# earns: 0
# aside: it is a link
# %% link small.ipynb @COURSE@/source/small/small.ipynb
