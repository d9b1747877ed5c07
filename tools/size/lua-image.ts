// What the shared firmware weighs as Lua, and the heap that loading it takes, on a real Lua 5.3 whose
// pointers have 32 bits. A board's own files are not in it as long as there is no such board.

import { lauxlib, lua, lualib } from "lua-wasm-bindings/dist/lua.53.js";
import { LUA_OK } from "lua-wasm-bindings/dist/lua.js";
import { OnekeyError } from "../../sdk/error.ts";
import { buildLua } from "../build/lua.ts";
import type { Budget } from "./budget.ts";

const IMAGE_OCTETS_MAX = 64 * 1024;
const HEAP_OCTETS_MAX = 195 * 1024;

/** Octets of the stripped image, and the highest heap while it is loaded and runs to its end. */
const MEASURE = `
local code = string.dump(assert(load(BUNDLE)), true)
BUNDLE = nil
collectgarbage() collectgarbage()
local before = collectgarbage("count")
local peak = before
debug.sethook(function() peak = math.max(peak, collectgarbage("count")) end, "", 10)
local module = assert(load(code, "image", "b"))
peak = math.max(peak, collectgarbage("count"))
local made = module()
debug.sethook()
return #code .. " " .. math.floor((peak - before) * 1024)
`;

/** What the script returns; it finds the bundle in the global BUNDLE. */
function runLua(script: string, bundle: string): string {
  const state = lauxlib.luaL_newstate();
  try {
    lualib.luaL_openlibs(state);
    lua.lua_getglobal(state, "_G");
    lua.lua_pushstring(state, bundle);
    lua.lua_setfield(state, -2, "BUNDLE");
    const read = lauxlib.luaL_loadstring(state, script);
    if (read !== LUA_OK || lua.lua_pcall(state, 0, 1, 0) !== LUA_OK) {
      const words = lua.lua_tostring(state, -1);
      throw new OnekeyError("build-failed", `the image does not load on Lua 5.3: ${words}`);
    }
    return lua.lua_tostring(state, -1);
  } finally {
    lua.lua_close(state);
  }
}

/** Integers and floats have 64 bits here and 32 on most boards: an upper bound. */
export function luaBudgets(): Budget[] {
  const empty = Number(runLua('return collectgarbage("count") * 1024', ""));
  const [octets, heap] = runLua(MEASURE, buildLua("tools/size/lua-shared.ts"))
    .split(" ")
    .map(Number);
  const what = "Lua without modem driver";
  const why = "no board runs LuatOS yet: not judged";
  const heapNow = Math.round(heap + empty);
  return [
    { what: `${what}, stripped`, measured: octets, allowed: IMAGE_OCTETS_MAX, unit: "octets", why },
    {
      what: `${what}, heap at load`,
      measured: heapNow,
      allowed: HEAP_OCTETS_MAX,
      unit: "octets",
      why,
    },
    {
      what: "Lua, heap in an alarm",
      allowed: HEAP_OCTETS_MAX,
      unit: "octets",
      why: "no board runs LuatOS yet",
    },
  ];
}
