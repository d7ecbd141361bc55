"""Which colours can be read, and which token files we take."""

import pytest

from mijngemeente.organisations.rules.appearance import (
    UnusableTokens,
    contrast,
    read_tokens,
    stylesheet,
    unreadable_pairs,
)

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (BLACK, WHITE, 21.0),
        (WHITE, BLACK, 21.0),
        (WHITE, WHITE, 1.0),
        # The border cases that every handbook of contrast names.
        ((0x76, 0x76, 0x76), WHITE, 4.54),
        ((0x77, 0x77, 0x77), WHITE, 4.48),
        ((255, 0, 0), WHITE, 4.0),
        ((0, 0, 255), WHITE, 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(
    ("content", "tokens"),
    [
        (
            {"utrecht": {"document": {"color": {"value": "#111111"}}}},
            {"utrecht-document-color": "#111111"},
        ),
        (
            {"utrecht": {"document": {"color": {"$value": "#111"}}}},
            {"utrecht-document-color": "#111"},
        ),
        ({"--utrecht-document-color": "#111"}, {"utrecht-document-color": "#111"}),
        (
            {
                "tilburg": {"blue": {"value": "#003366"}},
                "utrecht": {"link": {"color": {"value": "{tilburg.blue}"}}},
            },
            {"tilburg-blue": "#003366", "utrecht-link-color": "#003366"},
        ),
        (
            {"mg": {"font": {"value": "Georgia, 'Times New Roman', serif"}}},
            {"mg-font": "Georgia, 'Times New Roman', serif"},
        ),
        ({"mg": {"heading-weight": {"value": 700}}}, {"mg-heading-weight": "700"}),
    ],
)
def test_token_files_are_read_in_each_form(content, tokens):
    assert read_tokens(content) == tokens


def _nested(depth: int) -> dict[str, object]:
    content: dict[str, object] = {"value": "#111"}
    for _ in range(depth):
        content = {"a": content}
    return content


@pytest.mark.parametrize(
    "content",
    [
        [],
        "tekst",
        {},
        {"utrecht": {}},
        {"a": {"value": "url(https://elders.example/x)"}},
        {"a": {"value": "red; } body { display: none"}},
        {"a": {"value": "#111 /* uitleg */"}},
        {"a": {"value": "</style><script>"}},
        {"a": {"value": "\\75 rl(x)"}},
        {"a": {"value": "image-set('x' 1x)"}},
        {"a b": {"value": "#111"}},
        {"a": {"value": "{b}"}},
        {"a": {"value": "{b}"}, "b": {"value": "{a}"}},
        {"a": {"value": "x" * 301}},
        {f"t{number}": {"value": "1px"} for number in range(2_001)},
        _nested(40),
    ],
)
def test_what_is_no_token_file_is_refused(content):
    with pytest.raises(UnusableTokens):
        read_tokens(content)


@pytest.mark.parametrize(
    ("tokens", "problems"),
    [
        ({}, 0),
        ({"mg-radius": "4px"}, 0),
        ({"utrecht-document-color": "#767676", "utrecht-document-background-color": "#fff"}, 0),
        ({"utrecht-link-color": "#777777"}, 1),
        ({"utrecht-link-color": "rgb(119, 119, 119)"}, 1),
        ({"utrecht-link-color": "hsl(0, 0%, 46%)"}, 0),
        ({"utrecht-link-color": "var(--huiskleur)", "huiskleur": "#777777"}, 1),
        ({"utrecht-link-color": "color-mix(in srgb, red, blue)"}, 1),
        # Our own white stands on the button, whatever colour it gets.
        ({"utrecht-button-primary-action-background-color": "#ffcc00"}, 1),
        (
            {
                "utrecht-button-primary-action-background-color": "#ffcc00",
                "utrecht-button-primary-action-color": "#000",
            },
            0,
        ),
        ({"utrecht-form-control-border-color": "#949494"}, 0),
        ({"utrecht-form-control-border-color": "#959595"}, 1),
    ],
)
def test_pairs_with_too_little_contrast_are_named(tokens, problems):
    assert len(unreadable_pairs(tokens)) == problems


def test_a_refusal_says_which_pair_and_how_much():
    (sentence,) = unreadable_pairs({"utrecht-link-color": "#777777"})
    assert sentence == (
        "Te weinig contrast voor een link op de pagina: 4,47 op 1, nodig is 4,5 op 1 "
        "(utrecht-link-color op utrecht-document-background-color)."
    )


def test_a_colour_of_ours_is_followed_to_every_pair_it_stands_in():
    named = " ".join(unreadable_pairs({"mg-action": "#cccccc"}))
    assert "utrecht-button-primary-action-color" in named
    assert "utrecht-button-secondary-action-color" in named


def test_the_stylesheet_holds_the_tokens_and_nothing_else():
    assert stylesheet({"b": "2px", "a": "#111"}) == (
        "@layer theme {\n  :root {\n    --a: #111;\n    --b: 2px;\n  }\n}\n"
    )
