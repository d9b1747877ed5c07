// Lists of statements by what becomes of their returns: whether they can be branches instead.
// Only looks; inline-calls.ts writes.

import ts from "typescript";

/** Whether a node inside passes the test; functions inside of it are looked into only if asked. */
export function has(node: ts.Node, test: (node: ts.Node) => boolean, deep = false): boolean {
  if (test(node)) return true;
  const inside = (child: ts.Node) => (deep || !ts.isFunctionLike(child)) && has(child, test, deep);
  return ts.forEachChild(node, (child) => inside(child) || undefined) ?? false;
}

export function hasReturn(node: ts.Node): boolean {
  return has(node, ts.isReturnStatement);
}

export function listOf(statement: ts.Statement | undefined): readonly ts.Statement[] {
  if (statement === undefined) return [];
  return ts.isBlock(statement) ? statement.statements : [statement];
}

/** Whether the list never comes to its end. */
export function exits(list: readonly ts.Statement[]): boolean {
  const last = list.at(-1);
  if (last === undefined) return false;
  if (ts.isReturnStatement(last) || ts.isThrowStatement(last)) return true;
  if (ts.isBlock(last)) return exits(last.statements);
  if (!ts.isIfStatement(last) || last.elseStatement === undefined) return false;
  return exits(listOf(last.thenStatement)) && exits(listOf(last.elseStatement));
}

/** A branch with what comes behind it drawn into the arm that goes on. */
export function armsOf(
  branch: ts.IfStatement,
  rest: readonly ts.Statement[],
): { yes: readonly ts.Statement[]; no: readonly ts.Statement[] } {
  const yes = listOf(branch.thenStatement);
  const no = listOf(branch.elseStatement);
  return exits(yes) ? { yes, no: [...no, ...rest] } : { yes: [...yes, ...rest], no };
}

/** Whether all its returns can be branches: none of them leaves a loop, a switch or half an arm. */
export function isStructured(list: readonly ts.Statement[]): boolean {
  const at = list.findIndex(hasReturn);
  const statement = list[at];
  if (statement === undefined || ts.isReturnStatement(statement)) return true;
  const rest = list.slice(at + 1);
  if (ts.isBlock(statement)) return isStructured([...statement.statements, ...rest]);
  if (!ts.isIfStatement(statement)) return false;
  if (!exits(listOf(statement.thenStatement)) && !exits(listOf(statement.elseStatement)))
    return false;
  const { yes, no } = armsOf(statement, rest);
  return isStructured(yes) && isStructured(no);
}
