// The page as a whole: bar, banners, queue on the left, one alarm or the pagers on the right.
import type { ComponentChildren } from "preact";
import { useEffect, useErrorBoundary } from "preact/hooks";
import { PanelView } from "../panel/panel-view.tsx";
import { queueOf } from "../rules/queue.ts";
import { texts } from "../words/texts.ts";
import { whoOf } from "../words/who.ts";
import { join, say } from "../words/words.ts";
import { AlarmView } from "./alarm-view.tsx";
import { Banners } from "./banners.tsx";
import { BarView } from "./bar-view.tsx";
import { useDeskState } from "./desk-context.tsx";
import { PagersView } from "./pagers-view.tsx";
import { QueueView } from "./queue-view.tsx";
import { LanguageContext, T } from "./words-view.tsx";

const PAGE_LANGUAGE = { both: "zh-CN", zh: "zh-CN", en: "en" };

export function App() {
  const { language, link } = useDeskState();
  useEffect(() => {
    document.documentElement.lang = PAGE_LANGUAGE[language];
  }, [language]);
  return (
    <LanguageContext.Provider value={language}>
      <Title />
      <BarView />
      {link === "shut" ? <Shut /> : <Work />}
    </LanguageContext.Provider>
  );
}

function Work() {
  const { view, loaded, chosen } = useDeskState();
  return (
    <>
      <Banners />
      <main class="work">
        <QueueView />
        <div class="pane" tabIndex={-1}>
          {!loaded && <Empty />}
          <Guard key={`${view} ${chosen}`}>
            {loaded && (view === "pagers" ? <PagersView /> : <Chosen />)}
          </Guard>
        </div>
        <PanelView />
      </main>
      <News />
    </>
  );
}

/** A fault of the page in one alarm must not take the queue with it, nor pass unsaid. */
function Guard({ children }: { children: ComponentChildren }) {
  const [fault] = useErrorBoundary((error) => console.error(error));
  if (fault === undefined) return <>{children}</>;
  return (
    <p class="fault" role="alert">
      <T t={texts.faults.page} />
    </p>
  );
}

function Empty() {
  return (
    <div class="empty">
      <p class="empty-title">
        <T t={texts.desk.opening} />
      </p>
    </div>
  );
}

/** With no alarm to show, the pagers are the better use of the space. */
function Chosen() {
  const { alarms, chosen } = useDeskState();
  const row = alarms.find((one) => one.id === chosen);
  return row === undefined ? <PagersView /> : <AlarmView row={row} key={row.id} />;
}

function Shut() {
  return (
    <main class="shut">
      <p class="empty-title">
        <T t={texts.link.shutMore} />
      </p>
    </main>
  );
}

/** The tab's title counts the untaken alarms, so that they show while another page is in front. */
function Title() {
  const { alarms, language } = useDeskState();
  const count = queueOf(alarms).untaken.length;
  const name = say(texts.desk.name, language);
  useEffect(() => {
    document.title =
      count === 0 ? name : `(${count}) ${say(texts.desk.titleUntaken, language)} · ${name}`;
  }, [count, name]);
  return null;
}

/** For those who hear the page: each untaken alarm is said once, at once. */
function News() {
  const state = useDeskState();
  const { untaken } = queueOf(state.alarms);
  return (
    <ul class="unseen" aria-live="assertive">
      {untaken.map((row) => (
        <li key={row.id}>
          <T t={join([texts.stages.delivered, texts.kinds[row.kind], whoOf(row, state)], " ")} />
        </li>
      ))}
    </ul>
  );
}
