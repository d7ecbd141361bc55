"""Amounts as one reads and types them in Dutch."""

from typing import Any


def amount(size: float) -> str:
    """Fte or hours with two decimals at most: "0,25"."""
    return f"{size:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def euros(sum: int | None) -> str:
    """ "€ 51.000"; "–" for what nobody told."""
    return "–" if sum is None else f"€ {sum:,}".replace(",", ".")


def shown(value: Any) -> str:
    """What was typed, as one types it; "" for nothing, and for what is no single thing."""
    if value is None or isinstance(value, dict | list):
        return ""
    return f"{value:.10g}".replace(".", ",") if isinstance(value, int | float) else str(value)
