// The console of a provisioned pager: none; while it is open, lines by Bluetooth and USB [pager §5].
// Never evaluates a line: the interpreter could read the flash, and the keys lie there.

/** A longer line is nobody's word. */
const LINE_MAX = 40;

export interface LineConsole {
  set(open: boolean): void;
  print(text: string): void;
}

/**
 * Forced: else the interpreter gives its console to the next one who connects by Bluetooth. Asleep
 * Bluetooth isn't even seen. An open console of a pager without keys stays the interpreter's own.
 */
export function createConsole(take: (line: string) => void): LineConsole {
  let shut = false;
  let open = false;
  let line = "";

  function hear(text: string): void {
    if (!open) return;
    for (let i = 0; i < text.length; i++) {
      const sign = text.charAt(i);
      if (sign !== "\r" && sign !== "\n") {
        if (line.length < LINE_MAX) line += sign;
      } else if (line !== "") {
        const whole = line;
        line = "";
        take(whole);
      }
    }
  }

  return {
    set: function (wanted) {
      if (wanted && !shut) return;
      if (!shut) {
        shut = true;
        E.setConsole(null, { force: true });
        Bluetooth.on("data", hear);
        USB.on("data", hear);
      }
      open = wanted;
      line = "";
      if (open) NRF.wake();
      else NRF.sleep();
    },
    print: function (text) {
      Bluetooth.write(text + "\r\n");
      USB.write(text + "\r\n");
    },
  };
}
