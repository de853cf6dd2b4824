"""IPython runs a copy of this file in every kernel of the environment; `torchprimer.dot` says why."""

from torchprimer.dot import use_bundled_graphviz

use_bundled_graphviz()
del use_bundled_graphviz
