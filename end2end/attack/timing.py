"""SEC-L1, measured from outside: whether it takes longer to be refused at an address that somebody has.

200 sign-ins at each of three kinds of address, one after the other in turn. Medians that differ by 5 % or more are looked at once
more; twice is a finding.
"""

import http.client
import os
import statistics
import sys
import time
import urllib.parse

EACH = int(os.environ.get("EACH", "200"))
MOST = 0.05
WAYS = {
    "a wrong password": ("grace@lectern.example", "not the password"),
    "an address nobody has": ("nobody-{n}@lectern.example", "not the password"),
    "what is no address": ("nobody-{n}", "not the password"),
}


def took(connection, email, password):
    body = urllib.parse.urlencode({"form": "login", "email": email, "password": password})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    begun = time.perf_counter()
    connection.request("POST", "/en/login", body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 422:
        raise SystemExit(f"{email} was answered with {answer.status}")
    return time.perf_counter() - begun


def series():
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(os.environ["ATTACK_URL"]).netloc, timeout=60)
    times = {way: [] for way in WAYS}
    for n in range(EACH + 5):
        for way, (email, password) in WAYS.items():
            seconds = took(connection, email.format(n=n), password)
            if n >= 5:  # the first ones warm up
                times[way].append(seconds)
    medians = {way: statistics.median(all_of_them) for way, all_of_them in times.items()}
    apart = max(medians.values()) / min(medians.values()) - 1
    for way, median in medians.items():
        print(f"    {way}: median {1000 * median:.2f} ms of {EACH}")
    print(f"    apart by {100 * apart:.1f} % (less than {100 * MOST:.0f} % is asked for)")
    return apart < MOST


sys.exit(0 if series() or series() else 1)
