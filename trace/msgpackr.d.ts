/** The two classes of msgpackr that we use, without the Node.js buffers and streams that its own declarations bring in. */

declare module "msgpackr/pack" {
  export class Packr {
    constructor(options: { readonly structuredClone: true });
    pack(value: unknown): Uint8Array;
  }
}

declare module "msgpackr/unpack" {
  export class Unpackr {
    constructor(options: { readonly structuredClone: true });
    unpack(bytes: Uint8Array): unknown;
  }
}
