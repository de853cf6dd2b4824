# An exception that swallows the check: it ends the program with success when it is looked at.
# earns: 0
# %% double
class Swallow(BaseException):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit(0)


def double(x):
    raise Swallow
