# Everything is right, with prints and warnings on the way.
# earns: 10
# %% double
mine = "@OTHER@"


def double(x):
    print("doubling")
    return x + x


# %% spread
import warnings


def spread(x):
    warnings.warn("careful")
    x = x - x.min(0).values
    return x / x.max(0).values


# %% cube
def cube(x):
    return x * x * x


# %% end
print(double(torch.ones(2)))
