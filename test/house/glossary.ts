// Words that the glossary refuses in names, each with the term to use instead.
// What standards, platforms and libraries force on us is let through, each with its reason.

import ts from "typescript";
import { lineOf, type Offence, walk } from "./program.ts";

/** The term of the glossary, and the words, in singular, that must not stand for it. */
const TERMS: Record<string, string> = {
  pager: "device tracker pendant",
  "person or wearer": "user elder patient",
  key: "button",
  press: "tap",
  alarm: "alert incident emergency",
  raise: "trigger fire",
  deliver: "confirm",
  take: "claim acknowledge",
  answer: "acknowledgement",
  close: "dismiss",
  cancel: "abort undo",
  cue: "feedback indication notification",
  "check-in": "ping",
  beat: "heartbeat keepalive",
  silent: "offline dead",
  position: "location coordinate",
  uncertainty: "accuracy precision",
  track: "trip",
  zone: "geofence",
  "self-test": "diagnostic",
  setting: "config",
  gateway: "backend",
  desk: "dashboard",
  operator: "dispatcher attendant",
  priority: "urgency severity",
  contact: "keyholder guardian",
  responder: "rescuer",
  visit: "patrol",
  "visiting body": "visitor",
  "entrusted service": "delegation",
  survey: "census",
  intake: "ticket",
  provider: "vendor merchant supplier",
  "care worker": "staff employee",
  "work-hour voucher": "coupon",
  "service sheet": "receipt",
  "follow-up call": "revisit",
  satisfaction: "rating",
  settlement: "billing payment",
  supervisor: "admin manager",
  technician: "installer",
  "supervision notice": "reminder",
};

/** By refused word: what to write. */
export const refusedWords = new Map(
  Object.entries(TERMS).flatMap(([term, words]) => words.split(" ").map((word) => [word, term])),
);

/** A word that a file (or all files below a folder) may use, and who forces it. */
export const allowedWords: { word: string; where: string; reason: string }[] = [
  { word: "trip", where: "protocol/fields.ts", reason: "a round trip, as networks call it" },
  { word: "trip", where: "firmware/core/outbox.ts", reason: "the wire's field of a round trip" },
  { word: "trip", where: "test/firmware/self-test.test.ts", reason: "the wire's field of it" },
  { word: "location", where: "protocol/coap.ts", reason: "names of CoAP options" },
  { word: "location", where: "test/house/lint.test.ts", reason: "Biome's own field" },
  { word: "user", where: "tools/simulator/modem-radio.ts", reason: "a field of the AT command" },
  { word: "config", where: "tools/desk/vite.config.ts", reason: "Vite's own word" },
  { word: "diagnostic", where: "tools/build/lua.ts", reason: "TypeScript's own word" },
  { word: "coordinate", where: "tools/desk/words/", reason: "the two numbers as shown to people" },
  { word: "receipt", where: "sdk/", reason: "the store's word that an entry is on disk" },
  { word: "receipt", where: "test/sdk/", reason: "the same, tested" },
  { word: "undo", where: "sdk/", reason: "taking back what a failed start did" },
  { word: "undo", where: "test/sdk/", reason: "taking back what a test put on disk" },
];

/** The words of a name in lower case and singular: `alarmIds` is alarm and id. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase())
    .map((word) => (refusedWords.has(word) ? word : word.replace(/s$/, "")))
    .filter((word) => word !== "");
}

/** Names that are chosen here: declarations, not fields of records that others may have shaped. */
function declaredName(node: ts.Node): string | undefined {
  const declares =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isMethodDeclaration(node);
  const named = declares && node.name !== undefined && ts.isIdentifier(node.name);
  return named ? node.name.text : undefined;
}

function refusedIn(name: string, path: string): string[] {
  return wordsOf(name).filter(
    (word) =>
      refusedWords.has(word) &&
      !allowedWords.some((one) => one.word === word && path.startsWith(one.where)),
  );
}

function offence(path: string, line: number, word: string): Offence {
  const instead = `"${word}" is not our word: say ${refusedWords.get(word)}`;
  return { file: path, line, rule: "glossary", instead };
}

export function glossaryOffences(path: string, text: string): Offence[] {
  const kind = path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, kind);
  const found = refusedIn(path, path).map((word) => offence(path, 1, word));
  walk(file, (node) => {
    const name = declaredName(node);
    if (name === undefined) return;
    found.push(...refusedIn(name, path).map((word) => offence(path, lineOf(node), word)));
  });
  return found;
}
