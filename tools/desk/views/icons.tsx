// The few signs of the desk as inline SVG. Each stands beside words, never instead of them.
import { EMPTY_PERCENT, LOW_PERCENT } from "../rules/pager-work.ts";

interface SignProps {
  size?: number;
}

function Sign({ d, size = 18 }: SignProps & { d: string }) {
  return (
    <svg class="sign" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

export const PinSign = (props: SignProps) => (
  <Sign
    {...props}
    d="M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"
  />
);

export const PhoneSign = (props: SignProps) => (
  <Sign
    {...props}
    d="M6 3h4l1.5 5L9 9.5a12 12 0 0 0 5.5 5.5L16 12.5l5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z"
  />
);

export const WarnSign = (props: SignProps) => (
  <Sign {...props} d="M12 4 2.5 20h19zM12 10v4.5M12 17v.5" />
);

export const SoundSign = (props: SignProps) => (
  <Sign {...props} d="M4 9.5v5h4l5 4v-13l-5 4zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11" />
);

export const MuteSign = (props: SignProps) => (
  <Sign {...props} d="M4 9.5v5h4l5 4v-13l-5 4zM17 9.5l5 5M22 9.5l-5 5" />
);

export const GearSign = (props: SignProps) => (
  <Sign {...props} d="M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5" />
);

/** A battery drawn as full as it is. */
export function BatterySign({ percent }: { percent: number }) {
  const wide = Math.round((Math.max(0, Math.min(100, percent)) * 18) / 100);
  const level = percent <= EMPTY_PERCENT ? "flat" : percent <= LOW_PERCENT ? "low" : "fine";
  return (
    <svg class={`battery ${level}`} width="28" height="14" viewBox="0 0 28 14" aria-hidden="true">
      <rect class="case" x="1" y="1" width="22" height="12" rx="2" />
      <rect class="case" x="24" y="4.5" width="2" height="5" rx="1" />
      <rect class="charge" x="3" y="3" width={wide} height="8" />
    </svg>
  );
}

/** Four bars for a signal in dBm, from -110 (weak) up to -80 (strong). */
export function SignalSign({ dbm }: { dbm: number }) {
  const bars = dbm >= -80 ? 4 : dbm >= -95 ? 3 : dbm >= -105 ? 2 : dbm >= -115 ? 1 : 0;
  return (
    <svg class="signal" width="22" height="14" viewBox="0 0 22 14" aria-hidden="true">
      {[0, 1, 2, 3].map((i) => (
        <rect
          key={i}
          class={i < bars ? "lit" : "unlit"}
          x={1 + i * 5}
          y={10 - i * 3}
          width="3.5"
          height={4 + i * 3}
        />
      ))}
    </svg>
  );
}
