// A dialog over the page: the browser keeps the focus inside, Escape ends it.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Words } from "../words/words.ts";
import { T } from "./words-view.tsx";

interface ModalProps {
  title: Words;
  end: () => void;
  submit: () => void;
  children: ComponentChildren;
}

export function Modal({ title, end, submit, children }: ModalProps) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
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
        </h2>
        {children}
      </form>
    </dialog>
  );
}
