"""A passkey in software: what a key answers to a page, and what a forger would change in it."""

import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
SITE = "localhost"
"""Browsers let passkeys work there without https, and so does the server."""


@dataclass
class Key:
    """One key on one device. `rp_id`, `origin` and `flags` are what it was asked by, and may be changed."""

    user_handle: bytes
    counter: int = 0
    step: int = 1
    rp_id: str = SITE
    origin: str = f"http://{SITE}"
    flags: AuthenticatorData.FLAG = FLAG.UP | FLAG.UV
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))

    def register(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to a page that wants to make a passkey."""
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]
        held = AttestedCredentialData.create(bytes(Aaguid.NONE), self.credential_id, public)
        said = self._client_data(CollectedClientData.TYPE.CREATE, options)
        made = AttestationObject.create("none", self._data(self.flags | FLAG.AT, bytes(held)), {})
        return self._answer(clientDataJSON=said, attestationObject=bytes(made)) | {
            "clientExtensionResults": {"credProps": {"rk": True}}
        }

    def answer(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to a page that wants to see it."""
        self.counter += self.step
        said, data = self._client_data(CollectedClientData.TYPE.GET, options), bytes(self._data(self.flags))
        signature = self.private.sign(data + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=said, authenticatorData=data, signature=signature, userHandle=self.user_handle
        )

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        return bytes(CollectedClientData.create(kind, options["publicKey"]["challenge"], self.origin))

    def _data(self, flags: AuthenticatorData.FLAG, held: bytes = b"") -> AuthenticatorData:
        return AuthenticatorData.create(sha256(self.rp_id.encode()).digest(), flags, self.counter, held)

    def _answer(self, **parts: bytes) -> dict[str, Any]:
        name = websafe_encode(self.credential_id)
        response = {part: websafe_encode(value) for part, value in parts.items()}
        return {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": response}
