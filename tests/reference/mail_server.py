"""A mail server of the test's own, on this machine only: takes mails, parses them with Python's email package, and misbehaves as told.

    mail_server.py FOLDER < SETTINGS

SETTINGS is one line of JSON: {"tls": "starttls" | "implicit" | "none", "user": …, "password": …, "faults": [{"to": address or null,
"at": "mail" | "rcpt" | "data", "times": n, "answer": "451 …" or "drop" or "keep-and-drop"}]}. It prints its port, writes the
certificate that vouches for it to FOLDER/ca.pem, each step to FOLDER/steps and each mail to FOLDER/mails.jsonl, and ends when its
input does.
"""

import asyncio
import email
import email.header
import email.policy
import email.utils
import json
import logging
import pathlib
import ssl
import sys
import warnings

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

logging.getLogger("mail.log").setLevel(logging.CRITICAL)
# A server without encryption is what some tests want
warnings.simplefilter("ignore")


def named(raw, header):
    """Name and address. The newer policy leaves spaces between two encoded words of a name, against RFC 2047, 6.2."""
    [value] = email.message_from_bytes(raw).get_all(header)
    name, address = email.utils.parseaddr(value)
    return [str(email.header.make_header(email.header.decode_header(name))), address]


class Handler:
    def __init__(self, folder, faults):
        self.folder, self.faults = folder, faults

    def step(self, line):
        with open(self.folder / "steps", "a", encoding="utf-8") as steps:
            steps.write(line + "\n")

    def way(self, server):
        return "encrypted" if server.transport.get_extra_info("sslcontext") else "open"

    def fault(self, at, to):
        for fault in self.faults:
            if fault["at"] == at and fault["to"] in (None, to) and fault["times"] > 0:
                fault["times"] -= 1
                return fault["answer"]
        return None

    def answer(self, server, fault):
        if fault in ("drop", "keep-and-drop"):
            server.transport.abort()
            return "421 gone"
        return fault

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.step(f"MAIL {address} {self.way(server)} {'known' if session.authenticated else 'unknown'}")
        if fault := self.fault("mail", address):
            return self.answer(server, fault)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.step(f"RCPT {address}")
        if fault := self.fault("rcpt", address):
            return self.answer(server, fault)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        [to] = envelope.rcpt_tos
        fault = self.fault("data", to)
        if fault in (None, "keep-and-drop"):
            self.keep(envelope, to)
        if fault:
            return self.answer(server, fault)
        return "250 OK"

    def keep(self, envelope, to):
        raw = envelope.original_content
        message = email.message_from_bytes(raw, policy=email.policy.default)
        kept = {
            "to": to,
            "from": envelope.mail_from,
            "header_from": named(raw, "From"),
            "header_to": named(raw, "To"),
            "reply_to": [address.addr_spec for address in message["Reply-To"].addresses] if message["Reply-To"] else [],
            "subject": str(message["Subject"]),
            "names": [name for name, _ in message.items()],
            "id": str(message["Message-ID"]),
            "date": message["Date"].datetime.isoformat(),
            "auto": str(message["Auto-Submitted"]),
            "type": message.get_content_type(),
            "charset": message.get_content_charset(),
            "encoding": str(message["Content-Transfer-Encoding"]),
            "body": message.get_payload(decode=True).decode("utf-8"),
            "defects": [str(defect) for defect in message.defects],
            "longest": max(len(line) for line in raw.split(b"\r\n")),
            "ascii": raw.isascii(),
            "raw": raw.decode("latin-1"),
        }
        with open(self.folder / "mails.jsonl", "a", encoding="utf-8") as mails:
            mails.write(json.dumps(kept) + "\n")


async def main():
    folder = pathlib.Path(sys.argv[1])
    settings = json.loads(sys.stdin.readline())
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(tls)
    handler = Handler(folder, settings.get("faults", []))

    def authenticate(server, session, envelope, mechanism, data):
        known = (data.login.decode(), data.password.decode()) == (settings["user"], settings["password"])
        handler.step(f"AUTH {mechanism} {handler.way(server)} {'right' if known else 'wrong'}")
        return AuthResult(success=known, handled=False)

    def protocol():
        starttls = settings["tls"] == "starttls"
        return SMTP(
            handler,
            hostname="localhost",
            tls_context=tls if starttls else None,
            require_starttls=starttls,
            authenticator=authenticate if settings.get("user") else None,
            auth_required=bool(settings.get("user")),
            auth_require_tls=settings["tls"] == "starttls",
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=tls if settings["tls"] == "implicit" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
