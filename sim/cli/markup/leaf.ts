/** The frame of a page: one file that needs no other, and may request none. */

import { createHash } from "node:crypto";
import { escape } from "./mark.ts";

export type Leaf = {
  readonly title: string;
  readonly style: string;
  /** HTML. */
  readonly body: string;
  /** JavaScript; the page is complete without it, too. */
  readonly script?: string;
};

/** The whole page. Its Content-Security-Policy allows its own style and its own script, and nothing else: it never requests anything. */
export function leafHtml({ title, style, body, script }: Leaf): string {
  const allowed = script === undefined ? "" : `; script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  return [
    "<!doctype html>",
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${allowed}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${style}</style></head>`,
    `<body>${body}${script === undefined ? "" : `<script>${script}</script>`}</body></html>`,
    "",
  ].join("\n");
}
