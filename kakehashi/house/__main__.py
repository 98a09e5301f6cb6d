"""`python -m kakehashi.house` is `kakehashi`, also where no script has been installed."""

import sys

from kakehashi.house.cli import main

sys.exit(main())
