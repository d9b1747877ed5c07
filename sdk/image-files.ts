// Images of updates as files of the data folder: one a hash, each whole or not there.
// Never serves octets whose SHA-256 is not the name of their file; knows no pager and no store.

import { createHash } from "node:crypto";
import {
  type BigIntStats,
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Body } from "../protocol/block-pull.ts";
import { ETAG_OCTETS_MAX, IMAGE_OCTETS_MAX } from "../protocol/limits.ts";
import { OnekeyError, systemCode } from "./error.ts";
import { octetsOf } from "./octets.ts";

export interface ImageFiles {
  /** On disk when it resolves; power that goes before leaves no image behind. */
  keep(hash: string, bytes: Uint8Array): Promise<void>;
  /**
   * The image, to be read block by block at once: nothing of it stays in memory. Throws
   * "image-damaged" where its file is missing, cut off or not what its name says; so does `read`.
   */
  open(hash: string): Body;
  /** What is being written is written. */
  settled(): Promise<void>;
}

export const IMAGES_FOLDER = "images";
/** One is written at a time, so that one that was cut off is written over by the next. */
const UNFINISHED = "unfinished";

export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function openImageFiles(dataDir: string): ImageFiles {
  const folder = join(dataDir, IMAGES_FOLDER);
  const pathOf = (hash: string): string => join(folder, hash);
  /** What was found out of a file, for as long as nothing touches it. */
  const judged = new Map<string, { stamp: string; isWhole: boolean }>();
  let last: Promise<void> = Promise.resolve();

  const isWhole = (hash: string, stats: BigIntStats): boolean => {
    const stamp = stampOf(stats);
    const before = judged.get(hash);
    if (before?.stamp === stamp) return before.isWhole;
    const fits = stats.size > 0n && stats.size <= BigInt(IMAGE_OCTETS_MAX);
    const found = { stamp, isWhole: fits && hashOf(readFileSync(pathOf(hash))) === hash };
    judged.set(hash, found);
    return found.isWhole;
  };

  const openImage = (hash: string): Body => {
    const stats = orDamaged(hash, () => statSync(pathOf(hash), { bigint: true }));
    if (!orDamaged(hash, () => isWhole(hash, stats))) throw damaged(hash, "not what it was");
    return {
      etag: octetsOf(hash).subarray(0, ETAG_OCTETS_MAX),
      octets: Number(stats.size),
      read: (from, to) => readPart({ hash, path: pathOf(hash), stamp: stampOf(stats) }, from, to),
    };
  };

  const isKept = (hash: string): boolean => {
    const stats = statSync(pathOf(hash), { bigint: true, throwIfNoEntry: false });
    return stats !== undefined && isWhole(hash, stats);
  };

  const write = async (hash: string, bytes: Uint8Array): Promise<void> => {
    try {
      if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) {
        await syncFolder(dirname(folder));
      }
      if (!isKept(hash)) {
        await writeWhole(join(folder, UNFINISHED), bytes);
        // No name is ever written over: what is damaged goes first.
        await rm(pathOf(hash), { force: true });
        await rename(join(folder, UNFINISHED), pathOf(hash));
      }
      // Also for one that was here: who wrote it may have ended before its name was on disk.
      await syncFolder(folder);
    } catch (error) {
      throw new OnekeyError(
        "data-not-writable",
        `The image can't be kept (${systemCode(error)}): look at the disk of the data folder, ` +
          "then add it again.",
      );
    }
  };

  return {
    keep(hash, bytes) {
      const one = last.then(() => write(hash, bytes));
      // A failure is told to the one who asked; the next one begins anew.
      last = one.catch(() => undefined);
      return one;
    },
    open: openImage,
    settled: () => last,
  };
}

// internal

/** Whatever changes a file changes one of these. */
function stampOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}

function damaged(hash: string, why: string): OnekeyError {
  return new OnekeyError(
    "image-damaged",
    `The image ${hash} on the platform's disk is damaged (${why}): add it again.`,
    { hash },
  );
}

function orDamaged<Value>(hash: string, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    throw damaged(hash, systemCode(error));
  }
}

interface Part {
  hash: string;
  path: string;
  /** Of the file that was found to be whole. */
  stamp: string;
}

function readPart({ hash, path, stamp }: Part, from: number, to: number): Uint8Array {
  const file = orDamaged(hash, () => openSync(path, "r"));
  try {
    const octets = new Uint8Array(to - from);
    const isSame = stampOf(fstatSync(file, { bigint: true })) === stamp;
    const count = orDamaged(hash, () => readSync(file, octets, 0, octets.length, from));
    if (!isSame || count !== octets.length) throw damaged(hash, "changed while it was read");
    return octets;
  } finally {
    closeSync(file);
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name is on disk only once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
