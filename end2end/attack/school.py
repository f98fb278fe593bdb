"""Starts a school to attack and runs a command beside it: python3 school.py PROGRAM FOLDER -- COMMAND…

The command finds in its environment where the school is (ATTACK_URL), the cookies of three people of the demo (ATTACK_LEARNER,
ATTACK_TEACHER, ATTACK_STAFF) and a token of the third for /api/v1 (ATTACK_TOKEN). What the program logs as an error meanwhile, and a
panic, is a finding of its own. The rate limits are off, or every attack would end at them; they have tests of their own.
ATTACK_DATABASE names another database than SQLite.
"""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

PASSWORD = "lectern-demo"
PEOPLE = {"LEARNER": "grace", "TEACHER": "ada", "STAFF": "sam"}
SCOPES = [
    "orders:read", "orders:write", "refunds:write", "subscriptions:read", "subscriptions:write", "coupons:read", "coupons:write",
    "ledger:read",
]  # fmt: skip


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class School:
    """A running program with demo content in a folder of its own."""

    def __init__(self, program, folder):
        self.data = tempfile.TemporaryDirectory(prefix="lectern-attack-")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = os.path.join(folder, "server.log")
        database = os.environ.get("ATTACK_DATABASE", f"sqlite://{self.data.name}/lectern.db")
        settings = {
            "LECTERN_ENV": "test",
            "LECTERN_LIMITS": "off",
            "LECTERN_LISTEN": f"127.0.0.1:{self.port}",
            "LECTERN_PUBLIC_URL": self.url,
            "LECTERN_DATA_DIR": self.data.name,
            "LECTERN_DATABASE_URL": database,
            "LECTERN_STORAGE_URL": f"file:{self.data.name}/media",
            "LECTERN_GATEWAY_LISTEN": f"127.0.0.1:{free_port()}",
            "LECTERN_SECRET": secrets.token_hex(24),
            "LECTERN_LOG": "warn",
        }
        self.child = subprocess.Popen(
            [os.path.abspath(program), "serve", "--demo"],
            cwd=self.data.name,
            env=os.environ | settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=open(self.log, "wb"),
        )
        self.wait()

    def wait(self):
        for _ in range(1800):
            if self.child.poll() is not None:
                raise SystemExit(f"the program ended with {self.child.returncode}; see {self.log}")
            try:
                if self.ask("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise SystemExit("the program did not get ready")

    def ask(self, method, path, cookie="", fields=None):
        """Status, headers and text of an answer; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": cookie} if cookie else {}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": self.url,
                "Sec-Fetch-Site": "same-origin",
            }
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, answer.headers, text

    def sign_in(self, name):
        fields = [("form", "login"), ("email", f"{name}@lectern.example"), ("password", PASSWORD)]
        status, headers, _ = self.ask("POST", "/en/login", fields=fields)
        if status != 303:
            raise SystemExit(f"{name} could not sign in: {status}")
        return "; ".join(line.split(";")[0] for line in headers.get_all("set-cookie", []))

    def token(self, cookie):
        page = "/en/settings/tokens"
        _, _, offered = self.ask("GET", page, cookie)
        scopes = [("scopes", scope) for scope in SCOPES if f'value="{scope}"' in offered]
        fields = [("form", "make"), ("name", "Attack"), ("days", "")] + scopes
        status, headers, text = self.ask("POST", page, cookie, fields)
        if status == 303:
            _, _, text = self.ask("GET", headers["location"], cookie)
        found = re.search(r"lectern_[A-Za-z0-9_-]{20,}", text)
        if not found:
            raise SystemExit(f"no token was made: {status}")
        return found.group(0)

    def stop(self):
        """Ends the program; answers what it logged as broken."""
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(30)
        except subprocess.TimeoutExpired:
            self.child.kill()
        self.data.cleanup()
        with open(self.log, encoding="utf-8", errors="replace") as log:
            lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in log]
        return [line for line in lines if " ERROR " in f" {line}" or "panicked" in line]


def main():
    program, folder, mark, *command = sys.argv[1:]
    assert mark == "--", __doc__
    os.makedirs(folder, exist_ok=True)
    school = School(program, folder)
    try:
        cookies = {f"ATTACK_{who}": school.sign_in(name) for who, name in PEOPLE.items()}
        found = {"ATTACK_URL": school.url, "ATTACK_TOKEN": school.token(cookies["ATTACK_STAFF"]), **cookies}
        outcome = subprocess.run(command, env=os.environ | found, check=False).returncode
        if school.child.poll() is not None:
            print(f"the program ended by itself with {school.child.returncode}")
            outcome = 1
    finally:
        broken = school.stop()
    if broken:
        print(f"{len(broken)} errors in the program's log ({school.log}), the first:")
        print("\n".join(broken[:10]))
    sys.exit(outcome or (1 if broken else 0))


if __name__ == "__main__":
    main()
