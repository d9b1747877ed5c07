// What a command is asked with: every declared command goes through whole, and what is wrong is named.

import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Declaration, Field } from "../../protocol/declaration.ts";
import { isFault } from "../../protocol/fault.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { COMMAND_NAMES, commandNamed } from "../../sdk/care/command-names.ts";
import { type AskedValue, type AskedValues, commandValues } from "../../sdk/command-values.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { commandOctets } from "../../sdk/gateway/command-content.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf } from "../../sdk/octets.ts";
import { closeRigs, openRig } from "./rig.ts";

test.after.each(closeRigs);

function declarationOf(name: string): Declaration {
  const declaration = commandNamed(name);
  assert.ok(declaration !== undefined, name);
  return declaration as Declaration;
}

test("what may be asked for is all that the wire declares, but for the renewal", () => {
  assert.equal(COMMAND_NAMES, [
    "locate",
    "ring",
    "notice",
    "readSettings",
    "changeSettings",
    "selfTest",
    "pressTest",
    "update",
    "restart",
    "sendLog",
  ]);
});

const HASH = "ab".repeat(32);

/** Asked, and as a pager reads it: octets as hexadecimal. */
const GOOD: [command: string, asked: AskedValues, read: Record<string, unknown>][] = [
  ["locate", {}, {}],
  ["locate", { forS: 86400 }, { forS: 86400 }],
  ["ring", { forS: 0 }, { forS: 0 }],
  ["notice", { notice: 2 }, { notice: 2 }],
  ["notice", { notice: 0, text: "吃药" }, { notice: 0, text: "e59083e88daf" }],
  ["notice", { notice: 0, text: { hex: "00FF" } }, { notice: 0, text: "00ff" }],
  ["readSettings", {}, {}],
  [
    "changeSettings",
    {
      settings: 7,
      list: [
        [1, -5],
        [255, "a.b"],
        [3, { hex: "00" }],
      ],
    },
    { settings: 7, list: [1, -5, 255, "612e62", 3, "00"] },
  ],
  ["selfTest", { parts: 65535 }, { parts: 65535 }],
  ["pressTest", { forS: 60 }, { forS: 60 }],
  [
    "update",
    { firmware: 12, octets: 524288, hash: HASH },
    { firmware: 12, octets: 524288, hash: HASH },
  ],
  ["restart", {}, {}],
  ["sendLog", { octets: 8192 }, { octets: 8192 }],
];

/** As it was read, but for `what` and `id`. */
function readBack(name: string, asked: AskedValues): Record<string, unknown> {
  const declaration = declarationOf(name);
  const values = commandValues(declaration, asked);
  const octets = commandOctets(nodeMachine, { id: 3, command: name, values });
  const read = decodeMessage(nodeMachine, declaration, octets ?? new Uint8Array(0));
  assert.not.ok(isFault(read), JSON.stringify(read));
  const { what, id, ...rest } = read as Record<string, unknown>;
  assert.equal([what, id], [declaration.word, 3]);
  const plain = (one: unknown): unknown =>
    Array.isArray(one) ? one.map(plain) : typeof one === "object" ? hexOf(one as Uint8Array) : one;
  return Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, plain(one)]));
}

for (const [name, asked, read] of GOOD) {
  test(`${name} ${JSON.stringify(asked).slice(0, 40)} is read by the pager as it was asked`, () => {
    assert.equal(readBack(name, asked), read);
  });
}

/** Any value within the bounds of a field. */
function within(field: Field): fc.Arbitrary<AskedValue> {
  const { kind, min, max, columns = [] } = field;
  if (kind === undefined) return fc.integer({ min, max });
  if (kind.of === "octets") {
    const octets = fc.uint8Array({ minLength: min, maxLength: max });
    return octets.map((bytes) => ({ hex: hexOf(bytes) }));
  }
  const row = columns.map((column) => {
    const number = fc.integer({ min: column.min, max: column.max });
    const octets = fc.uint8Array({ maxLength: column.octetsMax });
    return column.octetsMax === 0
      ? number
      : fc.oneof(
          number,
          octets.map((bytes) => ({ hex: hexOf(bytes) })),
        );
  });
  return fc.array(fc.tuple(...row), { minLength: min, maxLength: max }) as fc.Arbitrary<AskedValue>;
}

test("every value within its bounds arrives", () => {
  for (const name of COMMAND_NAMES) {
    const fields = declarationOf(name).fields.slice(2);
    const any = Object.fromEntries(
      fields.map((field) => [
        field.name,
        field.needed ? within(field) : fc.option(within(field), { nil: undefined }),
      ]),
    );
    fc.assert(
      fc.property(fc.record(any), (asked) => {
        const said = Object.entries(asked).filter(([, value]) => value !== undefined);
        const read = readBack(name, Object.fromEntries(said) as AskedValues);
        assert.equal(Object.keys(read).sort(), said.map(([key]) => key).sort());
      }),
      { numRuns: 60 },
    );
  }
});

const BAD: [command: string, asked: unknown, path: string][] = [
  ["locate", { forS: 86401 }, "values.forS"],
  ["locate", { forS: -1 }, "values.forS"],
  ["locate", { forS: 1.5 }, "values.forS"],
  ["locate", { forS: "60" }, "values.forS"],
  ["locate", { forS: Number.NaN }, "values.forS"],
  ["locate", { forS: null }, "values.forS"],
  ["locate", { for: 60 }, "values.for"],
  ["locate", { id: 5 }, "values.id"],
  ["locate", { what: 6 }, "values.what"],
  ["ring", { forS: [60] }, "values.forS"],
  ["restart", { now: 1 }, "values.now"],
  ["notice", {}, "values.notice"],
  ["notice", { notice: 24 }, "values.notice"],
  ["notice", { notice: 0, text: "x".repeat(161) }, "values.text"],
  ["notice", { notice: 0, text: "药".repeat(54) }, "values.text"],
  ["notice", { notice: 0, text: { hex: "0" } }, "values.text"],
  ["notice", { notice: 0, text: { hex: "zz" } }, "values.text"],
  ["notice", { notice: 0, text: 5 }, "values.text"],
  ["changeSettings", { list: [[1, 2]] }, "values.settings"],
  ["changeSettings", { settings: 1 }, "values.list"],
  ["changeSettings", { settings: 1, list: [] }, "values.list"],
  ["changeSettings", { settings: 1, list: 5 }, "values.list"],
  ["changeSettings", { settings: 1, list: [1, 2] }, "values.list[0]"],
  ["changeSettings", { settings: 1, list: [[1, 2], [3]] }, "values.list[1]"],
  ["changeSettings", { settings: 1, list: [[256, 2]] }, "values.list[0].key"],
  ["changeSettings", { settings: 1, list: [["a", 2]] }, "values.list[0].key"],
  ["changeSettings", { settings: 1, list: [[1, "x".repeat(65)]] }, "values.list[0].value"],
  ["changeSettings", { settings: 1, list: [[1, 2147483648]] }, "values.list[0].value"],
  ["update", { firmware: 1, octets: 5, hash: "ab" }, "values.hash"],
  ["update", { firmware: 1, octets: 0, hash: HASH }, "values.octets"],
  ["update", { firmware: 1, octets: 524289, hash: HASH }, "values.octets"],
];

for (const [name, asked, path] of BAD) {
  test(`${name} ${JSON.stringify(asked).slice(0, 50)} is refused at ${path}`, () => {
    let caught: unknown;
    try {
      commandValues(declarationOf(name), asked as AskedValues);
    } catch (error) {
      caught = error;
    }
    assert.instance(caught, OnekeyError);
    const { code, message, facts } = caught as OnekeyError;
    assert.equal([code, facts.path], ["bad-request", path]);
    assert.ok(message.startsWith(`${path}: `) && message.length > path.length + 10, message);
    assert.not.ok(message.includes("xxx"), "and the value is not repeated");
  });
}

const REFUSED: [what: string, asked: object, path: string][] = [
  ["a renewal", { command: "renew", values: { slot: 1 } }, "command"],
  ["a word about an alarm", { command: "taken" }, "command"],
  ["no command", { command: "" }, "command"],
  ["no name", { by: " " }, "by"],
  ["no time", { expiresInS: 0 }, "expiresInS"],
  ["half a second", { expiresInS: 0.5 }, "expiresInS"],
  ["31 days", { expiresInS: 31 * 86400 }, "expiresInS"],
  [
    "more than one datagram holds",
    {
      command: "changeSettings",
      values: { settings: 1, list: Array.from({ length: 16 }, (_, key) => [key, "x".repeat(64)]) },
    },
    "values",
  ],
];

for (const [what, asked, path] of REFUSED) {
  test(`${what} is refused before anything is queued`, async () => {
    const rig = await openRig();
    const pager = await rig.addPager();
    const cursor = await rig.platform.cursor();
    const error = await rig.platform.commands
      .send(pager.id, { command: "ring", by: "王芳", ...asked })
      .then(
        () => undefined,
        (caught: OnekeyError) => caught,
      );
    assert.equal([error?.code, error?.facts.path], ["bad-request", path]);
    assert.is(await rig.platform.cursor(), cursor);
    assert.equal(await rig.platform.commands.list(pager.id), []);
  });
}

test("a pager that nobody knows can be asked nothing", async () => {
  const rig = await openRig();
  const { commands, pagers } = rig.platform;
  const acts: (() => Promise<unknown>)[] = [
    () => commands.send("P-999999", { command: "ring", by: "王芳" }),
    () => commands.list("P-999999"),
    () => pagers.renew("P-999999", "王芳"),
    () => pagers.provision("P-999999", "王芳"),
  ];
  for (const act of acts) {
    const code = await act().then(
      () => "",
      (error: OnekeyError) => error.code,
    );
    assert.is(code, "unknown-pager");
  }
});

test.run();
