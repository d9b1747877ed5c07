// What a type is made of: words, text, numbers, records, lists, and what nobody can look into.
// A word is a literal of a union. Only asks; what follows from the answers is for word-types.ts.

import ts from "typescript";

const { TypeFlags } = ts;
const TEXT = TypeFlags.Any | TypeFlags.String | TypeFlags.TemplateLiteral | TypeFlags.StringMapping;
const OPAQUE = TypeFlags.Unknown | TypeFlags.NonPrimitive | TypeFlags.Instantiable;

/** A word whose type is not only that word: a member of an enum, or one with a brand. */
export function isOddText(part: ts.Type): boolean {
  if (part.isIntersection()) return part.types.some((one) => one.flags & TypeFlags.StringLike);
  return part.isStringLiteral() && (part.flags & TypeFlags.EnumLiteral) !== 0;
}

export function isText(part: ts.Type): boolean {
  return (part.flags & TEXT) !== 0 || isOddText(part);
}

export function wordsOf(parts: ts.Type[]): string[] {
  return parts.flatMap((part) => {
    const inside = part.isIntersection() ? part.types : [part];
    return inside.flatMap((one) => (one.isStringLiteral() ? [one.value] : []));
  });
}

/** Whether nothing but the language's own library declares it. */
function isOfLibrary(symbol: ts.Symbol | undefined, program: ts.Program): boolean {
  const declarations = symbol?.declarations ?? [];
  const files = declarations.map((one) => one.getSourceFile());
  return files.length > 0 && files.every((file) => program.isSourceFileDefaultLibrary(file));
}

function isReference(type: ts.Type): type is ts.TypeReference {
  const { objectFlags } = type as ts.ObjectType;
  return (type.flags & TypeFlags.Object) !== 0 && (objectFlags & ts.ObjectFlags.Reference) !== 0;
}

/** The same questions where the program must be asked. */
export interface TypeParts {
  /** Members of a union; of a type parameter what it is bound to. */
  partsOf(type: ts.Type): ts.Type[];
  isArray(type: ts.Type): boolean;
  elementOf(type: ts.Type): ts.Type;
  isObject(part: ts.Type): boolean;
  /** Anything may be behind it: `unknown`, `object`, `{}`, a type parameter without a bound. */
  isOpaque(part: ts.Type): boolean;
  /** Of a record or a function: types of all that goes in and out. */
  membersOf(part: ts.Type): ts.Type[];
  /** A type of the library whose members say nothing of what is in it, such as a promise. */
  isClosed(type: ts.Type): boolean;
}

export function createTypeParts(program: ts.Program): TypeParts {
  const checker = program.getTypeChecker();

  function partsOf(type: ts.Type): ts.Type[] {
    if (type.isUnion()) return type.types.flatMap(partsOf);
    if ((type.flags & TypeFlags.Instantiable) === 0 || isText(type)) return [type];
    const bound = checker.getBaseConstraintOfType(type);
    return bound === undefined || (bound.flags & TypeFlags.Instantiable) !== 0
      ? [type]
      : partsOf(bound);
  }

  function isArray(type: ts.Type): boolean {
    return checker.isArrayType(type) || checker.isTupleType(type);
  }

  function elementOf(type: ts.Type): ts.Type {
    return checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? checker.getAnyType();
  }

  function isObject(part: ts.Type): boolean {
    return (part.flags & (TypeFlags.Object | TypeFlags.Intersection)) !== 0;
  }

  function isOpaque(part: ts.Type): boolean {
    if ((part.flags & OPAQUE) !== 0) return !isText(part);
    const bare = isObject(part) && !isArray(part) && part.getProperties().length === 0;
    if (!bare || part.getCallSignatures().length > 0) return false;
    return checker.getIndexInfosOfType(part).length === 0;
  }

  function membersOf(part: ts.Type): ts.Type[] {
    const own = part.getProperties().filter((one) => !isOfLibrary(one, program));
    const isMade = isOfLibrary(part.symbol, program) && isReference(part);
    const given = isMade ? checker.getTypeArguments(part) : [];
    return [
      ...given,
      ...own.map((one) => checker.getTypeOfSymbol(one)),
      ...checker.getIndexInfosOfType(part).map((one) => one.type),
      ...part
        .getCallSignatures()
        .flatMap((one) => [
          one.getReturnType(),
          ...one.getParameters().map((parameter) => checker.getTypeOfSymbol(parameter)),
        ]),
    ];
  }

  function isClosed(type: ts.Type): boolean {
    if (isArray(type) || !isReference(type) || !isOfLibrary(type.symbol, program)) return false;
    return checker.getTypeArguments(type).length > 0;
  }

  return { partsOf, isArray, elementOf, isObject, isOpaque, membersOf, isClosed };
}
