// What a command is asked with: every declared command goes through whole, and what is wrong is named.

import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Declaration, Field } from "../../protocol/declaration.ts";
import { isFault } from "../../protocol/fault.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import {
  APN_KEY,
  ASSISTANCE_KEY,
  NAME_KEY,
  NUMBER_BOUNDS,
  NUMBERS,
  RELATIONS,
  SETTING_NAMES,
  ZONE_KEY_MIN,
} from "../../protocol/settings.ts";
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

test("what may be asked for by name is all that the wire declares, but for keys and images", () => {
  assert.equal(COMMAND_NAMES, [
    "locate",
    "ring",
    "notice",
    "readSettings",
    "changeSettings",
    "selfTest",
    "pressTest",
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
        [1, 2500],
        ["apn", "a.b"],
        ["contact2", { hex: "2b313233" }],
        [12, -720],
      ],
    },
    { settings: 7, list: [1, 2500, 66, "612e62", 69, "2b313233", 12, -720] },
  ],
  [
    "changeSettings",
    { settings: 8, list: { holdMs: 1000, address1: "192.0.2.1:5683", deskNumber: "", dayToH: 24 } },
    { settings: 8, list: [1, 1000, 64, "3139322e302e322e313a35363833", 73, "", 14, 24] },
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

/** What a message holds where nothing is known of the way [RFC 7252 §4.6]. */
const MESSAGE_OCTETS_MAX = 1024;

/** As it was read, but for `what` and `id`. */
function readBack(name: string, asked: AskedValues): Record<string, unknown> {
  const declaration = declarationOf(name);
  const values = commandValues(declaration, asked);
  const octets = commandOctets(nodeMachine, { id: 3, command: name, values });
  const read = decodeMessage(nodeMachine, declaration, octets ?? new Uint8Array(0));
  assert.not.ok(isFault(read), JSON.stringify(read));
  assert.ok((octets?.length ?? 0) <= MESSAGE_OCTETS_MAX, name);
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
  const { kind, min, max } = field;
  if (kind === undefined) return fc.integer({ min, max });
  if (kind.of === "octets") {
    const octets = fc.uint8Array({ minLength: min, maxLength: max });
    return octets.map((bytes) => ({ hex: hexOf(bytes) }));
  }
  return anySettings(min, max);
}

/** Settings that stand in no relation, each within its bounds, by name or key. */
function anySettings(min: number, max: number): fc.Arbitrary<AskedValue> {
  const free = SETTING_NAMES.filter(({ key }) => !isRelated(key));
  const all = fc.shuffledSubarray(free, { minLength: min, maxLength: max });
  return all.chain((chosen) =>
    fc.tuple(
      ...chosen.map(({ key, name }) => fc.tuple(fc.constantFrom(key, name), anySetting(key))),
    ),
  ) as fc.Arbitrary<AskedValue>;
}

function isRelated(key: number): boolean {
  return RELATIONS.some((one, at) => at % 3 !== 1 && one === key);
}

const POLYGONS = ["-1,2 -1.01,2 -1,2.01", "0.0000001,180 0,-179.95 0.05,179.95"];

function anySetting(key: number): fc.Arbitrary<number | string> {
  if (key <= NUMBERS) {
    const [min, max] = NUMBER_BOUNDS.slice(3 * key - 3);
    return fc.integer({ min, max });
  }
  if (key === APN_KEY) return fc.stringMatching(/^[a-zA-Z0-9.-]{0,63}$/);
  if (key === ASSISTANCE_KEY) return fc.stringMatching(/^(http:\/\/[a-z]{1,20}\/[!-~]{1,20})?$/);
  if (key === NAME_KEY) return fc.stringMatching(/^([a-z][a-z0-9.-]{0,50}:[1-9][0-9]{0,3})?$/);
  if (key >= ZONE_KEY_MIN && key < NAME_KEY)
    return fc.constantFrom("", "36.68012,-117.06534,300", ...POLYGONS);
  if (key > APN_KEY && key < NAME_KEY) return fc.stringMatching(/^(\+[0-9]{3,20})?$/);
  return fc
    .tuple(fc.ipV4(), fc.integer({ min: 1, max: 65535 }))
    .map(([ip, port]) => `${ip}:${port}`);
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
  ["changeSettings", { settings: 1, list: [[1, 2000], [3]] }, "values.list[1]"],
  ["changeSettings", { settings: 1, list: {} }, "values.list"],
  ["changeSettings", { settings: 1, list: null }, "values.list"],
  ["changeSettings", { settings: 1, list: { hold: 2000 } }, "values.list.hold"],
  ["changeSettings", { settings: 1, list: { holdMs: 999 } }, "values.list.holdMs"],
  ["changeSettings", { settings: 1, list: { holdMs: 2000.5 } }, "values.list.holdMs"],
  ["changeSettings", { settings: 1, list: { holdMs: "2000" } }, "values.list.holdMs"],
  ["changeSettings", { settings: 1, list: { contact1: 110 } }, "values.list.contact1"],
  ["changeSettings", { settings: 1, list: { contact1: "110" } }, "values.list.contact1"],
  ["changeSettings", { settings: 1, list: { contact5: "+86 139" } }, "values.list.contact5"],
  [
    "changeSettings",
    { settings: 1, list: { address1: "example.com:5683" } },
    "values.list.address1",
  ],
  ["changeSettings", { settings: 1, list: { address2: "192.0.2.1" } }, "values.list.address2"],
  ["changeSettings", { settings: 1, list: { apn: 'x"' } }, "values.list.apn"],
  ["changeSettings", { settings: 1, list: { apn: { hex: "0" } } }, "values.list.apn"],
  ["changeSettings", { settings: 1, list: { smsAfterS: 61, contactsAfterS: 60 } }, "values.list"],
  ["changeSettings", { settings: 1, list: { lowPercent: 10, lowerPercent: 10 } }, "values.list"],
  ["changeSettings", { settings: 1, list: { dayFromH: 8, dayToH: 8 } }, "values.list"],
  ["changeSettings", { settings: 1, list: [[26, 2]] }, "values.list[0].key"],
  ["changeSettings", { settings: 1, list: [["a", 2]] }, "values.list[0].key"],
  ["changeSettings", { settings: 1, list: [[{ hex: "00" }, 2]] }, "values.list[0].key"],
  ["changeSettings", { settings: 1, list: [[66, "x".repeat(64)]] }, "values.list[0].value"],
  ["changeSettings", { settings: 1, list: [[1, 5001]] }, "values.list[0].value"],
  [
    "changeSettings",
    {
      settings: 1,
      list: [
        [1, 2000],
        ["holdMs", 3000],
      ],
    },
    "values.list[1]",
  ],
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

test("what is wrong with a setting is said by its name, with what it takes", () => {
  const errorOf = (list: AskedValue): string => {
    try {
      commandValues(declarationOf("changeSettings"), { settings: 1, list });
    } catch (error) {
      return (error as OnekeyError).message;
    }
    return "";
  };
  assert.equal(
    [
      errorOf({ holdMs: 900 }),
      errorOf([["reportS", 5]]),
      errorOf([[68, "110"]]),
      errorOf({ address1: "somewhere" }),
      errorOf({ apn: "a b" }),
      errorOf({ platformName: "192.0.2.1" }),
      errorOf({ assistanceUrl: "https://xtra.example/xtra2.bin" }),
      errorOf({ lastPercent: 10, lowerPercent: 10 }),
      errorOf({ contactsAfterS: 30, smsAfterS: 40 }),
    ],
    [
      "values.list.holdMs: holdMs takes a whole number from 1000 to 5000 (ms).",
      "values.list[0].value: reportS takes a whole number from 10 to 600 (s).",
      'values.list[0].value: contact1 takes a phone number, + and 3 to 20 digits, or "".',
      'values.list.address1: address1 takes an address as "192.0.2.1:5683", or "".',
      "values.list.apn: apn takes up to 63 letters, digits, dots and hyphens.",
      'values.list.platformName: platformName takes a host by its name and a port as "pager.example:5683", or "".',
      'values.list.assistanceUrl: assistanceUrl takes up to 64 letters as "http://host/xtra2.bin", or "".',
      "values.list: lastPercent is at least 1 below lowerPercent.",
      "values.list: smsAfterS is at most contactsAfterS.",
    ],
  );
});

const REFUSED: [what: string, asked: object, path: string][] = [
  ["a renewal", { command: "renew", values: { slot: 1 } }, "command"],
  ["a word about an alarm", { command: "taken" }, "command"],
  ["no command", { command: "" }, "command"],
  ["no name", { by: " " }, "by"],
  ["no time", { expiresInS: 0 }, "expiresInS"],
  ["half a second", { expiresInS: 0.5 }, "expiresInS"],
  ["31 days", { expiresInS: 31 * 86400 }, "expiresInS"],
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
