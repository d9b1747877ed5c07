// Octets by Espruino's own means: the same lines as by the loops of the wire, on the host and on the
// real interpreter.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { nodeMachine } from "../../sdk/machine.ts";
import { bundleEspruino } from "../../tools/build/espruino.ts";
import { runOnHost, runOnInterpreter } from "../engines/run-espruino.ts";
import { need, ran } from "../need.ts";
import { sayOctets } from "./bundle/octets-lines.ts";

test("copies, hex and text by native means say what the loops of the wire say", async () => {
  const lines: string[] = [];
  sayOctets(nodeMachine, (line) => lines.push(line));
  const { minified, plain, sha256 } = await bundleEspruino("test/espruino/bundle/octets-entry.ts");
  assert.match(plain, /\.subarray\(/, "the native means are in the bundle");
  assert.equal(runOnHost(minified).lines, lines);
  const espruino = need("espruino");
  if (espruino === undefined) return;
  const run = await runOnInterpreter(espruino, minified);
  assert.equal(run.lines, lines);
  ran({ engine: "espruino", version: run.version, bundle: sha256, tests: 1 });
});

test.run();
