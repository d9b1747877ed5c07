// A weather in which nothing fails, but for what whoever makes it lets strike.
// Draws nothing, and sees nothing.

import type { StormFaultName } from "./storm-faults.ts";
import type { Weather } from "./weather.ts";

/** `strikes` is asked at each opportunity: before each step of a processor, for each datagram. */
export function fairWeather(strikes: (name: StormFaultName) => boolean): Weather {
  return {
    strikes,
    has: () => false,
    often: () => undefined,
    struck: () => undefined,
    calm: () => undefined,
  };
}
