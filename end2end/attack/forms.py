"""Walks the school as nobody and as three people and writes one request for every kind of form and address it finds: python3 forms.py FOLDER

The requests are for sqlmap (-r): what may be injected into are the fields, the query and, marked with `*`, the changing parts of a path.
"""

import html.parser
import http.client
import os
import re
import sys
import urllib.parse

URL = os.environ["ATTACK_URL"]
HOST = urllib.parse.urlsplit(URL).netloc
PAGES = int(os.environ.get("PAGES", "150"))
# leaving, and what would end the session everything else is sent with
LEFT_ALONE = re.compile(r"^/en/(logout|settings/(security|delete))|^/(api/docs|pkg|icons)")
# what is for whoever is not signed in
DOORS = ["/en/login", "/en/register", "/en/reset", "/en/reset/a", "/en/verify/a", "/en/letters/a", "/en/redeem?code=a"]
# what stands behind these is the name of one thing of a kind
KINDS = {"courses", "topics", "u", "learn", "help", "legal", "bundles"}
PART = re.compile(r"^[0-9a-f]{8}-[0-9a-f-]{27}$|^\d+$")


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.forms, self.open = [], [], None

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        if tag == "form":
            self.open = (attrs.get("method", "get").upper(), attrs.get("action", ""), [])
            self.forms.append(self.open)
        if self.open and tag in ("input", "textarea", "select", "button") and attrs.get("name"):
            kind = attrs.get("type", "")
            if kind != "file" and not (kind in ("checkbox", "radio") and "checked" not in attrs):
                self.open[2].append((attrs["name"], attrs.get("value") or "1"))

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None


def get(path, cookie):
    connection = http.client.HTTPConnection(HOST, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept": "text/html"})
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, answer.headers.get("location", ""), text


def kind_of(path):
    """The path without what differs between two things of a kind."""
    parts = path.split("/")
    pairs = zip([""] + parts, parts)
    return "/".join("*" if PART.match(part) or before in KINDS else part for before, part in pairs)


def local(base, target):
    there = urllib.parse.urlsplit(urllib.parse.urljoin(URL + base, target))
    return there._replace(scheme="", netloc="", fragment="").geturl() if there.netloc == HOST else None


def walk(cookie):
    """Pages as (path, page), each kind of path a few times at most."""
    waiting, seen, kinds = ["/en", "/en/courses", "/en/search?q=a"] + ([] if cookie else DOORS), set(), {}
    while waiting and len(seen) < PAGES:
        path = waiting.pop(0)
        plain = path.split("?")[0]
        kind = kind_of(plain)
        if path in seen or not plain.startswith("/en") or LEFT_ALONE.match(plain) or kinds.get(kind, 0) >= 3:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        status, location, text = get(path, cookie)
        if location:
            waiting.append(local(plain, location) or "")
        if status != 200:
            continue
        page = Page()
        page.feed(text)
        yield path, page
        waiting += [found for found in (local(plain, link) for link in page.links) if found]


def request(method, path, cookie, fields):
    lines = [
        f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Accept: text/html", f"Origin: {URL}", "Sec-Fetch-Site: same-origin",
    ] + ([f"Cookie: {cookie}"] if cookie else [])  # fmt: skip
    if method == "POST":
        lines.append("Content-Type: application/x-www-form-urlencoded")
    return "\n".join(lines) + "\n\n" + (urllib.parse.urlencode(fields) if method == "POST" else "")


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    written = {}
    for who in ("", "LEARNER", "TEACHER", "STAFF"):
        cookie = os.environ[f"ATTACK_{who}"] if who else ""
        for path, page in walk(cookie):
            plain, _, query = path.partition("?")
            if query:
                names = sorted(name for name, _ in urllib.parse.parse_qsl(query, keep_blank_values=True))
                written.setdefault(("GET", kind_of(plain), tuple(names)), request("GET", path, cookie, []))
            if kind_of(plain) != plain:
                marked = "/".join(p + "*" if kind == "*" else p for p, kind in zip(plain.split("/"), kind_of(plain).split("/")))
                written.setdefault(("GET", kind_of(plain), ()), request("GET", marked, cookie, []))
            for method, action, fields in page.forms:
                target = local(plain, action) if action else path
                if not target or LEFT_ALONE.match(target) or not fields:
                    continue
                name = dict(fields).get("form", "")
                key = (method, kind_of(target.split("?")[0]), name)
                if method == "GET":
                    target = target.split("?")[0] + "?" + urllib.parse.urlencode(fields)
                written.setdefault(key, request(method, target, cookie, fields))
    for nth, (_, text) in enumerate(sorted(written.items(), key=str)):
        with open(os.path.join(folder, f"{nth:03}.txt"), "w", encoding="utf-8") as file:
            file.write(text)
    print(f"    {len(written)} kinds of forms and addresses")


main()
