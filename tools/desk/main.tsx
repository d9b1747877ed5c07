// Puts the desk together in the browser: API, live line, speaker, page. Holds no rule of its own.
import { render } from "preact";
import { makeDesk } from "./desk.ts";
import { parseTiles } from "./kept.ts";
import { openApi } from "./link/api.ts";
import { openLive } from "./link/live.ts";
import { makeSpeaker } from "./sound/speaker.ts";
import { App } from "./views/app.tsx";
import { DeskContext } from "./views/desk-context.tsx";
import "./style.css";

/** Read anew this often although nothing was heard: it finds a line that died without a word. */
const REFRESH_MS = 15_000;

const desk = makeDesk({
  api: openApi((input, init) => fetch(input, init)),
  speaker: makeSpeaker(),
  storage: localStorage,
  clock: () => Date.now(),
});

/** The platform's own settings of the page, where it has any. */
async function readGiven(): Promise<void> {
  const response = await fetch("/desk/settings.json", { cache: "no-store" });
  if (!response.ok || !(response.headers.get("content-type") ?? "").includes("json")) return;
  desk.state.set({ givenTiles: parseTiles(await response.json()) });
}

openLive({
  path: "/api/events",
  onEvent: () => desk.reader.refresh(),
  onUp: () => desk.reader.linkUp(),
  onDown: () => {
    desk.reader.linkDown();
    desk.reader.refresh(); // It may be the sign-in that has ended: the API says so.
  },
});
setInterval(() => desk.reader.refresh(), REFRESH_MS);
window.addEventListener("offline", () => desk.reader.linkDown());
// Any gesture opens the sound; the key in the banner only says so. Not at "pointerdown": the banner
// goes when the sound is on, and what was pressed would move away before it is let go.
for (const gesture of ["click", "keydown"]) {
  window.addEventListener(gesture, () => desk.speaker.open());
}
desk.reader.refresh();
readGiven().catch(() => undefined); // Not reached: the page works without them.

const root = document.getElementById("desk");
if (root !== null) {
  render(
    <DeskContext.Provider value={desk}>
      <App />
    </DeskContext.Provider>,
    root,
  );
}
