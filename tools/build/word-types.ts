// Which words a type can hold, and which of them must stay text because a value of that type is
// taken for text. A word is a literal of a union. Knows types only; flows are found by word-flows.ts.

import ts from "typescript";
import { createTypeParts, isOddText, isText, wordsOf } from "./type-parts.ts";

const { TypeFlags } = ts;

/** Where something happens to a value, and what. */
export interface Flow {
  node: ts.Node;
  why: string;
}

export interface WordTypes {
  /** By word that must stay text: the first flow that forces it. */
  kept: Map<string, Flow>;
  /** The value is looked at as text: its own words stay, those inside of it do not. */
  show(type: ts.Type, flow: Flow): void;
  /** The value leaves for where nobody knows what is done with it, or comes from there. */
  leak(type: ts.Type, flow: Flow): void;
  /** A value of one type goes to where another type is declared. */
  move(from: ts.Type, to: ts.Type, flow: Flow): void;
  /** Two values are compared. */
  compare(one: ts.Type, other: ts.Type, flow: Flow): void;
  /** Whether a value of the type can be any text, or anything at all. */
  isVague(type: ts.Type): boolean;
  /** Whether it can be any text. */
  holdsText(type: ts.Type): boolean;
  /** Call it behind the last flow: follows what went through `unknown` and other detours. */
  settle(): void;
}

export function createWordTypes(program: ts.Program): WordTypes {
  const checker = program.getTypeChecker();
  const { partsOf, isArray, elementOf, isObject, isOpaque, membersOf, isClosed } =
    createTypeParts(program);
  const kept = new Map<string, Flow>();
  /** Words that stay when the word stays under which they stand here. */
  const companions = new Map<string, Map<string, Flow>>();
  const leaked = new Set<ts.Type>();
  const moved = new Map<ts.Type, Set<ts.Type>>();
  /** Types of values that went to where `unknown` is declared, and types that they came out as. */
  const hidden = new Map<ts.Type, Flow>();
  const unhidden = new Map<ts.Type, Flow>();
  let hiddenShown: Flow | undefined;
  let hiddenLeaked: Flow | undefined;

  function keep(words: string[], flow: Flow): void {
    for (const word of words) if (!kept.has(word)) kept.set(word, flow);
  }

  /** As numbers, words could be taken for the numbers beside them. */
  function keepMixed(parts: ts.Type[], flow: Flow): void {
    const numbers = parts.some(
      (part) => part.flags & (TypeFlags.NumberLike | TypeFlags.BigIntLike),
    );
    if (numbers) keep(wordsOf(parts), { ...flow, why: "its type holds numbers too" });
    keep(wordsOf(parts.filter(isOddText)), { ...flow, why: "its type is an enum or has a brand" });
  }

  function show(type: ts.Type, flow: Flow): void {
    const parts = partsOf(type);
    keep(wordsOf(parts), flow);
    if (parts.some(isOpaque)) hiddenShown ??= flow;
  }

  function leak(type: ts.Type, flow: Flow): void {
    for (const part of partsOf(type)) {
      if (leaked.has(part)) continue;
      leaked.add(part);
      keep(wordsOf([part]), flow);
      if (isOpaque(part)) hiddenLeaked ??= flow;
      else if (isArray(part)) leak(elementOf(part), flow);
      else if (isObject(part)) for (const member of membersOf(part)) leak(member, flow);
    }
  }

  function moveWords(given: ts.Type[], taken: ts.Type[], flow: Flow): void {
    const words = wordsOf(given);
    const known = wordsOf(taken);
    if (taken.some(isText)) keep(words, flow);
    if (given.some(isText)) keep(known, { ...flow, why: "text of any kind comes in for it" });
    if (taken.some(isOpaque)) return;
    const others = words.filter((word) => !known.includes(word));
    if (known.length === 0) keep(others, { ...flow, why: "its type is forgotten" });
    for (const word of known) {
      const beside = companions.get(word) ?? new Map<string, Flow>();
      for (const other of others) beside.set(other, flow);
      companions.set(word, beside);
    }
  }

  function hasRest(signature: ts.Signature): boolean {
    const parameters = signature.getDeclaration()?.parameters ?? [];
    return parameters.some((one) => one.dotDotDotToken !== undefined);
  }

  function moveSignature(from: ts.Signature, to: ts.Signature, flow: Flow): void {
    if (hasRest(from) || hasRest(to)) {
      for (const one of [...from.getParameters(), ...to.getParameters()]) {
        leak(checker.getTypeOfSymbol(one), { ...flow, why: "it is one of any number" });
      }
    }
    move(from.getReturnType(), to.getReturnType(), flow);
    const takes = from.getParameters();
    to.getParameters().forEach((parameter, at) => {
      const given = checker.getTypeOfSymbol(parameter);
      if (at < takes.length) move(given, checker.getTypeOfSymbol(takes[at]), flow);
    });
  }

  /** What can be changed through the other type too, so that it moves in both directions. */
  function moveMember(from: ts.Type, to: ts.Type, flow: Flow): void {
    move(from, to, flow);
    if (partsOf(to).some(isOpaque)) unhidden.set(from, flow);
  }

  function moveProperties(from: ts.Type, to: ts.Type, flow: Flow): void {
    const index = checker.getIndexTypeOfType(from, ts.IndexKind.String);
    for (const property of to.getProperties()) {
      const own = checker.getPropertyOfType(from, property.name);
      const type = own === undefined ? index : checker.getTypeOfSymbol(own);
      if (type !== undefined) moveMember(type, checker.getTypeOfSymbol(property), flow);
    }
    // A record that is no such list was cast to it by way of the unknown, and is none.
    const related = checker.isTypeAssignableTo(from, to) || checker.isTypeAssignableTo(to, from);
    for (const info of related ? checker.getIndexInfosOfType(to) : []) {
      const named = (info.keyType.flags & TypeFlags.String) !== 0;
      const own = named ? from.getProperties().map((one) => checker.getTypeOfSymbol(one)) : [];
      const listed = checker.getIndexInfosOfType(from).map((one) => one.type);
      for (const type of [...own, ...listed]) moveMember(type, info.type, flow);
    }
  }

  function moveObject(from: ts.Type, to: ts.Type, flow: Flow): void {
    if (from === to) return;
    if (isArray(from) && isArray(to)) {
      moveMember(elementOf(from), elementOf(to), flow);
      return;
    }
    if (isClosed(from) || isClosed(to)) {
      leak(from, flow);
      leak(to, flow);
    }
    moveProperties(from, to, flow);
    for (const signature of to.getCallSignatures()) {
      for (const own of from.getCallSignatures()) moveSignature(own, signature, flow);
    }
  }

  function moveObjects(given: ts.Type[], taken: ts.Type[], flow: Flow): void {
    const takers = taken.filter(isObject);
    for (const from of given.filter(isObject)) {
      const fit = takers.filter((to) => checker.isTypeAssignableTo(from, to));
      for (const to of fit.length > 0 ? fit : takers) moveObject(from, to, flow);
    }
  }

  function move(from: ts.Type, to: ts.Type, flow: Flow): void {
    const done = moved.get(from) ?? new Set();
    if (from === to || done.has(to)) return;
    moved.set(from, done.add(to));
    const given = partsOf(from);
    const taken = partsOf(to);
    keepMixed(given, flow);
    keepMixed(taken, flow);
    moveWords(given, taken, flow);
    if (taken.some((part) => part.flags & TypeFlags.Any)) leak(from, flow);
    if (given.some((part) => part.flags & TypeFlags.Any)) leak(to, flow);
    const clear = given.filter((part) => !isOpaque(part));
    if (taken.some(isOpaque)) for (const part of clear) hidden.set(part, flow);
    if (clear.length < given.length) unhidden.set(to, flow);
    moveObjects(given, taken, flow);
  }

  function compareWords(words: ts.Type[], others: ts.Type[], flow: Flow): void {
    const strange = others.some((part) => isText(part) || isOpaque(part));
    if (strange) keep(wordsOf(words), flow);
  }

  function compare(one: ts.Type, other: ts.Type, flow: Flow): void {
    keepMixed([...partsOf(one), ...partsOf(other)], flow);
    compareWords(partsOf(one), partsOf(other), flow);
    compareWords(partsOf(other), partsOf(one), flow);
  }

  function isVague(type: ts.Type): boolean {
    return partsOf(type).some((part) => isText(part) || isOpaque(part));
  }

  function holdsText(type: ts.Type): boolean {
    return partsOf(type).some(isText);
  }

  function settleHidden(): void {
    for (let count = -1; count !== hidden.size + unhidden.size; ) {
      count = hidden.size + unhidden.size;
      for (const [from, flow] of [...hidden]) {
        for (const to of [...unhidden.keys()]) {
          // A word never comes out as a record: nobody knows which went in, but each knows its own.
          const takesWords = wordsOf(partsOf(to)).length > 0 || isVague(to);
          if (takesWords || !from.isStringLiteral()) move(from, to, flow);
        }
        if (hiddenShown !== undefined) show(from, hiddenShown);
        if (hiddenLeaked !== undefined) leak(from, hiddenLeaked);
      }
    }
  }

  function settle(): void {
    settleHidden();
    // The map grows while it is gone through, and what is new is gone through too.
    for (const word of kept.keys()) {
      for (const [other, flow] of companions.get(word) ?? []) {
        keep([other], { ...flow, why: `it may stand where "${word}" is read, which stays` });
      }
    }
  }

  return { kept, show, leak, move, compare, isVague, holdsText, settle };
}
