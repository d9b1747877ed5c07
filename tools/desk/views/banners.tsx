// What the operator must know before trusting the page: no link, no sound, no sign-in.

import { clockText } from "../words/span-text.ts";
import { texts } from "../words/texts.ts";
import { useDesk, useDeskState } from "./desk-context.tsx";
import { MuteSign, WarnSign } from "./icons.tsx";
import { T } from "./words-view.tsx";

export function Banners() {
  const desk = useDesk();
  const { link, downSinceMs, sound } = useDeskState();
  return (
    <div class="banners">
      {link === "down" && (
        <div class="banner grave" role="alert">
          <WarnSign size={24} />
          <p>
            <b>
              <T t={texts.link.downSince(clockText(downSinceMs ?? desk.nowMs(), desk.nowMs()))} />
            </b>
            <br />
            <T t={texts.link.downDo} />
          </p>
        </div>
      )}
      {sound === "blocked" && (
        <div class="banner" role="alert">
          <MuteSign size={24} />
          <p>
            <b>
              <T t={texts.sound.blocked} />
            </b>
          </p>
          <button type="button" class="main" onClick={() => desk.openSound()}>
            <T t={texts.sound.enable} />
          </button>
        </div>
      )}
      {sound === "none" && (
        <div class="banner" role="alert">
          <MuteSign size={24} />
          <p>
            <T t={texts.sound.none} />
          </p>
        </div>
      )}
    </div>
  );
}
