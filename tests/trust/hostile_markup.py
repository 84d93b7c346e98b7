# ruff: noqa: E501
"""What somebody would write who wants a script to run in another's browser, and a look at what came of it."""

import re
from itertools import cycle, product

TAGS = (
    "a", "p", "h2", "b", "li", "div", "span", "img", "svg", "math", "iframe", "object", "embed", "body", "input",
    "video", "details", "form", "button", "style", "template", "noscript", "textarea", "title", "xmp", "select", "br",
)  # fmt: skip
HANDLERS = ("onclick", "onerror", "onload", "OnFocus", "onmouseover", "ontoggle", "onanimationend", "formaction")
BETWEEN = (" ", "/", "\n", "\t", "\f", " x=1 ", "//", ' "')
QUOTED = ('"{}"', "'{}'", "{}", "`{}`", "&quot;{}&quot;")
CODE = "alert(1)"
URLS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\u00a0javascript:alert(1)",
    "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)", "&#x6A;&#x61;vascript:alert(1)", "java%0ascript:alert(1)", "java\u200bscript:alert(1)",
    "\ufeffjavascript:alert(1)", "javascript\u2236alert(1)", "\uff4aavascript:alert(1)", "javascript://x/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "DATA:image/svg+xml,<svg>",
    "vbscript:msgbox(1)", "blob:https://x/1", "filesystem:https://x/1", "file:///etc/passwd", "ftp://example.org/",
    "view-source:javascript:1", "jar:https://x!/", "about:blank", "intent://x#Intent;end", "ws://x/", "feed:javascript:1",
    "livescript:1", "mocha:1", "x-new-scheme:1", "//evil.example/", "\\\\evil.example", "/\\evil.example", "///evil",
    "http:javascript:1", "https:evil.example", 'https://x/" onclick="alert(1)',
    "https://x/ onclick=alert(1)", "javascript:alert(1)//https://x/", "?javascript:alert(1)", "x:y", ":", "",
)  # fmt: skip
GOOD_URLS = (
    "https://example.org/a?b=1&c=2#d",
    "http://example.org",
    "mailto:a@example.org",
    "tel:+49341123",
    "/de/",
    "#a",
)
ODD = (
    "<script>alert(1)</script>", "<ScRiPt src=//x></sCrIpT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<<script>1",
    "<script", "<script/x>1</script >", "</p><script>1</script><p>", "<p/onclick=alert(1)>", "<a href=javascript:1>x</a",
    "<!--<img src=x onerror=1>-->", "<!--><script>1</script>-->", "<!-- --!><img src=x onerror=1>", "<![CDATA[<script>1]]>",
    "<?xml version='1.0'?><script>1</script>", "<!DOCTYPE x [<!ENTITY y 'z'>]>&y;", "&lt;script&gt;1&lt;/script&gt;",
    "&#60;script&#62;1", "&amp;lt;script&amp;gt;", "%3Cscript%3E1", "+ADw-script+AD4-1", "\\u003cscript\\u003e1",
    "\uff1cscript\uff1e1\uff1c/script\uff1e", "<svg><script>1</script></svg>", "<svg><style><img src=x onerror=1></style>",
    "<svg><a xlink:href='javascript:1'><text>x</text></a></svg>", "<svg><animate onbegin=1 attributeName=x>",
    "<svg><set attributeName=href to=javascript:1></svg>", "<svg><foreignObject><iframe src=javascript:1>",
    "<svg></p><style><a id='</style><img src=1 onerror=1>'>", "<math><mtext><table><mglyph><style><img src=x onerror=1>",
    "<math><annotation-xml encoding='text/html'><script>1</script>", "<math href=javascript:1>x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=1>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:1'>", "<link rel=stylesheet href=//evil.example/>",
    "<style>@import '//evil.example';</style>", "<p style='background:url(javascript:1)'>x", "<table background=javascript:1>",
    "<noscript><p title='</noscript><img src=x onerror=1>'>", "<textarea></textarea><img src=x onerror=1>",
    "<xmp><p title='</xmp><img src=x onerror=1>'>", "<template><script>1</script></template>", "<plaintext><img onerror=1>",
    '<a linktype="page" id="1" onclick="1">x</a>', '<embed embedtype="media" url="javascript:1"/>',
    '<embed embedtype="image" id="1" format="x" alt="&quot; onerror=1"/>', '<a linktype="external" href="javascript:1">x</a>',
    "https://x/'><script>alert(1)</script>", '"><img src=x onerror=1>', "'-alert(1)-'", "{{ 7|add:7 }}{% debug %}", "${7*7}", "]]>", "-->", "</div></div></main>",
)  # fmt: skip


def snippets() -> list[str]:
    """All kinds of elements with all kinds of handlers and addresses, in turn written in each odd way."""
    between, quoted = cycle(BETWEEN), cycle(QUOTED)
    handled = [
        f"<{tag}{next(between)}{handler}={next(quoted).format(CODE)}>x</{tag}>"
        for tag, handler in product(TAGS, HANDLERS)
    ]
    places = ("a href", "img src", "iframe src", "form action", "svg href", "object data", "A HREF")
    linked = [f"<{place}={next(quoted).format(url)}>x</{place.split()[0]}>" for place, url in product(places, URLS)]
    nested = [f"<p><{tag}><b>{text}</b></{tag}></p>" for tag, text in zip(cycle(TAGS), ODD, strict=False)]
    return [*handled, *linked, *ODD, *nested]


HARMLESS = re.compile(
    r"""</?(?:p|h2|h3|b|i|strong|em|ol|ul|li)(?:\ data-block-key="[^"<>]*")?>|<br\ ?/?>|</?a>
    |<a\ href="(?:https?://|mailto:|tel:|/(?![/\\])|\#)[^"<>\s\\]*">""",
    re.VERBOSE,
)
"""The only marks that a text may hold. Read sign by sign, so that no browser can see more in it than we do."""


def faults(html: str) -> list[str]:
    """Everything in a text that begins like a mark and is none of the harmless ones."""
    return [found for found in re.findall(r"<[^<>]*>?", html) if not HARMLESS.fullmatch(found)]
