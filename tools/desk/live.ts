// The live line to the platform: server-sent events that resume at the last cursor seen.
// Only says "something happened" and "up" or "down"; what happened is read from the API.

export interface LiveOptions {
  path: string;
  /** Cursor to begin after. */
  after: number;
  onEvent: (kind: string) => void;
  onUp: () => void;
  onDown: () => void;
}

const RETRY_MS = [1000, 2000, 4000, 8000];

/** Opens the line and keeps it open; the function returned ends it. */
export function openLive({ path, after, onEvent, onUp, onDown }: LiveOptions): () => void {
  let cursor = after;
  let tries = 0;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function heard(event: MessageEvent): void {
    const seq = Number(event.lastEventId);
    if (seq > cursor) cursor = seq;
    onEvent(event.type);
  }

  function open(): void {
    source = new EventSource(`${path}?after=${cursor}`);
    source.onopen = () => {
      tries = 0;
      onUp();
    };
    source.onmessage = heard;
    // Opened again by ourselves: EventSource gives up for good on an HTTP error.
    source.onerror = () => {
      source?.close();
      onDown();
      timer = setTimeout(open, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
      tries += 1;
    };
  }

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
