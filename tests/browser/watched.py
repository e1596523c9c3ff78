"""What a page does with a saved notebook: whom it calls, what runs in it, and what stands in its outputs."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from hostile.texts import HIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Request, Route

__all__ = ["OUTPUTS", "Canary", "Watched"]

OUTPUTS = ".jp-OutputArea-output, .output_subarea, .markdown-body"
"""Where outputs stand: in JupyterLab and nbconvert's `lab`, in `classic` and `basic`, in a page of ours."""
_LOOK = """(places) => {
  const wrong = [];
  const tags = new Set(`A B BLOCKQUOTE BR CODE DD DEL DIV DL DT EM H1 H2 H3 H4 H5 H6 HR I IMG INPUT LI OL P
    PRE S SPAN STRONG STYLE SUB SUMMARY TABLE TBODY TD TH THEAD TR UL CAPTION COLGROUP COL`.split(/\\s+/));
  const names = new Set(`class id style href target rel src alt width height border scope colspan rowspan
    start type disabled checked scoped tabindex title lang align valign role data-mime-type data-jupyter-id
    `.split(/\\s+/));
  const picture = /^data:image\\/|^output_\\d+_\\d+\\.(?:png|jpe?g)$/;
  const formula = /\\$[^$]+\\$|\\\\\\(|\\\\\\[|\\\\begin\\s*\\{|\\\\(?:eq)?ref\\s*\\{/;
  const hidden =
    /[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/;
  const areas = [...document.querySelectorAll(places)].filter((one) => !one.parentElement.closest(places));
  for (const area of areas) {
    for (const one of area.querySelectorAll('*')) {
      if (one.closest('.nemo-player')) continue;  // a live view, no output
      if (!tags.has(one.tagName.toUpperCase())) wrong.push(`<${one.tagName}> ${one.outerHTML.slice(0, 300)}`);
      for (const { name, value } of one.attributes) {
        if (!names.has(name)) wrong.push(`${one.tagName} ${name}=${value}`);
        if (name === 'style' && /url|position|expression/i.test(value)) wrong.push(`style ${value}`);
        if (name === 'class' && /mermaid|mathjax/i.test(value)) wrong.push(`class ${value}`);
        if (name === 'src' && !picture.test(value)) wrong.push(`src ${value}`);
      }
      if (one.tagName === 'STYLE' && /url|@import/i.test(one.textContent)) wrong.push(one.textContent);
      if (one.tagName === 'IMG' && !one.alt) wrong.push('a picture without words');
      const href = one.getAttribute('href');
      if (one.closest('pre') && href && !href.includes(':')) continue;  // JupyterLab's, to a path of its own
      if (one.tagName !== 'A' || !href || href.startsWith('#')) continue;
      if (!URL.canParse(one.href)) continue;  // JupyterLab makes a link of what can't be followed
      const to = new URL(one.href), mail = to.protocol === 'mailto:';
      if (!['http:', 'https:', 'mailto:'].includes(to.protocol) || to.username) wrong.push(`link to ${href}`);
      else if (!one.textContent.toLowerCase().includes(mail ? to.pathname.toLowerCase() : to.host)) {
        wrong.push(`${href} behind “${one.textContent}”`);
      }
    }
    // As MathJax sees it: texts side by side are one, an element ends it, code is left alone.
    const walk = (element) => {
      let run = '';
      for (const node of [...element.childNodes, null]) {
        if (node?.nodeType === Node.TEXT_NODE) { run += node.data; continue; }
        if (node && (node.nodeType === Node.COMMENT_NODE || ['BR', 'WBR'].includes(node.tagName))) continue;
        if (formula.test(run)) wrong.push(`formula in “${run.slice(0, 200)}”`);
        run = '';
        if (node && !['CODE', 'PRE', 'STYLE'].includes(node.tagName)) walk(node);
      }
    };
    walk(area);
    if (hidden.test(area.textContent)) wrong.push(`hidden signs in “${area.textContent.slice(0, 200)}”`);
  }
  return { areas: areas.length, wrong: [...new Set(wrong)] };
}"""


class Canary:
    """A server that nobody should call. `calls` are the paths that were asked for all the same."""

    def __init__(self) -> None:
        calls = self.calls = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calls.append(self.path)
                self.send_response(204)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()

            do_POST = do_OPTIONS = do_HEAD = do_GET  # noqa: N815 - likewise

            def log_message(self, *_: object) -> None:
                """Nothing goes to the tests' output."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class Watched:
    """A page, and what went wrong in it: requests to who is not `fine`, dialogs, scripts of others."""

    def __init__(self, page: Page, fine: Callable[[str], bool], ours: str = "") -> None:
        self.page, self._fine, self._ours = page, fine, ours
        self.wrong: list[str] = []
        page.route("**/*", self._route)
        page.on("dialog", self._dialog)

    def outputs(self) -> dict[str, Any]:
        """How many outputs there are, and what in them should not be there."""
        looked = self.page.evaluate(_LOOK, OUTPUTS)
        if self.page.evaluate(f"() => window.{HIT}"):
            self.wrong.append("a script ran")
        return {"areas": looked["areas"], "wrong": self.wrong + looked["wrong"]}

    def _route(self, route: Route, request: Request) -> None:
        if request.url.startswith(("data:", "blob:", "file:")) or (
            self._ours and request.url.startswith(self._ours)
        ):
            route.continue_()
            return
        if not self._fine(request.url):
            self.wrong.append(f"request to {request.url}")
            if request.url.startswith("http://127.0.0.1:"):
                route.continue_()  # the canary is to hear it
                return
        route.abort()

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()
