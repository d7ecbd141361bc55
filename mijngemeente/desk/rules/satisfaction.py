"""What a low mark asks for."""


def call_back_words(number: int, score: int, reason: str) -> str:
    """What a colleague reads before calling."""
    said = f"De inwoner schreef: {reason.strip()}" if reason.strip() else "De inwoner schreef niet waarom."
    return f"De inwoner gaf een {score} voor gesprek {number}. Bel terug: wat ging er mis?\n{said}"
