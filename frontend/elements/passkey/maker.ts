// Makes a key on the device.
import { Ceremony, call, toBytes, toText, type Answer } from "./ceremony.ts";

interface Making {
  challenge: string;
  rp_id: string;
  rp_name: string;
  user_id: string;
  user_name: string;
  display_name: string;
  exclude: string[];
  timeout: number;
}

/** COSE's numbers for the ways of signing that the server takes: ES256, EdDSA, RS256. */
const ALGORITHMS = [-7, -8, -257];

export class PasskeyMaker extends Ceremony {
  protected override begin(): Promise<Response> {
    return call("begin_passkey");
  }

  protected override async ask(asked: Making): Promise<Answer> {
    const publicKey: PublicKeyCredentialCreationOptions = {
      challenge: toBytes(asked.challenge),
      rp: { id: asked.rp_id, name: asked.rp_name },
      user: { id: toBytes(asked.user_id), name: asked.user_name, displayName: asked.display_name },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: asked.exclude.map((id) => ({ type: "public-key", id: toBytes(id) })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
      timeout: asked.timeout,
    };
    const key = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
    const answer = key.response as AuthenticatorAttestationResponse;
    return { client_data: toText(answer.clientDataJSON), attestation: toText(answer.attestationObject) };
  }
}
