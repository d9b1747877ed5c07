// Asks once who sits at the desk, before the first act that carries the name.
import { useState } from "preact/hooks";
import { texts } from "../words/texts.ts";
import type { Words } from "../words/words.ts";
import { useDesk } from "./desk-context.tsx";
import { Modal } from "./modal.tsx";
import { T, useSay } from "./words-view.tsx";

const NAME_MAX = 40;

interface NameProps {
  /** What the submitting key says: the act that goes on with the name. */
  then: Words;
  done: () => void;
  end: () => void;
}

export function NameDialog({ then, done, end }: NameProps) {
  const desk = useDesk();
  const say = useSay();
  const [name, setName] = useState("");
  const submit = () => {
    if (name.trim() === "") return;
    desk.keep({ operator: name.trim() });
    end();
    done();
  };
  return (
    <Modal title={texts.acts.nameTitle} end={end} submit={submit}>
      <p class="soft">
        <T t={texts.acts.nameWhy} />
      </p>
      <input
        type="text"
        autofocus
        autocomplete="name"
        maxLength={NAME_MAX}
        aria-label={say(texts.acts.nameTitle)}
        placeholder={say(texts.acts.nameHint)}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <footer>
        <button type="button" onClick={end}>
          <T t={texts.acts.back} />
        </button>
        <button type="submit" class="main" disabled={name.trim() === ""}>
          <T t={then} />
        </button>
      </footer>
    </Modal>
  );
}
