#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A plain TCP client that knows nothing of XOS.

  client.py ADDRESS PORT            standard input to the server, its answers back
  client.py ADDRESS PORT FROM...    one connection from each address FROM, in turn:
                                    say hello, print the name of the server that answers
"""
import os
import select
import socket
import sys

TIMEOUT_S = 30


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


def main():
    server = (sys.argv[1], int(sys.argv[2]))
    if len(sys.argv) > 3:
        for source in sys.argv[3:]:
            print(hello(server, source), flush=True)
        return
    with socket.create_connection(server, TIMEOUT_S) as sock:
        relay(sock)


main()
