// A dialog over the page: the browser keeps the focus inside, Escape ends it.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Words } from "../words/words.ts";
import { T } from "./words-view.tsx";

interface ModalProps {
  title: Words;
  /** Whom it is about. */
  about?: Words;
  end: () => void;
  submit: () => void;
  children: ComponentChildren;
}

export function Modal({ title, about, end, submit, children }: ModalProps) {
  const box = useRef<HTMLDialogElement>(null);
  // Before anything is painted: a key pressed at once must land in the dialog.
  useLayoutEffect(() => {
    const opened = box.current;
    opened?.showModal();
    // Closed by name, so that the focus goes back to where it came from.
    return () => opened?.close();
  }, []);
  return (
    <dialog ref={box} class="modal" onClose={end} aria-labelledby="modal-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          submit();
        }}
      >
        <h2 id="modal-title">
          <T t={title} />
          {about !== undefined && (
            <span class="about">
              <T t={about} />
            </span>
          )}
        </h2>
        {children}
      </form>
    </dialog>
  );
}
