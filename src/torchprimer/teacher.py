"""The address that `primer lab --teacher` opens; `ServerApp.extra_services` names this module.

JupyterLab opens Formgrader for `/lab?formgrader=true`. That cannot be its `default_url`: the server appends
`?token=...` to the address it prints.
"""

from jupyter_server.base.handlers import RedirectWithParams

default_handlers = [(r"/teacher", RedirectWithParams, {"url": "lab?formgrader=true", "permanent": False})]
