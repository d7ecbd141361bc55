"""The file that training leaves and reading starts from."""

import json
from pathlib import Path

import numpy as np

from .rules.scorer import Weights

#: Raised when the way features are made changes: older weights then mean nothing.
FORMAT = 2
#: Between the pieces, which have no control characters.
BETWEEN = "\x1f"


def save(weights: Weights, file: Path) -> None:
    """One compressed file without code in it."""
    head = {
        "format": FORMAT,
        "version": weights.version,
        "families": weights.families,
        "slope": weights.slope,
        "shift": weights.shift,
    }
    np.savez_compressed(
        file,
        head=np.frombuffer(json.dumps(head).encode(), dtype=np.uint8),
        rows=np.frombuffer(BETWEEN.join(weights.rows).encode(), dtype=np.uint8),
        rarity=weights.rarity.astype(np.float16),
        matrix=weights.matrix,
        step=weights.step,
        bias=weights.bias,
    )


def load(file: Path) -> Weights | None:
    """None when there is no such file, or one of another format: then reading goes by its rules."""
    if not file.exists():
        return None
    with np.load(file, allow_pickle=False) as parts:
        head = json.loads(parts["head"].tobytes())
        if head["format"] != FORMAT:
            return None
        names = parts["rows"].tobytes().decode().split(BETWEEN)
        return Weights(
            version=head["version"],
            rows={name: index for index, name in enumerate(names)},
            rarity=parts["rarity"].astype(np.float32),
            matrix=parts["matrix"],
            step=parts["step"],
            bias=parts["bias"],
            families={name: tuple(values) for name, values in head["families"].items()},
            slope=head["slope"],
            shift=head["shift"],
        )
