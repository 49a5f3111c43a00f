"""``python -m channels.receiver``: run the reference receiver."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from werkzeug.serving import run_simple

from casework.settings import SettingsError, load
from channels.receiver.app import create_app
from channels.receiver.config import ConfigError, from_settings


def main() -> int:
    """Run until stopped. The secret comes from the settings only."""
    parser = argparse.ArgumentParser(prog="receiver", description=__doc__)
    parser.add_argument("--database", type=Path)
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    given = {name: value for name, value in vars(parser.parse_args()).items() if value is not None}
    try:
        config = replace(from_settings(load(), os.environ), **given)
    except (ConfigError, SettingsError, ValueError) as error:
        sys.stderr.write(f"receiver: {error}\n")
        return 2
    run_simple(config.host, config.port, create_app(config), threaded=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
