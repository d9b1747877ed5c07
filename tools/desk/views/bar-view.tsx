// The bar on top: which alarms wait, whether the link and the sound are up, language, settings.
import { useState } from "preact/hooks";
import { troublesOf } from "../rules/pager-work.ts";
import { queueOf } from "../rules/queue.ts";
import { texts } from "../words/texts.ts";
import { LANGUAGES } from "../words/words.ts";
import { useDesk, useDeskState } from "./desk-context.tsx";
import { GearSign, MuteSign, SoundSign } from "./icons.tsx";
import { SettingsDialog } from "./settings-dialog.tsx";
import { T, useSay } from "./words-view.tsx";

export function BarView() {
  const state = useDeskState();
  const say = useSay();
  const [settingsOpen, setSettingsOpen] = useState(false);
  return (
    <header class="bar">
      <a class="skip" href="#queue">
        <T t={texts.desk.skip} />
      </a>
      <h1>
        <T t={texts.desk.name} />
      </h1>
      <Tabs />
      <span class={`link ${state.link}`} role="status">
        <i class="dot" />
        <T t={texts.link[state.link]} />
      </span>
      <SoundState />
      <Languages />
      <button
        type="button"
        class="plain"
        aria-label={say(texts.desk.settings)}
        title={say(texts.desk.settings)}
        onClick={() => setSettingsOpen(true)}
      >
        <GearSign size={20} />
        {state.operator !== "" && <span class="operator">{state.operator}</span>}
      </button>
      {settingsOpen && <SettingsDialog end={() => setSettingsOpen(false)} />}
    </header>
  );
}

function Tabs() {
  const desk = useDesk();
  const { view, alarms, pagers } = useDeskState();
  const { untaken, taken } = queueOf(alarms);
  const troubled = pagers.filter((pager) => troublesOf(pager, desk.nowMs()).length > 0).length;
  return (
    <nav class="tabs">
      <button
        type="button"
        class={untaken.length > 0 ? "tab calling" : "tab"}
        aria-pressed={view === "alarm"}
        onClick={() => desk.showAlarms()}
      >
        <T t={texts.desk.alarms} /> <b class="count">{untaken.length + taken.length}</b>
      </button>
      <button
        type="button"
        class="tab"
        aria-pressed={view === "pagers"}
        onClick={() => desk.showPagers()}
      >
        <T t={texts.desk.pagers} /> {troubled > 0 && <b class="count amber">{troubled}</b>}
      </button>
    </nav>
  );
}

function SoundState() {
  const desk = useDesk();
  const say = useSay();
  const { sound } = useDeskState();
  const words = { on: texts.sound.on, blocked: texts.sound.enable, none: texts.sound.off }[sound];
  return (
    <button
      type="button"
      class={`plain sound ${sound}`}
      title={say(sound === "on" ? texts.sound.test : words)}
      aria-label={say(words)}
      disabled={sound === "none"}
      onClick={() => desk.openSound()}
    >
      {sound === "on" ? <SoundSign size={20} /> : <MuteSign size={20} />}
      <T t={words} />
    </button>
  );
}

function Languages() {
  const desk = useDesk();
  const say = useSay();
  const { language } = useDeskState();
  return (
    <fieldset class="languages" aria-label={say(texts.desk.language)}>
      {LANGUAGES.map((one) => (
        <button
          key={one}
          type="button"
          class="plain"
          aria-pressed={language === one}
          onClick={() => desk.keep({ language: one })}
        >
          {texts.languages[one]}
        </button>
      ))}
    </fieldset>
  );
}
