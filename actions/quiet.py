"""What must be set before numeric libraries are imported, and one warning that is answered here."""

from __future__ import annotations

import os
import warnings

# With more threads beside other work a search takes ten times as long (one question is too small to
# share out), and FAISS can hang after a fork.
for _name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def silence_versions() -> None:
    """Stop rasa-sdk 3.21 from warning on every call that Rasa is 3.6.21.

    What we use of the wire between the two has not changed (tests/wire holds recorded payloads that
    both sides replay). Called after the SDK has been imported, which sets filters of its own.
    """
    warnings.filterwarnings(
        "ignore", message=r"(?s).*versions? of rasa.*", module=r"rasa_sdk\.utils"
    )
