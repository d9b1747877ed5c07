// The virtual pager of the demo: its key, light, vibration and words. Shown only beside a demo.
import { useEffect, useState } from "preact/hooks";
import type { RadioState } from "../../../firmware/core/input.ts";
import { useDesk } from "../views/desk-context.tsx";
import { useStore } from "../views/use-store.ts";
import { T, useSay } from "../views/words-view.tsx";
import { clockText } from "../words/span-text.ts";
import { texts } from "../words/texts.ts";
import type { CueLine } from "./cue-player.ts";
import { type DemoLine, openDemo, type PlayedPager } from "./demo-line.ts";
import { PagerKey } from "./panel-key.tsx";
import { useBeeps } from "./use-beeps.ts";
import { useCue } from "./use-cue.ts";

const p = texts.panel;

export function PanelView() {
  const [line, setLine] = useState<DemoLine>();
  const [isOpen, setIsOpen] = useState(true);
  useEffect(() => {
    void openDemo().then(setLine);
  }, []);
  if (line === undefined) return null;
  if (!isOpen) {
    return (
      <button type="button" class="panel-show" onClick={() => setIsOpen(true)}>
        <T t={p.title} />
      </button>
    );
  }
  return <Panel line={line} hide={() => setIsOpen(false)} />;
}

function Panel({ line, hide }: { line: DemoLine; hide: () => void }) {
  const say = useSay();
  const { pagers, failed } = useStore(line.state);
  const [chosen, setChosen] = useState(pagers[0]?.id);
  const pager = pagers.find((one) => one.id === chosen);
  return (
    <aside class="panel" aria-label={say(p.title)}>
      <header class="panel-head">
        <h2>
          <T t={p.title} />
        </h2>
        <button
          type="button"
          class="plain"
          aria-label={say(p.hide)}
          title={say(p.hide)}
          onClick={hide}
        >
          ×
        </button>
      </header>
      {pagers.length > 1 && (
        <select
          aria-label={say(p.title)}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {pagers.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name} {one.id}
            </option>
          ))}
        </select>
      )}
      {pager !== undefined && <Pager key={pager.id} pager={pager} line={line} />}
      {failed && (
        <p class="fault" role="alert">
          <T t={p.failed} />
        </p>
      )}
    </aside>
  );
}

function Pager({ pager, line }: { pager: PlayedPager; line: DemoLine }) {
  const { speaker } = useDesk();
  const moment = useCue(pager);
  const radio = Object.hasOwn(texts.radios, pager.radio ?? "")
    ? texts.radios[pager.radio as RadioState]
    : undefined;
  const [beeps, setBeeps] = useState(false);
  useBeeps(speaker, beeps && moment.sounding);
  return (
    <>
      <p class="panel-who">
        {pager.name} <span class="figures soft">{pager.id}</span>
        {radio !== undefined && (
          <small class="panel-radio soft">
            <T t={radio} />
          </small>
        )}
      </p>
      <PagerKey pager={pager} moment={moment} press={(down) => void line.key(pager.id, down)} />
      <div class={`cue-words ${moment.light}`} role="status">
        <small class="soft">
          <T t={p.feels} />
        </small>
        <b>
          <T t={pager.cue ?? p.quiet} />
        </b>
      </div>
      <ul class="cue-signs">
        <li class={`lamp-word ${moment.light}`}>
          <i class="dot" /> <T t={texts.lights[moment.light]} />
        </li>
        <li class={moment.vibrating ? "on" : ""}>
          <i class="dot" /> <T t={p.vibration} />
        </li>
        <li class={moment.sounding ? "on" : ""}>
          <i class="dot" /> <T t={p.beep} />
        </li>
      </ul>
      <label class="beeps">
        <input
          type="checkbox"
          checked={beeps}
          onChange={(event) => setBeeps(event.currentTarget.checked)}
        />
        <T t={p.beepOn} />
      </label>
      <CueLog log={pager.log} />
    </>
  );
}

function CueLog({ log }: { log: CueLine[] }) {
  const nowMs = Date.now();
  return (
    <section class="cue-log">
      <h3 class="soft">
        <T t={p.log} />
      </h3>
      <ol>
        {log.map((line) => (
          <li key={`${line.name}-${line.firstMs}`}>
            <time class="figures soft">{clockText(line.atMs, nowMs)}</time> <T t={line} />
            {line.times > 1 && <span class="figures soft"> ×{line.times}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
