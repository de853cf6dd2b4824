# The submission's folder is a link to another student's.
# earns: 0
# aside: it is a link
# %% link . @COURSE@/submitted/right/small
