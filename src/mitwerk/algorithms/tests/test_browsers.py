"""Browsers by the names that people know."""

import pytest

from mitwerk.algorithms.browsers import name_browser


@pytest.mark.parametrize(
    ("user_agent", "names"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36", ("Chrome", "Windows")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/18.0 Safari/605", ("Safari", "Mac")),
        ("Mozilla/5.0 (iPhone; like Mac OS X) Version/18.0 Safari/604", ("Safari", "iPhone")),
        ("Mozilla/5.0 (Linux; Android 15; Pixel) Chrome/140.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/27.0 Chrome/140.0", ("Samsung Internet", "Android")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ("Firefox", "Linux")),
        ("curl/8.0", ("", "")),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_a_browser_is_named(user_agent: str, names: tuple[str, str]) -> None:
    assert name_browser(user_agent) == names
