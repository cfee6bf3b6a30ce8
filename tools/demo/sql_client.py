#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A client of a replicated SQL database, by HTTP, at the gateway of this machine.

  sql_client.py NAME COUNT

Writes the orders 1 to COUNT, one after the other. Each has an Idempotency-Key and is
asked again with it until it is answered. Tells each on standard error, and at the end the
longest time that one took, in milliseconds.
"""
import http.client
import sys
import time


def order(conn, name, number):
    """Ask once; True when it is done."""
    conn.request("POST", f"/{name}/sql", f"insert into orders values({number})",
                 {"Idempotency-Key": f"order-{number}"})
    reply = conn.getresponse()
    text = reply.read().decode()
    if reply.status in (503, 504):
        return False
    if reply.status != 200:
        sys.exit(f"order {number}: {reply.status} {text}")
    return True


def main():
    name, count = sys.argv[1], int(sys.argv[2])
    conn = http.client.HTTPConnection("::1", 7480, timeout=60)
    longest = 0.0
    for number in range(1, count + 1):
        begin = time.monotonic()
        while True:
            try:
                if order(conn, name, number):
                    break
            except (OSError, http.client.HTTPException):
                conn.close()
            time.sleep(0.05)
        longest = max(longest, time.monotonic() - begin)
        print(number, file=sys.stderr, flush=True)
    print(round(longest * 1000))


main()
