// Puts an image into the Storage of a folder, where each later start of the interpreter finds it.
// Runs none of it.

import type { Engine, EnginePorts } from "../simulator/engine.ts";
import { startInterpreter } from "../simulator/interpreter.ts";
import { OWN_LINE } from "./console-engine.ts";

const STORED = `${OWN_LINE}stored`;

/** What a file holds while it runs is in memory too, and would count. */
const loader = (image: Buffer) =>
  `require("Storage").write("image",E.toUint8Array(atob("${image.toString("base64")}")));print("${STORED}")`;

export async function storeImage(image: Buffer, binary: string, dir: string): Promise<void> {
  let engine: Engine | undefined;
  await new Promise<void>((resolve, reject) => {
    const ports: EnginePorts = {
      onLine: (line) => STORED.endsWith(line) && resolve(),
      onEnd: (reason) => reject(reason),
    };
    startInterpreter({ ...ports, code: loader(image), binary, dir }).then((started) => {
      engine = started;
    }, reject);
  });
  await engine?.kill();
}
