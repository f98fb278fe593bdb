// Signs in with a key of the device.
import { Ceremony, call, toBytes, toText, type Answer } from "./ceremony.ts";

interface Entering {
  challenge: string;
  rp_id: string;
  timeout: number;
}

export class PasskeyGate extends Ceremony {
  protected override begin(): Promise<Response> {
    return call("begin_passkey_entry");
  }

  protected override async ask({ challenge, rp_id, timeout }: Entering): Promise<Answer> {
    const publicKey = { challenge: toBytes(challenge), rpId: rp_id, timeout, userVerification: "required" as const };
    const key = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
    const answer = key.response as AuthenticatorAssertionResponse;
    return {
      credential: toText(key.rawId),
      client_data: toText(answer.clientDataJSON),
      authenticator_data: toText(answer.authenticatorData),
      signature: toText(answer.signature),
      user_handle: answer.userHandle ? toText(answer.userHandle) : "",
    };
  }
}
