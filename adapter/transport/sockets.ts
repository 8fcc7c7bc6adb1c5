/** The sockets of streams: of node:net, or of node:tls, where both sides show a certificate of the group's. */

import { connect, type NetConnectOpts, type Server, type Socket } from "node:net";
import { checkServerIdentity, connect as connectSecurely, type ConnectionOptions, createSecureContext, createServer as createSecureServer, type PeerCertificate, type TLSSocket } from "node:tls";
import { MemberError } from "../error.ts";
import { listenServer, serving } from "./listen.ts";

export type Sockets = {
  readonly listen: (host: string, port: number) => Promise<Server>;
  readonly dial: (to: NetConnectOpts) => Socket;
  /** May whoever opened this stream do so? */
  readonly accepts: (socket: Socket) => boolean;
  /** The event of a server that has accepted a stream; of one that was refused, null where there is none; and of a socket that is open. */
  readonly accepted: "connection" | "secureConnection";
  readonly refused: "tlsClientError" | null;
  readonly connected: "connect" | "secureConnect";
};

export const plainSockets: Sockets = { listen: listenServer, dial: connect, accepts: () => true, accepted: "connection", refused: null, connected: "connect" };

/** How members show one another that they belong to the group: in PEM, as node:tls takes them. */
export type TlsOptions = {
  /** This member's private key. */
  readonly key: string | Buffer;
  /** Its certificate, which must be good for servers and for clients. */
  readonly cert: string | Buffer;
  /** Who signs the certificates of members: nobody else's are accepted, on either side. */
  readonly ca: string | Buffer | readonly (string | Buffer)[];
  /** A DNS name that every member's certificate has, where `ca` signs others besides. Default: whoever `ca` signed is a member, whatever its name. */
  readonly name?: string;
};

/** How long a peer may take to show its certificate, in milliseconds. */
const HANDSHAKE_WITHIN = 10_000;

/** TLS 1.3. Peers are addressed by number, so that not the address but `name` is looked for in certificates. Throws `bad-option` for a key or a certificate that is none. */
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
