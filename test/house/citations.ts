// Citations such as `[RFC 8613 §5.2]`, `[R-15]` or `[bg96 trap 3]`: where they stand, and the list
// of those that exist (`rules.md`), each with a sentence.

/** A rule, clause or trap that a line refers to. */
export interface Citation {
  tag: string;
  file: string;
  line: number;
}

const DOCUMENT = /^(RFC \d+|FIPS \d+|wire|pager|design|style)( §[\w.]+)?$/;
const ID = /^([RNLYD]-\d{2}|(bg96|espruino|luatos) trap \d+)$/;
/** One citation or several: commas part them, "to" makes a range, a bare § repeats the document. */
const BRACKETS =
  /\[((?:RFC|FIPS|wire §|pager §|design §|style §|bg96|espruino|luatos|[RNLYD]-\d)[^\][]*)\]/g;

/** Documents whose tags are only whole with a section: `[wire]` would be an array in code. */
function isTag(tag: string): boolean {
  const match = DOCUMENT.exec(tag);
  return ID.test(tag) || (match !== null && (match[2] !== undefined || /^(RFC|FIPS)/.test(tag)));
}

/** The tags in one pair of brackets; what is none is returned as it stands. */
export function tagsOf(text: string): string[] {
  let document = "";
  return text.split(/, | to /).map((part) => {
    const tag = part.startsWith("§") ? `${document} ${part}` : part;
    document = tag.replace(/ §.*$/, "");
    return tag;
  });
}

export function citationsIn(file: string, text: string): Citation[] {
  return text
    .split("\n")
    .flatMap((line, at) =>
      [...line.matchAll(BRACKETS)].flatMap((match) =>
        tagsOf(match[1]).map((tag) => ({ tag, file, line: at + 1 })),
      ),
    );
}

/** Citations whose form nobody could look up. */
export function misspelt(citations: Citation[]): Citation[] {
  return citations.filter((one) => !isTag(one.tag));
}

export interface Rule {
  tag: string;
  sentence: string;
}

/** The lines `- tag: sentence` of the list. */
export function readRules(text: string): Rule[] {
  return [...text.matchAll(/^- ([^:]+): (.+)$/gm)].map((match) => ({
    tag: match[1],
    sentence: match[2],
  }));
}
