// Words on the page: Chinese first, English beside it, as the operator chose.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Language, say, type Words } from "../words/words.ts";

export const LanguageContext = createContext<Language>("both");

/** The text as markup; each language is marked as such for voices and fonts. */
export function T({ t }: { t: Words }) {
  const language = useContext(LanguageContext);
  if (t.zh === t.en) return <span>{t.zh}</span>;
  if (language === "zh") return <span lang="zh-CN">{t.zh}</span>;
  if (language === "en") return <span lang="en">{t.en}</span>;
  return (
    <span class="words">
      <span lang="zh-CN">{t.zh}</span>{" "}
      <span lang="en" class="en">
        {t.en}
      </span>
    </span>
  );
}

/** The text as one line, for titles and labels. */
export function useSay(): (words: Words) => string {
  const language = useContext(LanguageContext);
  return (words) => say(words, language);
}
