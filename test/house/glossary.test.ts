// Names use the words of the glossary: the house has no offence, and planted ones are caught.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { projectFolder } from "../../tools/build/project.ts";
import { allowedWords, glossaryOffences, refusedWords, wordsOf } from "./glossary.ts";
import { listFiles, showOffence } from "./program.ts";

const FOLDERS = ["protocol", "firmware", "sdk", "tools", "test"];

function read(path: string): string {
  return readFileSync(join(projectFolder, path), "utf8");
}

const files = listFiles(FOLDERS, [".ts", ".tsx"]).filter((path) => !path.endsWith(".d.ts"));

test("no name in the house uses a refused word", () => {
  const offences = files.flatMap((path) => glossaryOffences(path, read(path)));
  assert.is(offences.map(showOffence).join("\n"), "");
});

for (const { word, where } of allowedWords) {
  test(`"${word}" is still needed in ${where}`, () => {
    const texts = files.filter((path) => path.startsWith(where)).map(read);
    assert.ok(texts.some((text) => new RegExp(word, "i").test(text)));
  });
}

test("a name is cut into words", () => {
  assert.equal(wordsOf("alarmIds"), ["alarm", "id"]);
  assert.equal(wordsOf("HTTPServer"), ["http", "server"]);
  assert.equal(wordsOf("BATTERY_MV"), ["battery", "mv"]);
  assert.equal(wordsOf("sdk/push-button.ts"), ["sdk", "push", "button", "t"]);
});

test("every refused word is caught wherever a name is chosen", () => {
  for (const word of refusedWords.keys()) {
    const name = word[0].toUpperCase() + word.slice(1);
    for (const text of [
      `const my${name} = 1;`,
      `function get${name}Row() {}`,
      `interface ${name} { a: 1 }`,
      `interface A { my${name}: 1 }`,
      `function f(the${name}: number) {}`,
      `class A { ${word} = 1; }`,
    ]) {
      assert.ok(glossaryOffences("protocol/a.ts", text).length > 0, text);
    }
    assert.ok(glossaryOffences(`protocol/${word}.ts`, "").length > 0, `${word}.ts`);
  }
});

test("fields of foreign records and our own words pass", () => {
  const text = "const answer = { user: 1, config: 2 }; const takenAlarm = answer.user;";
  assert.equal(glossaryOffences("protocol/a.ts", text), []);
});

test.run();
