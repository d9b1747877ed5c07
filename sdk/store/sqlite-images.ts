// What the store knows of images: which there are, for which board, and who added them.
// Inside the transaction of a commit; their octets are files, which nobody here looks at.

import type { Database } from "better-sqlite3";
import type { FactOf } from "../events.ts";
import type { Log } from "./sqlite-log.ts";
import type { ImageRow, Receipt, Store } from "./store.ts";

interface ImageColumns {
  hash: string;
  octets: number;
  firmware: number;
  board: string;
  added_by: string;
  added_at_ms: number;
}

/** Said again with another version or board it is corrected: the newest word stands. */
export function sqliteImages(
  db: Database,
  { append }: Log,
): (fact: FactOf<"addImage">, atMs: number) => Receipt {
  const read = db.prepare<[string], ImageColumns>("SELECT * FROM images WHERE hash = ?");
  const save = db.prepare(
    `INSERT OR REPLACE INTO images VALUES (@hash, @octets, @firmware, @board, @by, @atMs)`,
  );
  return (fact, atMs) => {
    const { kind, ...image } = fact;
    const before = read.get(fact.hash);
    if (before?.firmware === fact.firmware && before.board === fact.board) return { known: true };
    save.run({ ...image, atMs });
    return { event: append({ ...fact, kind: "imageAdded" }, atMs) };
  };
}

export function imageReads(db: Database): Pick<Store, "images" | "image"> {
  const all = db.prepare<[], ImageColumns>("SELECT * FROM images ORDER BY added_at_ms DESC, hash");
  const one = db.prepare<[string], ImageColumns>("SELECT * FROM images WHERE hash = ?");
  return {
    images: async () => all.all().map(imageOf),
    image: async (hash) => {
      const row = one.get(hash);
      return row === undefined ? undefined : imageOf(row);
    },
  };
}

// internal

function imageOf({ added_by: by, added_at_ms: addedAtMs, ...same }: ImageColumns): ImageRow {
  return { ...same, by, addedAtMs };
}
