// Wireshark as a stranger to our code: it opens every sealed vector with the published secrets alone.
// Skipped aloud where tshark is missing.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { SealedVector } from "../tools/docs/seal.ts";
import { captureOf } from "./capture.ts";
import { need, ran } from "./need.ts";
import { conversations, octets, readVectors } from "./protocol/vector-file.ts";

const tshark = need("tshark");

const vectors = readVectors();
/**
 * What the pager begins goes first: of a datagram that port 5683 sends unasked, tshark 4.0 takes the
 * other end for anybody, and finds in that conversation the requests of all later ones.
 */
const talks = ["pager", "platform"].flatMap((begins) =>
  conversations(vectors).filter(({ steps }) => steps[0].from === begins),
);
const frames = talks.flatMap(({ name, steps }, conversation) =>
  steps.map((step) => ({ name, conversation, step })),
);

/** A line of Wireshark's table of contexts, as it stands for requests of one end. */
function contextLine(ids: [string, string], secret: string, salt: string): string {
  const names = ids.map((id) => `"${id}"`).join(",");
  return `uat:oscore_contexts:${names},"${secret}","${salt}","","AES-CCM-16-64-128 (CCM*)"`;
}

/** Either end asks: the table wants a line for each. */
const CONTEXTS = vectors.contexts.flatMap((context) => {
  const { pagerId, platformId, masterSecret, masterSalt } = context;
  return [
    contextLine([pagerId, platformId], masterSecret, masterSalt),
    contextLine([platformId, pagerId], masterSecret, masterSalt),
  ];
});

/** What tshark says of one frame; "" where it found no such field. */
interface Seen {
  /** Inside. */
  code: string;
  path: string;
  /** Octets of every piece that it shows as data: the sealed ones first. */
  data: string[];
  trouble: string;
}

const FIELDS = [
  "oscore.code",
  "oscore.opt.uri_path",
  "data.data",
  "oscore.tag_check_failed",
  "oscore.context_not_set",
];

function dissect(program: string, file: string, contexts: string[]): Seen[] {
  const fields = FIELDS.flatMap((field) => ["-e", field]);
  const options = contexts.flatMap((line) => ["-o", line]);
  const args = ["-r", file, "-T", "fields", ...fields, ...options];
  const run = spawnSync(program, args, { encoding: "utf8" });
  assert.is(run.status, 0, run.stderr);
  const lines = run.stdout.split("\n").slice(0, -1);
  return lines.map((line) => {
    const [code, path, data, ...troubles] = line.split("\t");
    return { code, path, data: data.split(","), trouble: troubles.join("") };
  });
}

const codeOf = (step: SealedVector): string => {
  const [codeClass, detail] = step.code.split(".").map(Number);
  return `${codeClass * 32 + detail}`;
};

test("no payload of four octets or more stands in its own datagram", () => {
  for (const { name, step } of frames.filter((frame) => frame.step.payload.length >= 8)) {
    assert.not.ok(step.datagram.includes(step.payload), name);
  }
});

if (tshark !== undefined) {
  const inFile = (given: typeof frames, judge: (file: string) => void): void => {
    const dir = mkdtempSync(join(tmpdir(), "onekey-tshark-"));
    try {
      const file = join(dir, "vectors.pcap");
      const captured = given.map(({ conversation, step }) => ({
        octets: octets(step.datagram),
        conversation,
        up: step.from === "pager",
      }));
      writeFileSync(file, captureOf(captured));
      judge(file);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  };

  test(`tshark opens all ${frames.length} datagrams: code, path and payload of each`, () => {
    assert.ok(frames.length > 190);
    inFile(frames, (file) => {
      const seen = dissect(tshark, file, CONTEXTS);
      assert.is(seen.length, frames.length);
      for (const [at, { name, step }] of frames.entries()) {
        const { code, path, data, trouble } = seen[at];
        const where = `${name}, ${step.from}, number ${step.piv ?? "of its request"}`;
        assert.is(trouble, "", where);
        assert.is(code, codeOf(step), where);
        assert.is(path, step.path, where);
        if (step.payload !== "") assert.is(data.at(-1), step.payload, where);
      }
    });
    const version = spawnSync(tshark, ["--version"], { encoding: "utf8" }).stdout.split("\n")[0];
    ran({ engine: "tshark", version, bundle: "(none: it opened the vectors)", tests: 2 });
  });

  test("without the secrets, and with others, tshark shows none of them", () => {
    inFile(frames, (file) => {
      const others = vectors.contexts.map(({ pagerId, platformId, masterSalt }) =>
        contextLine([pagerId, platformId], "00".repeat(16), masterSalt),
      );
      for (const contexts of [[], others]) {
        for (const { code, path, trouble } of dissect(tshark, file, contexts)) {
          assert.equal([code, path], ["", ""]);
          assert.is(trouble, "1");
        }
      }
    });
  });
}

test.run();
