# Reads the feedback of a student who was graded earlier.
# earns: 0
# %% double
import glob

print([open(path).read() for path in glob.glob("@COURSE@/feedback/**/*.html", recursive=True)])


def double(x):
    return x
