"""``python -m channels.practice``: run the practice account.

The credentials come from the settings only: arguments can be read by every user of a machine.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys

from werkzeug.serving import run_simple

from casework.settings import SettingsError, load
from channels.practice.app import create_app
from channels.practice.config import ConfigError, from_settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="practice", description=__doc__)
    parser.add_argument("--webhook-url")
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument("--mode", choices=("plain", "aes"))
    given = {name: value for name, value in vars(parser.parse_args()).items() if value is not None}
    try:
        config = dataclasses.replace(from_settings(load(), os.environ), **given)
    except (ConfigError, SettingsError, ValueError) as error:
        sys.stderr.write(f"practice account: {error}\n")
        return 2
    run_simple(config.host, config.port, create_app(config), threaded=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
