"""Certificates for tests of TLS: an authority of our own, and servers that fail to prove themselves in each way."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority whose certificate lies in ``file``."""

    key: ec.EllipticCurvePrivateKey
    name: x509.Name
    file: Path

    def server(
        self, folder: Path, *, address: str = "127.0.0.1", days: tuple[int, int] = (-1, 1), host: str = ""
    ) -> ssl.SSLContext:
        """A server for ``address`` (or ``host``) whose certificate holds from and to these days, counted from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        san = x509.SubjectAlternativeName([x509.DNSName(host) if host else x509.IPAddress(IPv4Address(address))])
        made = _builder(_name("store"), self.name, key, days).add_extension(san, critical=False)
        file = folder / f"server-{address}-{days[0]}.pem"
        file.write_bytes(_pem(made.sign(self.key, hashes.SHA256())) + _private(key))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def new_authority(folder: Path, name: str = "Office") -> Authority:
    """A new authority, its certificate written into ``folder``."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _builder(_name(name), _name(name), key, (-400, 400))
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    file = folder / f"{name}.pem"
    file.write_bytes(_pem(made.sign(key, hashes.SHA256())))
    return Authority(key, _name(name), file)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: tuple[int, int]
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
