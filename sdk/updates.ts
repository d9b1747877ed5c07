// An update asked of a pager: an image that is here and whole, and made for the board it has.
// Sends nothing: the command waits like any other, and the pager pulls the image itself [wire §6].

import { BOARDS } from "../protocol/codes.ts";
import type { AskedUpdate } from "./api/host.ts";
import { UPDATE_COMMAND } from "./care/command-names.ts";
import type { CommandRow } from "./care/commands.ts";
import { type CommandsParts, queueCommand } from "./commands.ts";
import { OnekeyError } from "./error.ts";
import type { ImageFiles } from "./image-files.ts";
import type { Store } from "./store/store.ts";

export interface UpdatesParts extends CommandsParts {
  files: ImageFiles;
}

export async function updatePager(
  parts: UpdatesParts,
  pager: string,
  { hash, by, expiresInS, anyBoard = false }: AskedUpdate,
): Promise<CommandRow> {
  const { store, files } = parts;
  if ((await store.pager(pager)) === undefined) {
    throw new OnekeyError("unknown-pager", "There is no such pager: read the list again.");
  }
  const image = await store.image(hash);
  if (image === undefined) {
    throw new OnekeyError("unknown-image", "There is no such image: add it first.");
  }
  await refuseOtherBoard(store, pager, image.board, anyBoard);
  files.open(hash);
  const { octets, firmware } = image;
  const values = { firmware, octets, hash };
  return queueCommand(parts, pager, { command: UPDATE_COMMAND, values, expiresInS, by });
}

// internal

/** The program of one board starts on no other, and nobody is there to bring the old one back. */
async function refuseOtherBoard(
  store: Store,
  pager: string,
  board: string,
  anyBoard: boolean,
): Promise<void> {
  const code = await store.boardOf(pager);
  if (code === undefined && anyBoard) return;
  if (code === undefined) {
    throw new OnekeyError(
      "board-unknown",
      "This pager never told its board: wait until it was heard, or ask with anyBoard.",
    );
  }
  if (BOARDS[code] === board) return;
  throw new OnekeyError(
    "other-board",
    `This image is for ${board}, and the pager is ${BOARDS[code] ?? "another board"}: choose its own.`,
  );
}
