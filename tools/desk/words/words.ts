// A text in the two languages of the desk, and which of them the operator sees. Pure.

export interface Words {
  zh: string;
  en: string;
}

export type Language = "both" | "zh" | "en";

export const LANGUAGES: Language[] = ["both", "zh", "en"];

/** One line for places that hold no markup (titles, labels): Chinese first, English beside it. */
export function say(words: Words, language: Language): string {
  if (language === "zh") return words.zh;
  if (language === "en") return words.en;
  return words.zh === words.en ? words.zh : `${words.zh} ${words.en}`;
}

/** The same text in both languages: names, figures, ids. */
export function same(text: string): Words {
  return { zh: text, en: text };
}

/** Several texts as one, with `between` in both languages. */
export function join(list: Words[], between: string): Words {
  return {
    zh: list.map((words) => words.zh).join(between),
    en: list.map((words) => words.en).join(between),
  };
}

/** A text of both languages, Chinese first. */
export function w(zh: string, en: string): Words {
  return { zh, en };
}
