"""`python -m postil`: the same as the command `postil`."""

import sys

from postil.cli import main

sys.exit(main())
