// The images that a world's platform has: files beside its database, which outlive its process and copies.
// Knows neither pager nor command.

import type { Body } from "../../../protocol/block-pull.ts";
import { ETAG_OCTETS_MAX } from "../../../protocol/limits.ts";
import { OnekeyError } from "../../../sdk/error.ts";
import { nodeMachine } from "../../../sdk/machine.ts";
import { hexOf, octetsOf } from "../../../sdk/octets.ts";

export interface ImageShelf {
  /** Its hash in hexadecimal digits. */
  add(image: Uint8Array): string;
  open(hash: string): Body;
}

export function createImageShelf(): ImageShelf {
  const images = new Map<string, Uint8Array>();
  return {
    add(image) {
      const hash = hexOf(Uint8Array.from(nodeMachine.sha256(image)));
      images.set(hash, image);
      return hash;
    },
    open(hash) {
      const image = images.get(hash);
      if (image === undefined) {
        throw new OnekeyError("unknown-image", "There is no such image: add it first.");
      }
      return {
        etag: octetsOf(hash).slice(0, ETAG_OCTETS_MAX),
        octets: image.length,
        read: (from, to) => image.slice(from, to),
      };
    },
  };
}
