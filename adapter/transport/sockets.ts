/** The sockets of streams: plain ones of node:net, or those of node:tls, where both sides present a certificate. */

import { connect, type NetConnectOpts, type Server, type Socket } from "node:net";
import { checkServerIdentity, connect as connectSecurely, type ConnectionOptions, createSecureContext, createServer as createSecureServer, type PeerCertificate, type TLSSocket } from "node:tls";
import { MemberError } from "../error.ts";
import { listenServer, serving } from "./listen.ts";

export type Sockets = {
  readonly listen: (host: string, port: number) => Promise<Server>;
  readonly dial: (to: NetConnectOpts) => Socket;
  /** Is the certificate of the peer that opened this stream acceptable? */
  readonly accepts: (socket: Socket) => boolean;
  /** Names of events: a server accepted a stream; it refused one (null: never); a dialled socket is open. */
  readonly accepted: "connection" | "secureConnection";
  readonly refused: "tlsClientError" | null;
  readonly connected: "connect" | "secureConnect";
};

export const plainSockets: Sockets = { listen: listenServer, dial: connect, accepts: () => true, accepted: "connection", refused: null, connected: "connect" };

/** How members prove to each other that they belong to the group. Keys and certificates are in PEM, as node:tls takes them. */
export type TlsOptions = {
  /** This member's private key. */
  readonly key: string | Buffer;
  /** Its certificate, which must be good for servers and for clients. */
  readonly cert: string | Buffer;
  /** The certificates by which those of members must be signed; both sides check this. */
  readonly ca: string | Buffer | readonly (string | Buffer)[];
  /** A DNS name that the certificate of each member must have, if `ca` signs other certificates as well. Default: any certificate signed by `ca` is accepted. */
  readonly name?: string;
};

/** How long a handshake may take, in milliseconds. */
const HANDSHAKE_WITHIN = 10_000;

/** TLS 1.3. Certificates are checked for `name`, not for the peer's address, because addresses change. Throws `bad-option` for an invalid key or certificate. */
export function secureSockets({ key, cert, ca, name }: TlsOptions): Sockets {
  const shown = { key, cert, ca: typeof ca === "string" || Buffer.isBuffer(ca) ? ca : [...ca], minVersion: "TLSv1.3", rejectUnauthorized: true } as const;
  try {
    createSecureContext(shown);
  } catch (fault) {
    throw new MemberError("bad-option", `tls: ${fault instanceof Error ? fault.message : String(fault)}`, fault);
  }
  const isNamed = (certificate: PeerCertificate): boolean => name === undefined || checkServerIdentity(name, certificate) === undefined;
  return {
    listen: (host, port) => listenServer(host, port, createSecureServer({ ...serving, ...shown, requestCert: true, handshakeTimeout: HANDSHAKE_WITHIN })),
    dial: (to) => connectSecurely({ ...to, ...shown, checkServerIdentity: (_name: string, certificate: PeerCertificate) => (isNamed(certificate) ? undefined : new Error(`the certificate is not for ${name}`)) } as ConnectionOptions),
    accepts: (socket) => isNamed((socket as TLSSocket).getPeerCertificate()),
    accepted: "secureConnection",
    refused: "tlsClientError",
    connected: "secureConnect",
  };
}
