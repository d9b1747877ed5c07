// Settings of this desk, kept in this browser: the operator's name and where map tiles come from.
import { useState } from "preact/hooks";
import { tilesOf } from "../desk-state.ts";
import { isTileAddress, type Tiles } from "../kept.ts";
import { texts } from "../words/texts.ts";
import type { Words } from "../words/words.ts";
import { useDesk, useDeskState } from "./desk-context.tsx";
import { Modal } from "./modal.tsx";
import { T } from "./words-view.tsx";

const s = texts.settings;

export function SettingsDialog({ end }: { end: () => void }) {
  const desk = useDesk();
  const state = useDeskState();
  const given: Tiles = tilesOf(state) ?? { address: "", credit: "", datum: "wgs84" };
  const [operator, setOperator] = useState(state.operator);
  const [tiles, setTiles] = useState(given);
  const [isBad, setIsBad] = useState(false);
  const submit = () => {
    const address = tiles.address.trim();
    if (address !== "" && !isTileAddress(address)) return setIsBad(true);
    const own =
      JSON.stringify(tiles) !== JSON.stringify(given) ? { ...tiles, address } : state.tiles;
    desk.keep({ operator: operator.trim(), tiles: own });
    end();
  };
  return (
    <Modal title={s.title} end={end} submit={submit}>
      <TextLine t={s.operator} value={operator} put={setOperator} />
      <TextLine
        t={s.tiles}
        hint={s.tilesHint}
        value={tiles.address}
        put={(address) => setTiles({ ...tiles, address })}
      />
      <TextLine
        t={s.credit}
        value={tiles.credit}
        put={(credit) => setTiles({ ...tiles, credit })}
      />
      <fieldset class="outcomes">
        <legend>
          <T t={s.datum} />
        </legend>
        {(["wgs84", "gcj02"] as const).map((datum) => (
          <label key={datum}>
            <input
              type="radio"
              name="datum"
              checked={tiles.datum === datum}
              onChange={() => setTiles({ ...tiles, datum })}
            />
            <T t={s[datum]} />
          </label>
        ))}
      </fieldset>
      {isBad && (
        <p class="fault" role="alert">
          <T t={s.badTiles} />
        </p>
      )}
      <footer>
        <button type="button" onClick={end}>
          <T t={texts.acts.back} />
        </button>
        <button type="submit" class="main">
          <T t={texts.acts.save} />
        </button>
      </footer>
    </Modal>
  );
}

interface LineProps {
  t: Words;
  hint?: Words;
  value: string;
  put: (value: string) => void;
}

function TextLine({ t, hint, value, put }: LineProps) {
  return (
    <label class="line">
      <T t={t} />
      <input type="text" value={value} onInput={(event) => put(event.currentTarget.value)} />
      {hint !== undefined && (
        <small class="soft">
          <T t={hint} />
        </small>
      )}
    </label>
  );
}
