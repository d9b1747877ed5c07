// A file of keys: what provisioning handed out, or master secrets with their ids, as JSON.
// An error names the file and the field, never what stands in it.

import { KEY_OCTETS, KID_OCTETS_MAX, NONCE_OCTETS } from "../../protocol/limits.ts";
import type { Context } from "../../protocol/oscore.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { type ContextIds, deriveContext, type MasterSecret } from "../../sdk/keys.ts";
import { octetsOf } from "../../sdk/octets.ts";

/** A master secret and whose it is, from the pager's point of view. */
export interface Master {
  master: MasterSecret;
  ids: ContextIds;
}

export interface KeyFile {
  /** Pagers' halves, those of the masters among them. */
  contexts: Context[];
  masters: Master[];
}

const SECRET_OCTETS_MIN = 16;
const OCTETS_MAX = 64;

/** Reads the text of the file called `name`. */
export function readKeyFile(text: string, name: string): KeyFile {
  const file = fileOf(text, name);
  const rows = "contexts" in file ? file.contexts : [file];
  if (!Array.isArray(rows)) throw badKey(name, "contexts", "must be a list");
  const read: KeyFile = { contexts: [], masters: [] };
  rows.forEach((row: unknown, i) => {
    const place = "contexts" in file ? `contexts[${i}]` : "";
    if (typeof row !== "object" || row === null) throw badKey(name, place, "must be an object");
    const fields = makeFields(row as Record<string, unknown>, name, place);
    if ("masterSecret" in row) {
      const master = masterOf(fields);
      read.masters.push(master);
      read.contexts.push(deriveContext(master.master, master.ids));
    } else read.contexts.push(contextOf(fields));
  });
  return read;
}

// internal

function badKey(name: string, place: string, what: string): OnekeyError {
  const field = place === "" ? "" : ` ${place}`;
  return new OnekeyError(
    "bad-input",
    `The key file ${name} can't be used:${field} ${what}. Give the provisioning of a pager ` +
      '({"contexts": [...]}), or masterSecret, masterSalt, senderId and recipientId in hex.',
  );
}

function fileOf(text: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the text, which holds keys.
    throw badKey(name, "", "it is no JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw badKey(name, "", "it must hold one JSON object");
  }
  const file = value as Record<string, unknown>;
  const inner = file.provisioning;
  return typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : file;
}

interface Bounds {
  min: number;
  max: number;
}

interface Fields {
  octets(field: string, bounds: Bounds): Uint8Array;
  has(field: string): boolean;
}

function makeFields(row: Record<string, unknown>, name: string, place: string): Fields {
  return {
    has: (field) => row[field] !== undefined,
    octets(field, { min, max }) {
      const at = place === "" ? field : `${place}.${field}`;
      const value = row[field];
      if (value === undefined) throw badKey(name, at, "is missing");
      if (typeof value !== "string" || !/^([0-9a-fA-F]{2})*$/.test(value)) {
        throw badKey(name, at, "must be a text of hex digits, two an octet");
      }
      const octets = octetsOf(value);
      if (octets.length < min || octets.length > max) {
        const range = min === max ? `${min}` : `${min} to ${max}`;
        throw badKey(name, at, `must have ${range} octets and has ${octets.length}`);
      }
      return octets;
    },
  };
}

const ID = { min: 0, max: KID_OCTETS_MAX };
const KEY = { min: KEY_OCTETS, max: KEY_OCTETS };

function contextOf(fields: Fields): Context {
  return {
    senderId: fields.octets("kid", ID),
    recipientId: fields.octets("platformId", ID),
    senderKey: fields.octets("senderKey", KEY),
    recipientKey: fields.octets("recipientKey", KEY),
    commonIv: fields.octets("commonIv", { min: NONCE_OCTETS, max: NONCE_OCTETS }),
  };
}

function masterOf(fields: Fields): Master {
  const short = { min: 0, max: 23 };
  return {
    master: {
      secret: fields.octets("masterSecret", { min: SECRET_OCTETS_MIN, max: OCTETS_MAX }),
      salt: fields.has("masterSalt")
        ? fields.octets("masterSalt", { min: 0, max: OCTETS_MAX })
        : new Uint8Array(0),
    },
    ids: {
      senderId: fields.octets("senderId", ID),
      recipientId: fields.octets("recipientId", ID),
      idContext: fields.has("idContext") ? fields.octets("idContext", short) : undefined,
    },
  };
}
