// What a field or a message means: the comment above its declaration, so that it is written once.
// Reads the source of the declarations; every one of them has a comment, or this throws.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Declaration, Field } from "../../protocol/declaration.ts";
import * as fields from "../../protocol/fields.ts";
import * as messages from "../../protocol/messages.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { projectFolder } from "../build/project.ts";

type Meanings = Map<unknown, string>;

/** The comment above each exported constant of a file, as one line without its citations. */
function commentsOf(path: string): Map<string, string> {
  const text = readFileSync(join(projectFolder, path), "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const comments = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const [block] = ts.getJSDocCommentsAndTags(statement);
    const comment = ts.getTextOfJSDocComment(block?.comment) ?? "";
    const line = comment.replace(/\s+/g, " ").replace(/ \[[^\]]*\]/g, "");
    for (const { name } of statement.declarationList.declarations) {
      comments.set(name.getText(file), line);
    }
  }
  return comments;
}

function meaningsOf(path: string, module: object): Meanings {
  const comments = commentsOf(path);
  return new Map(Object.entries(module).map(([name, value]) => [value, comments.get(name) ?? ""]));
}

function meaningIn(meanings: Meanings, declared: { name: string }): string {
  const meaning = meanings.get(declared);
  if (meaning !== undefined && meaning !== "") return meaning;
  throw new OnekeyError(
    "build-failed",
    `${declared.name} has no comment above its declaration: say what it means, for the tables need it.`,
  );
}

const ofFields = meaningsOf("protocol/fields.ts", fields);
const ofMessages = meaningsOf("protocol/messages.ts", messages);

export function meaningOfField(field: Field): string {
  return meaningIn(ofFields, field);
}

export function meaningOfMessage(message: Declaration): string {
  return meaningIn(ofMessages, message);
}
