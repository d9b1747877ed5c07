// What stands inside an AT line: fields, decimals, times, octets. Tables of value and text.

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  clockSeconds,
  fieldsOf,
  fixSeconds,
  scaledOf,
  unquote,
  wholeOf,
} from "../../firmware/modem/text.ts";

/** Seconds since 2020 by the host's own calendar. */
const since2020 = (iso: string) => (Date.parse(iso) - Date.UTC(2020, 0, 1)) / 1000;

test("a comma inside quotes does not split a field", () => {
  assert.equal(fieldsOf('+COPS: 0,0,"Test, mobile",8'), ["0", "0", '"Test, mobile"', "8"]);
  assert.equal(unquote('"Test, mobile"'), "Test, mobile");
  assert.equal(fieldsOf("+QIRD: 0"), ["0"]);
  assert.equal(fieldsOf("RDY"), [""]);
});

test("a decimal becomes an integer without passing through a fraction", () => {
  for (const [text, decimals, value] of [
    ["31.12345", 7, 311234500],
    ["-121.12345", 7, -1211234500],
    ["180", 7, 1800000000],
    ["-0.00001", 7, -100],
    ["1.1", 1, 11],
    ["1.19", 1, 11],
    ["0.00", 1, 0],
    ["-0.00000", 7, 0],
  ] as const) {
    assert.is(scaledOf(text, decimals), value, text);
  }
});

test("what is no decimal, or too large for 32 bits, is refused", () => {
  for (const text of ["", "-", ".", "1.", ".5", "1.2.3", "1e5", " 1", "31,5", "999", "--1"]) {
    assert.is(scaledOf(text, 7), undefined, JSON.stringify(text));
  }
  for (const text of ["", "1.0", "0x1", "99999999999", "5\rhello"]) {
    assert.is(wholeOf(text), undefined, JSON.stringify(text));
  }
});

test("the modem's local time and its zone in quarter hours give seconds since 2020 in UTC", () => {
  for (const [text, iso] of [
    ["26/08/23,10:11:12+08", "2026-08-23T08:11:12Z"],
    ["26/01/01,02:00:00+32", "2025-12-31T18:00:00Z"],
    ["24/02/29,23:59:59-20", "2024-03-01T04:59:59Z"],
    ["24/03/01,00:00:00+00", "2024-03-01T00:00:00Z"],
    ["20/01/01,08:00:01+32", "2020-01-01T00:00:01Z"],
    ["68/12/31,23:59:59+00", "2068-12-31T23:59:59Z"],
  ]) {
    assert.is(clockSeconds(text), since2020(iso), text);
  }
});

test("the year 80 and other times that cannot be meant are unknown, not a date", () => {
  for (const text of [
    "80/01/06,00:00:00+00",
    "26/13/01,00:00:00+00",
    "26/00/01,00:00:00+00",
    "26/01/01,24:00:00+00",
    "26/01/01",
    "",
    "rubbish in its place",
  ]) {
    assert.is(clockSeconds(text), 0, text);
  }
  assert.is(fixSeconds("061951.0", "110513"), 0, "2013 lies before the count begins");
  assert.is(fixSeconds("061951.0", ""), 0);
});

test("time and date of a fix give seconds since 2020", () => {
  assert.is(fixSeconds("061951.0", "110526"), since2020("2026-05-11T06:19:51Z"));
});

test("every day from 2020 to 2079 has its own second", () => {
  const two = (value: number) => String(value).padStart(2, "0");
  for (let day = Date.UTC(2020, 0, 1); day < Date.UTC(2080, 0, 1); day += 86400000) {
    const at = new Date(day + 1000);
    const date = two(at.getUTCDate()) + two(at.getUTCMonth() + 1) + two(at.getUTCFullYear() % 100);
    assert.is(fixSeconds("000001.0", date), (day - Date.UTC(2020, 0, 1)) / 1000 + 1, date);
  }
});

test.run();
