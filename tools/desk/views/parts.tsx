// Small parts that several views share: a named fact, a battery, a chip.
import type { ComponentChildren } from "preact";
import { texts } from "../words/texts.ts";
import type { Words } from "../words/words.ts";
import { BatterySign, WarnSign } from "./icons.tsx";
import { T } from "./words-view.tsx";

export function Fact({ t, children }: { t: Words; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt class="soft">
        <T t={t} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Battery(props: { percent?: number; charging?: boolean }) {
  if (props.percent === undefined) return <T t={texts.position.unknown} />;
  return (
    <>
      <span class="figures">
        <BatterySign percent={props.percent} /> {props.percent}%
      </span>{" "}
      {props.charging === true && <T t={texts.alarm.charging} />}
    </>
  );
}

export function Chip({ t, look = "", sign = false }: { t: Words; look?: string; sign?: boolean }) {
  return (
    <span class={`chip ${look}`}>
      {sign && <WarnSign size={14} />} <T t={t} />
    </span>
  );
}
