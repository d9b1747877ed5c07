// The virtual pager as a drawing: press and hold its key by mouse, touch or space bar.
import { useEffect, useState } from "preact/hooks";
import { T, useSay } from "../views/words-view.tsx";
import { texts } from "../words/texts.ts";
import type { CueMoment } from "./cue-player.ts";
import type { PlayedPager } from "./demo-line.ts";

interface KeyProps {
  pager: PlayedPager;
  moment: CueMoment;
  press: (down: boolean) => void;
}

const RING = 2 * Math.PI * 62;

export function PagerKey({ pager, moment, press }: KeyProps) {
  const say = useSay();
  const { isDown, isHeld, handlers } = useHold(pager.holdMs, press);
  const seconds = String(pager.holdMs / 1000);
  const hint = isHeld
    ? texts.panel.held
    : isDown
      ? texts.panel.holding
      : texts.panel.holdFor(seconds);
  const look = `pager ${moment.vibrating ? "shaking" : ""} ${isDown ? "down" : ""}`;
  return (
    <div class="pager-box">
      <button
        type="button"
        class={look}
        aria-label={`${say(texts.panel.key)}: ${say(texts.panel.holdFor(seconds))}`}
        {...handlers}
      >
        <svg viewBox="0 0 200 260" aria-hidden="true">
          <path class="strap" d="M84 20a16 16 0 0 1 32 0" />
          <rect class="body" x="14" y="18" width="172" height="228" rx="46" />
          <circle class={`lamp ${moment.light}`} cx="100" cy="50" r="11" />
          <circle class="groove" cx="100" cy="148" r="62" />
          <circle
            class={`progress ${isHeld ? "full" : isDown ? "running" : ""}`}
            cx="100"
            cy="148"
            r="62"
            stroke-dasharray={RING}
            stroke-dashoffset={isHeld ? 0 : RING}
            style={{ "--ring": `${RING}`, animationDuration: `${pager.holdMs}ms` }}
          />
          <circle class="key" cx="100" cy="148" r={isDown ? 49 : 52} />
          <text class="key-word" x="100" y="158">
            SOS
          </text>
        </svg>
        <Waves shown={moment.vibrating} />
      </button>
      <p class={`pager-hint ${isHeld ? "held" : ""}`}>
        <T t={hint} />
      </p>
      <p class="soft pager-more">
        <T t={texts.panel.clickHint} /> · <T t={texts.panel.keyboard} />
      </p>
    </div>
  );
}

/** Vibration drawn beside the pager: seen without the shaking too. */
function Waves({ shown }: { shown: boolean }) {
  return (
    <svg class={shown ? "waves on" : "waves"} viewBox="0 0 260 60" aria-hidden="true">
      <path d="M14 10q-10 20 0 40M4 4q-14 26 0 52M246 10q10 20 0 40M256 4q14 26 0 52" />
    </svg>
  );
}

/** One press from down to up, whichever way the finger, the focus or the page goes. */
function useHold(holdMs: number, press: (down: boolean) => void) {
  const [isDown, setIsDown] = useState(false);
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (!isDown) return;
    const timer = setTimeout(() => setIsHeld(true), holdMs);
    return () => clearTimeout(timer);
  }, [isDown, holdMs]);
  const down = () => {
    if (isDown) return;
    setIsDown(true);
    press(true);
  };
  const up = () => {
    if (!isDown) return;
    setIsDown(false);
    setIsHeld(false);
    press(false);
  };
  const onKey = (act: () => void) => (event: KeyboardEvent) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    act();
  };
  const handlers = {
    onPointerDown(event: PointerEvent & { currentTarget: HTMLElement }) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      down();
    },
    onPointerUp: up,
    onPointerCancel: up,
    onLostPointerCapture: up,
    onBlur: up,
    onKeyDown: onKey(down),
    onKeyUp: onKey(up),
    // A long touch is a hold here, not a menu.
    onContextMenu: (event: Event) => event.preventDefault(),
  };
  return { isDown, isHeld, handlers };
}
