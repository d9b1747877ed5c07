// The file pager.cddl, judged by strangers: an npm package parses it, a walker over its tree takes
// every vector and refuses what is spoiled, and zcbor says the same where it is present.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decoder } from "cbor-x";
import { parse } from "cddl";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { MESSAGES } from "../../protocol/messages.ts";
import { projectFolder } from "../../tools/build/project.ts";
import { need, ran } from "../need.ts";
import { createWalker } from "./cddl-walk.ts";
import { messageOf, readVectors } from "./vector-file.ts";

const PAGE = join(projectFolder, "protocol/pager.cddl");
const vectors = readVectors();

const walker = createWalker(parse(PAGE));
const decoder = new Decoder({ useRecords: false, mapsAsObjects: false });
/** What CDDL can judge; a message without octets is no item, and no rule speaks of it. */
const said = vectors.messages.filter((vector) => vector.payload !== "");
const spoiled = vectors.refusedPayloads.filter((vector) => vector.inCddl);

function itemOf(payload: string): unknown {
  return decoder.decode(Buffer.from(payload, "hex"));
}

/** Whether either rule of a message lets the item through. */
function accepts(message: string, item: unknown): boolean {
  return walker.accepts(`${message}-message`, item) || walker.accepts(`${message}-longer`, item);
}

for (const message of MESSAGES) {
  const mine = said.filter((vector) => vector.message === message.name);
  const bad = spoiled.filter((vector) => vector.message === message.name);

  test(`${message.name}: the CDDL takes ${mine.length} vectors, as this version writes them`, () => {
    assert.ok(mine.length >= 2);
    for (const { name, payload } of mine) {
      assert.ok(walker.accepts(`${message.name}-message`, itemOf(payload)), name);
      assert.not.ok(walker.accepts(`${message.name}-longer`, itemOf(payload)), name);
    }
  });

  test(`${message.name}: the CDDL refuses ${bad.length} spoiled payloads`, () => {
    assert.ok(bad.length >= 3);
    for (const { name, payload } of bad)
      assert.not.ok(accepts(message.name, itemOf(payload)), name);
  });

  test(`${message.name}: a tail of a newer version is passed over by a reader's rule alone`, () => {
    const longer = vectors.longer.find((vector) => vector.message === message.name);
    const item = itemOf(longer?.payload ?? "");
    assert.ok(walker.accepts(`${message.name}-longer`, item));
    assert.not.ok(walker.accepts(`${message.name}-message`, item));
  });
}

test("the rule of a resource takes what its letter and its word say, and the first rule takes all", () => {
  for (const { message, letter, word, payload, name } of said) {
    if (messageOf(message).direction === "down" && word === undefined) continue;
    assert.ok(walker.accepts(`resource-${letter}`, itemOf(payload)), name);
    assert.ok(walker.accepts("payload", itemOf(payload)), name);
  }
});

test("every item left null, or put to the end, is seen: nothing is optional that is not", () => {
  for (const vector of said.filter((one) => one.name.endsWith("ordinary"))) {
    const { fields } = messageOf(vector.message);
    const item = itemOf(vector.payload) as unknown[];
    for (const [at, field] of fields.entries()) {
      const nulled = item.map((value, place) => (place === at ? null : value));
      const isLast = at === fields.length - 1;
      const rule = `${vector.message}-message`;
      assert.is(walker.accepts(rule, nulled), !field.needed && !isLast, `${rule} ${field.name}`);
      const cut = item.slice(0, at);
      const mayEnd = at > 0 && fields.slice(at).every((one) => !one.needed);
      assert.is(walker.accepts(rule, cut), mayEnd, `${rule} cut before ${field.name}`);
    }
  }
});

test("a construct that the walker does not know throws, so that it accepts nothing by mistake", () => {
  const dir = mkdtempSync(join(tmpdir(), "onekey-cddl-"));
  try {
    const file = join(dir, "odd.cddl");
    writeFileSync(file, "a = [b: tstr]\nc = [d: bstr .bits 4]\n");
    const odd = createWalker(parse(file));
    assert.throws(() => odd.accepts("a", ["x"]), /not read by the walker/);
    assert.throws(() => odd.accepts("c", [new Uint8Array(1)]), /not read by the walker/);
    assert.throws(() => odd.accepts("e", []), /not read by the walker/);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

// zcbor

interface Judged {
  accepted: boolean;
  words: string;
}

async function zcborSays(program: string, args: string[], input: string): Promise<Judged> {
  const run = spawn(program, ["validate", ...args, "-i", "-", "--input-as", "cborhex"]);
  let words = "";
  run.stdout.on("data", (piece) => {
    words += piece;
  });
  run.stderr.on("data", (piece) => {
    words += piece;
  });
  run.stdin.end(input);
  const status = await new Promise((resolve) => run.on("close", resolve));
  return { accepted: status === 0, words };
}

const zcbor = need("zcbor");
if (zcbor !== undefined) {
  test("zcbor takes every vector and every longer payload, in one array", async () => {
    const rules = [
      ...said.map((vector) => `${vector.message}-message`),
      ...vectors.longer.map((vector) => `${vector.message}-longer`),
    ];
    const payloads = [...said, ...vectors.longer].map((vector) => vector.payload);
    const dir = mkdtempSync(join(tmpdir(), "onekey-zcbor-"));
    try {
      const file = join(dir, "every.cddl");
      writeFileSync(file, `every = [\n${rules.join(",\n")}\n]\n`);
      const head = `99${payloads.length.toString(16).padStart(4, "0")}`;
      const args = ["-c", PAGE, "-c", file, "-t", "every"];
      const { accepted, words } = await zcborSays(zcbor, args, head + payloads.join(""));
      assert.ok(accepted, words);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  test("zcbor refuses three payloads a message, each spoiled in another way", async () => {
    const jobs = MESSAGES.flatMap((message) => {
      const mine = spoiled.filter((vector) => vector.message === message.name);
      const isFirst = ({ fault }: (typeof mine)[number], at: number) =>
        mine.findIndex((one) => one.fault === fault) === at;
      return mine.filter(isFirst).slice(0, 3);
    });
    assert.is(jobs.length, 3 * MESSAGES.length);
    const judge = async (): Promise<void> => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        const args = ["-c", PAGE, "-t", `${job.message}-message`];
        assert.not.ok((await zcborSays(zcbor, args, job.payload)).accepted, job.name);
      }
    };
    await Promise.all([judge(), judge()]);
    const version = spawnSync(zcbor, ["--version"], { encoding: "utf8" }).stdout.trim();
    ran({ engine: "zcbor", version, bundle: "(none: it read pager.cddl)", tests: 2 });
  });
}

test.run();
