// Images of updates as a developer and a tool give them: checked, kept on disk, then in the log.
// Sends nothing: that a pager is to have one is asked for by an update of it.

import { BOARDS } from "../protocol/codes.ts";
import { IMAGE_OCTETS_MAX, VERSION_MAX } from "../protocol/limits.ts";
import type { Images } from "./api/host.ts";
import { stateFact } from "./desk-acts.ts";
import { OnekeyError } from "./error.ts";
import type { Commits } from "./gateway/commits.ts";
import { hashOf, type ImageFiles } from "./image-files.ts";
import type { Store } from "./store/store.ts";

export interface ImagesParts {
  store: Store;
  commits: Commits;
  files: ImageFiles;
}

export function makeImages({ store, commits, files }: ImagesParts): Images {
  return {
    list: () => store.images(),
    async add({ bytes, firmware, board, by }) {
      check("bytes", isWithin(bytes.length, IMAGE_OCTETS_MAX), `1 to ${IMAGE_OCTETS_MAX} octets`);
      check("firmware", isWithin(firmware, VERSION_MAX), `a whole number from 1 to ${VERSION_MAX}`);
      check("board", BOARDS.includes(board), `one of ${BOARDS.join(", ")}`);
      check("by", by.trim() !== "", "the name of who adds it");
      const hash = hashOf(bytes);
      // Before the log says so: what the log names is there, whenever power goes.
      await files.keep(hash, bytes);
      const octets = bytes.length;
      await stateFact(commits, { kind: "addImage", hash, octets, firmware, board, by });
      const row = await store.image(hash);
      if (row === undefined) throw new OnekeyError("closed", "The platform is closing.");
      return row;
    },
  };
}

// internal

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

function check(path: string, isGood: boolean, need: string): void {
  if (!isGood) throw new OnekeyError("bad-request", `${path}: ${need}.`, { path });
}
