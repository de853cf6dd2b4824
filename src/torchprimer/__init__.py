"""The code behind the torchprimer lessons."""


def __getattr__(name: str) -> str:
    """`__version__`, looked up when it is asked for: it is the git tag that this was installed from."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import metadata

    try:
        return metadata.version(__name__)
    except metadata.PackageNotFoundError:
        return "not installed"
