"""`python -m torchprimer` is `primer`."""

import sys

from torchprimer.cli import main

sys.exit(main())
