// The live line to the platform: server-sent events; the browser resumes at the last cursor seen.
// Only says "something happened", "up" or "down"; what happened is read from the API.

export interface LiveOptions {
  path: string;
  onEvent: () => void;
  onUp: () => void;
  onDown: () => void;
}

const REOPEN_MS = 2000;

/** Opens the line and keeps it open; the function returned ends it. */
export function openLive(options: LiveOptions): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    const opened = new EventSource(options.path);
    opened.onopen = options.onUp;
    opened.onmessage = options.onEvent;
    opened.onerror = () => {
      options.onDown();
      // After an HTTP error the browser gives up for good. A new line begins at the present,
      // which loses nothing: all rows are read again when it is up.
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MS);
    };
    source = opened;
  }

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
