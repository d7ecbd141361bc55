"""How what was understood is told to an agent."""

from collections.abc import Mapping

LANGUAGES: Mapping[str, str] = {
    "nl": "Nederlands",
    "fy": "Fries",
    "en": "Engels",
    "de": "Duits",
    "fr": "Frans",
    "pl": "Pools",
    "tr": "Turks",
    "ar": "Arabisch",
    "uk": "Oekraïens",
    "ru": "Russisch",
    "es": "Spaans",
    "it": "Italiaans",
    "pt": "Portugees",
    "ro": "Roemeens",
    "bg": "Bulgaars",
    "ti": "Tigrinya",
    "fa": "Farsi",
    "so": "Somalisch",
    "zh": "Chinees",
}
MOODS: Mapping[str, str] = {"neg": "ontevreden", "neu": "neutraal", "pos": "tevreden"}


def certainty(probability: float) -> str:
    """As an agent reads it: nobody acts otherwise on 91 than on 93 percent."""
    if probability >= 0.9:
        return "bijna zeker"
    if probability >= 0.7:
        return "waarschijnlijk"
    return "misschien" if probability >= 0.4 else "onzeker"


def language_name(code: str) -> str:
    """As an agent calls it; of one we have no name for its code."""
    return LANGUAGES.get(code, code)
