// Places in a page that generated text fills: between `<!-- name -->` and `<!-- /name -->`.
// All else in the page is somebody's prose and stays as it is.

/** The section that new places go to; its heading may have a number before. */
const SECTION = /^## .*Tables$/m;

const opening = (name: string): string => `<!-- ${name} -->\n`;
const closing = (name: string): string => `\n<!-- /${name} -->`;

/** What stands in the place, or undefined where the page has no such place. */
export function textIn(page: string, name: string): string | undefined {
  const at = page.indexOf(opening(name));
  const from = at + opening(name).length;
  const to = page.indexOf(closing(name), from - 1);
  return at < 0 || to < 0 ? undefined : page.slice(from, Math.max(from, to));
}

/** The page with a new place at the end of the section of tables, which is made where it is missing. */
function withPlace(page: string, name: string): string {
  const section = SECTION.exec(page);
  if (section === null) return withPlace(`${page.trimEnd()}\n\n## Tables\n`, name);
  const next = page.indexOf("\n## ", section.index + 1);
  const at = next < 0 ? page.length : next;
  const place = `\n\n${opening(name)}${closing(name)}\n`;
  return `${page.slice(0, at).trimEnd()}${place}${page.slice(at)}`;
}

/** The page with `made` in the place of this name; a place that is missing is made at the end. */
export function fillPlace(page: string, name: string, made: string): string {
  const there = textIn(page, name) === undefined ? withPlace(page, name) : page;
  const from = there.indexOf(opening(name)) + opening(name).length;
  const to = there.indexOf(closing(name), from - 1);
  return `${there.slice(0, from)}${made}${there.slice(to)}`;
}
