#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A plain TCP client that knows nothing of XOS.

  client.py ADDRESS PORT            standard input to the server, its answers back
  client.py ADDRESS PORT FROM...    one connection from each address FROM, in turn:
                                    say hello, print the name of the server that answers
  client.py get ADDRESS PORT NAME LOG FROM...
                                    download a file over HTTP, once from each address FROM,
                                    all at the same time; print the checksum of each; note
                                    in LOG when something came, and how much there was then
"""
import hashlib
import os
import select
import socket
import sys
import threading
import time

TIMEOUT_S = 30
LOCK = threading.Lock()


def relay(sock):
    """Both directions until standard input ends or the server goes."""
    while True:
        ready, _, _ = select.select([sock, 0], [], [])
        if 0 in ready:
            data = os.read(0, 4096)
            if not data:
                return
            sock.sendall(data)
        if sock in ready:
            data = sock.recv(4096)
            if not data:
                sys.exit("the server closed the connection")
            os.write(1, data)


def hello(server, source):
    """Name of the server that answers a fresh connection."""
    with socket.create_connection(server, TIMEOUT_S, (source, 0)) as sock:
        sock.sendall(b"hello\n")
        return sock.recv(200).decode().split()[1].rstrip(":")


def get(server, name, source, log):
    """Download a file; its checksum, or what went wrong."""
    digest, head, length, total = hashlib.sha256(), b"", None, 0
    try:
        with socket.create_connection(server, TIMEOUT_S, (source, 0)) as sock:
            sock.sendall(f"GET /{name} HTTP/1.1\r\n\r\n".encode())
            while length is None or total < length:
                data = sock.recv(262144)
                if not data:
                    break
                if length is None:
                    head += data
                    if b"\r\n\r\n" not in head:
                        continue
                    head, data = head.split(b"\r\n\r\n", 1)
                    length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
                digest.update(data)
                total += len(data)
                log.write(f"{time.time_ns() // 1000000} {total}\n")
    except OSError as e:
        return f"failed: {e}"
    return digest.hexdigest() if total == length else f"short: {total} of {length}"


def get_all(server, name, log, sources):
    def one(source):
        answer = get(server, name, source, log)
        with LOCK:
            print(answer, flush=True)

    threads = [threading.Thread(target=one, args=(s,)) for s in sources]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def main():
    if sys.argv[1] == "get":
        with open(sys.argv[5], "w", encoding="ascii", buffering=1) as log:
            get_all((sys.argv[2], int(sys.argv[3])), sys.argv[4], log, sys.argv[6:])
        return
    server = (sys.argv[1], int(sys.argv[2]))
    if len(sys.argv) > 3:
        for source in sys.argv[3:]:
            print(hello(server, source), flush=True)
        return
    with socket.create_connection(server, TIMEOUT_S) as sock:
        relay(sock)


main()
