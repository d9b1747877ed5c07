// Storage and Flash of Espruino over memory that outlives the host: restart it with the same one.
// Faults are at the octets: a write may fail, or the power may go in the middle of it.

import { octetsOf, type Realm, textOf } from "./realm.ts";

export interface HostStorage {
  readonly files: Map<string, Uint8Array>;
  /** Octets of files that were replaced or erased and not yet compacted away. */
  trashOctets: number;
  /** The raw pages outside Storage, from `FLASH_ADDRESS` on. */
  readonly flash: Uint8Array;
}

/** What a storage access is about to do, and what comes of it. */
export interface StorageAccess {
  kind: "write" | "erase";
  /** File name, or the address of a raw page. */
  place: string;
  octets: number;
}
export type StorageChance = (access: StorageAccess) => "good" | "fails" | "power cut";

export interface StorageLimits {
  storageOctets: number;
  /** Length of a raw page; 0 where the free area is Storage's own. */
  pageOctets: number;
}

/** What the stock interpreter of the RAK5010 leaves free before page 226 is more than this. */
export const FLASH_ADDRESS = 0xb2000;
export const FLASH_PAGES = 48;
const FLASH_OCTETS = FLASH_PAGES * 4096;
const HEADER_OCTETS = 32;
const NAME_LENGTH_MAX = 28;

export function createHostStorage(): HostStorage {
  return { files: new Map(), trashOctets: 0, flash: new Uint8Array(FLASH_OCTETS).fill(255) };
}

/** Raw flash as it stands, from this address on; undefined where it is none of its own. */
export function flashArea(
  storage: HostStorage,
  address: number,
  octets: number,
): Uint8Array | undefined {
  const offset = address - FLASH_ADDRESS;
  if (offset < 0 || offset + octets > storage.flash.length) return undefined;
  return storage.flash.subarray(offset, offset + octets);
}

function fileOctets(octets: number): number {
  return HEADER_OCTETS + Math.ceil(octets / 4) * 4;
}

/** The names that `require("Storage")` and `require("Flash")` give. */
export function storageLibraries(
  realm: Realm,
  storage: HostStorage,
  limits: StorageLimits,
  chance: StorageChance,
) {
  /** Puts octets as flash does: bits only fall; half of them when the power goes. */
  function put(target: Uint8Array, at: number, octets: Uint8Array, place: string): boolean {
    const outcome = chance({ kind: "write", place, octets: octets.length });
    if (outcome === "fails") return false;
    const count = outcome === "good" ? octets.length : Math.floor(octets.length / 2);
    for (let i = 0; i < count; i++) target[at + i] &= octets[i];
    if (outcome === "power cut") realm.cut();
    realm.alive();
    return true;
  }

  function free(): number {
    let used = storage.trashOctets;
    for (const file of storage.files.values()) used += fileOctets(file.length);
    return limits.storageOctets - used;
  }

  function erase(name: string): void {
    const file = storage.files.get(name);
    if (file === undefined) return;
    storage.trashOctets += fileOctets(file.length);
    storage.files.delete(name);
  }

  function create(name: string, size: number): Uint8Array {
    erase(name);
    if (free() < fileOctets(size)) storage.trashOctets = 0; // compaction
    if (free() < fileOctets(size)) throw realm.error("Unable to find or create file");
    const file = new Uint8Array(size).fill(255);
    storage.files.set(name, file);
    return file;
  }

  const nameOf = (name: unknown) => String(name).slice(0, NAME_LENGTH_MAX);
  const read = (name: unknown) => storage.files.get(nameOf(name));
  const blank = (file: Uint8Array, at: number, length: number) =>
    file.subarray(at, at + length).every((octet) => octet === 255);

  function write(name: unknown, data: unknown, offset = 0, size = 0): boolean {
    realm.alive();
    const octets = octetsOf(data);
    if (octets.length === 0 && size === 0) throw realm.error("Can't create zero length file");
    let file = read(name);
    const wanted = size === 0 ? octets.length : size;
    const fresh = file !== undefined && file.length === wanted && blank(file, 0, wanted);
    if (offset === 0 && !fresh) file = create(nameOf(name), wanted);
    if (file === undefined) throw realm.error("Unable to find or create file");
    if (offset + octets.length > file.length) throw realm.error("Too much data for file size");
    if (!blank(file, offset, octets.length)) {
      throw realm.error("File already written with different data");
    }
    return put(file, offset, octets, nameOf(name));
  }

  const Storage = {
    write,
    read(name: unknown, offset = 0, length = 0) {
      realm.alive();
      const file = read(name);
      if (file === undefined) return undefined;
      return textOf(file.subarray(offset, length <= 0 ? file.length : offset + length));
    },
    readArrayBuffer(name: unknown) {
      realm.alive();
      const file = read(name);
      return file === undefined ? undefined : realm.newBuffer(file);
    },
    erase(name: unknown) {
      realm.alive();
      const outcome = chance({ kind: "erase", place: nameOf(name), octets: 0 });
      if (outcome === "good") erase(nameOf(name));
      if (outcome === "power cut") realm.cut();
      realm.alive();
    },
    eraseAll() {
      realm.alive();
      storage.files.clear();
      storage.trashOctets = 0;
    },
    compact() {
      realm.alive();
      storage.trashOctets = 0;
    },
    list: () => realm.run(JSON.stringify([...storage.files.keys()]), "list"),
    getFree: () => free(),
  };

  /** Offset in the raw pages; throws where the address is not theirs. */
  function offsetOf(address: number): number {
    const offset = address - FLASH_ADDRESS;
    if (limits.pageOctets === 0) throw realm.error("this address holds Storage");
    if (offset < 0 || offset >= storage.flash.length) throw realm.error("not a free page");
    return offset;
  }

  const Flash = {
    getFree() {
      const area = { addr: FLASH_ADDRESS, length: storage.flash.length };
      return realm.run(JSON.stringify(limits.pageOctets === 0 ? [] : [area]), "getFree");
    },
    getPage(address: number) {
      const offset = offsetOf(address);
      const addr = FLASH_ADDRESS + offset - (offset % limits.pageOctets);
      return realm.run(`(${JSON.stringify({ addr, length: limits.pageOctets })})`, "getPage");
    },
    read(length: number, address: number) {
      realm.alive();
      const offset = offsetOf(address);
      return realm.newOctets(storage.flash.subarray(offset, offset + length));
    },
    write(data: unknown, address: number) {
      realm.alive();
      put(storage.flash, offsetOf(address), octetsOf(data), String(address));
    },
    erasePage(address: number) {
      realm.alive();
      const offset = offsetOf(address);
      const from = offset - (offset % limits.pageOctets);
      const outcome = chance({ kind: "erase", place: String(address), octets: limits.pageOctets });
      const length = outcome === "power cut" ? limits.pageOctets / 2 : limits.pageOctets;
      if (outcome !== "fails") storage.flash.fill(255, from, from + length);
      if (outcome === "power cut") realm.cut();
      realm.alive();
    },
  };
  return { Storage, Flash };
}
