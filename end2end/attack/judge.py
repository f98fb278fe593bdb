"""Reads a tool's report and says what nobody has accepted: python3 judge.py wapiti|semgrep|sqlmap FILE…

What is accepted stands in accepted.toml, each with its reason. An entry that fits nothing any more is told, so that the list stays true.
"""

import json
import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).parent


def of_wapiti(report):
    pages = report["infos"].get("crawled_pages_nbr", 0)
    if pages < 100:
        yield "hardly a page was looked at", f"{pages} pages", "the walk ended early, or nobody was signed in"
    for group in ("vulnerabilities", "anomalies"):
        for what, findings in report.get(group, {}).items():
            for finding in findings:
                where = f"{finding['method']} {finding['path']}"
                yield what, where, f"{finding.get('parameter') or ''} {finding['info']}".strip()


def of_sqlmap(report):
    """Its own words, below a line `== request` for each: that nothing can be injected has to be said."""
    for section in report.split("\n== ")[1:]:
        request, _, words = section.partition("\n")
        where = " ".join(request.split()[:2])
        for found in re.findall(r".*(?:identified the following injection point|is vulnerable).*", words):
            yield "an injection", where, found
        # of a document with many calls, each of them
        asked = max(1, len(re.findall(r"^\[\d+/\d+\] URL:", words, re.M)))
        if words.count("do not appear to be injectable") + words.count("no parameter(s) found for testing") < asked:
            yield "no verdict", where, words.strip()[-200:]


def of_semgrep(report):
    for finding in report["results"]:
        what = finding["check_id"].rsplit(".", 1)[-1]
        number = finding["start"]["line"]
        with open(finding["path"], encoding="utf-8") as source:  # the report itself shows lines to its maker's customers alone
            line = source.read().splitlines()[number - 1]
        yield what, f"{finding['path']}:{number}", line.strip()
    for error in report.get("errors", []):
        if error.get("level") == "error":
            yield "a file that could not be read", str(error.get("path", "")), error.get("message", "")[:200]


READERS = {
    "wapiti": (json.load, of_wapiti),
    "semgrep": (json.load, of_semgrep),
    "sqlmap": (lambda file: "\n" + file.read(), of_sqlmap),
}


def main():
    tool, *files = sys.argv[1:]
    with open(HERE / "accepted.toml", "rb") as file:
        accepted = tomllib.load(file).get(tool, [])
    read, findings_of = READERS[tool]
    used, open_findings = set(), []
    for name in files:
        with open(name, encoding="utf-8") as file:
            report = read(file)
        for what, where, detail in findings_of(report):
            for nth, entry in enumerate(accepted):
                fits = entry["what"] == what and re.search(entry["where"], where)
                if fits and re.search(entry.get("detail", ""), detail):
                    used.add(nth)
                    break
            else:
                open_findings.append((what, where, detail))
    for what, where, detail in open_findings:
        print(f"    {what}: {where}\n        {detail[:300]}")
    for nth, entry in enumerate(accepted):
        if nth not in used:
            print(f"    (accepted and not seen this time: {entry['what']} at {entry['where']})")
    print(f"    {len(open_findings)} findings, {len(used)} kinds accepted with a reason")
    sys.exit(1 if open_findings else 0)


main()
