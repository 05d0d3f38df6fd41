"""What the child process runs: `python -m postil.isolation`."""

from postil.isolation.serving import serve
from postil.isolation.tasks import TASKS

serve(TASKS)
