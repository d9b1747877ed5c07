// Who: the person's card of one alarm. Each reading of it is logged by the platform [D-16].
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import { texts } from "../words/texts.ts";
import { whoOf } from "../words/who.ts";
import { useDeskState } from "./desk-context.tsx";
import { PhoneSign } from "./icons.tsx";
import { T } from "./words-view.tsx";

export function PersonView({ row }: { row: AlarmRow }) {
  const state = useDeskState();
  const person = state.people[row.pager];
  const who = whoOf(row, state);
  return (
    <section class="card person">
      <h2 class="person-name">
        <T t={who} />
        {person?.age !== undefined && (
          <span class="person-age">
            <T t={texts.person.years(person.age)} />
          </span>
        )}
      </h2>
      {person?.phone !== undefined && (
        <p class="person-phone figures">
          <PhoneSign /> <a href={`tel:${person.phone}`}>{person.phone}</a>
        </p>
      )}
      {person?.address !== undefined && <p class="person-address">{person.address}</p>}
      {person?.notes !== undefined && <p class="person-notes">{person.notes}</p>}
      {row.pager in state.people && person === undefined && (
        <p class="soft">
          <T t={who === texts.queue.unassigned ? texts.person.none : texts.person.noMore} />{" "}
          <T t={texts.person.noneDo} />
        </p>
      )}
    </section>
  );
}
