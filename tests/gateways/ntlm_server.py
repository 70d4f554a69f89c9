# SPDX-License-Identifier: MIT
"""A gateway that signs users in by NTLM and asks the API in its own name. GSS-NTLMSSP checks names and passwords, by the
file that NTLM_USER_FILE names.

    ntlm_server.py ORIGIN AUTHORIZATION

prints "port N" when it listens, and a line for each request."""
import base64
import struct
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import gssapi

NTLMSSP = gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")


def with_version(token):
    """The message with the field for the version of Windows, which MS-NLMP makes optional, libcurl leaves out and GSS-NTLMSSP
    takes for granted."""
    kind = token[8]
    if kind == 1 and len(token) == 32:
        return token + bytes(8)
    if kind != 3 or struct.unpack_from("<I", token, 16)[0] != 64:
        return token
    message = bytearray(token[:64] + bytes(8) + token[64:])
    for field in range(12, 60, 8):  # length, space, offset of each of the six parts behind the header
        offset = struct.unpack_from("<I", message, field + 4)[0]
        struct.pack_into("<I", message, field + 4, offset + 8)
    return bytes(message)


class Gateway(BaseHTTPRequestHandler):
    """One connection: NTLM signs in a connection, not a request."""

    protocol_version = "HTTP/1.1"
    context = None
    signed_in = False

    def do_GET(self):
        word, _, token = self.headers.get("Authorization", "").partition(" ")
        print("handshake" if word else "bare", flush=True)
        if not self.signed_in or word:
            challenge = self.step(base64.b64decode(token)) if word == "NTLM" else b""
            if not self.signed_in:
                self.answer(401, "text/plain", b"sign in", "NTLM " + base64.b64encode(challenge).decode())
                return
        request = urllib.request.Request(sys.argv[1] + self.path, headers={"Authorization": sys.argv[2]})
        with urllib.request.urlopen(request) as answer:
            self.answer(answer.status, answer.headers["Content-Type"], answer.read())

    def step(self, token):
        """The answer to a message of the client; signs in when it was the last one."""
        if self.context is None:
            credentials = gssapi.Credentials(usage="accept", mechs=[NTLMSSP])
            self.context = gssapi.SecurityContext(creds=credentials, usage="accept")
        try:
            challenge = self.context.step(with_version(token)) or b""
        except gssapi.exceptions.GSSError:
            self.context = None
            return b""
        self.signed_in = self.context.complete
        return challenge

    def answer(self, status, content_type, body, authenticate=None):
        self.send_response(status)
        if authenticate:
            self.send_header("WWW-Authenticate", authenticate.strip())
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
print("port", server.server_port, flush=True)
server.serve_forever()
