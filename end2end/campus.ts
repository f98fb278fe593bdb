// Another house that vouches for people (OpenID Connect): on its page somebody says who they are, or goes back.
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody the house knows, as its tokens tell. */
export interface Known {
  sub: string;
  name: string;
  email: string;
  email_verified: boolean;
}

interface Grant {
  who: Known;
  nonce: string;
  challenge: string;
  redirect: string;
}

const CLIENT = "lectern";

/** The settings by which a program takes the house's people. */
export function settingsOf(campus: string): Record<string, string> {
  return { LECTERN_OIDC_CAMPUS_ISSUER: campus, LECTERN_OIDC_CAMPUS_CLIENT_ID: CLIENT };
}

/** Opens the house for as long as `work` takes. */
export async function withCampus(people: Known[], work: (campus: string) => Promise<void>) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const grants = new Map<string, Grant>();
  let issuer = "";
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = ({ who, nonce }: Grant) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: CLIENT, iat: now, exp: now + 300, auth_time: now, nonce, ...who };
    const message = `${part({ alg: "ES256", kid: "k1", typ: "JWT" })}.${part(claims)}`;
    return `${message}.${sign("sha256", Buffer.from(message), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  };
  /** Its page: a link for everybody it knows, and one for whoever thinks better of it. */
  const page = (asked: URLSearchParams) => {
    const said = (name: string) => asked.get(name) ?? "";
    const back = (answer: Record<string, string>) => `${said("redirect_uri")}?${new URLSearchParams({ state: said("state"), iss: issuer, ...answer })}`;
    const links = people.map((who) => {
      const code = randomUUID();
      grants.set(code, { who, nonce: said("nonce"), challenge: said("code_challenge"), redirect: said("redirect_uri") });
      return `<p><a id="${who.sub}" href="${back({ code }).replaceAll("&", "&amp;")}">${who.name}</a></p>`;
    });
    return `<title>Campus</title>${links.join("")}<p><a id="no" href="${back({ error: "access_denied" }).replaceAll("&", "&amp;")}">No</a></p>`;
  };
  const redeemed = (form: URLSearchParams) => {
    const code = form.get("code") ?? "";
    const grant = grants.get(code);
    grants.delete(code);
    const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    if (!grant || grant.challenge !== challenge || grant.redirect !== form.get("redirect_uri") || form.get("client_id") !== CLIENT) return undefined;
    return { access_token: "a", token_type: "Bearer", id_token: token(grant) };
  };
  const server = createServer((request, response) => {
    const at = new URL(request.url ?? "/", issuer);
    const answer = (status: number, type: string, body: string) => response.writeHead(status, { "content-type": type }).end(body);
    const json = (value: unknown) => answer(200, "application/json", JSON.stringify(value));
    let sent = "";
    request.on("data", (piece: Buffer) => (sent += piece.toString()));
    request.on("end", () => {
      switch (at.pathname) {
        case "/.well-known/openid-configuration":
          return json({
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/jwks`,
            id_token_signing_alg_values_supported: ["ES256"],
            authorization_response_iss_parameter_supported: true,
          });
        case "/jwks":
          return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", use: "sig", alg: "ES256" }] });
        case "/authorize":
          return answer(200, "text/html", page(at.searchParams));
        case "/token": {
          const tokens = redeemed(new URLSearchParams(sent));
          return tokens ? json(tokens) : answer(400, "application/json", '{"error":"invalid_grant"}');
        }
        default:
          return answer(404, "text/plain", "");
      }
    });
  });
  await new Promise<void>((open) => server.listen(0, "127.0.0.1", open));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await work(issuer);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
