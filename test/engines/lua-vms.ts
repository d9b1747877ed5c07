// Two Lua machines from npm, so that Lua is never skipped: 32-bit integers, and real Lua 5.3.
// Each runs a bundle and returns the field `text` of what the bundle returns.

import fengari from "fengari";
import { lauxlib, lua, lualib } from "lua-wasm-bindings/dist/lua.53.js";
import { LUA_OK } from "lua-wasm-bindings/dist/lua.js";

export interface LuaRun {
  /** The machine's own word for itself. */
  version: string;
  text: string;
}

/** fengari: integers of 32 bits as on a stock LuatOS, floats of 64. */
export function runFengari(bundle: string): LuaRun {
  const { lua: api, lauxlib: aux, lualib: libraries, to_luastring: octets } = fengari;
  const state = aux.luaL_newstate();
  libraries.luaL_openlibs(state);
  const read = aux.luaL_loadstring(state, octets(bundle));
  if (read !== api.LUA_OK || api.lua_pcall(state, 0, 1, 0) !== api.LUA_OK) {
    throw new Error(`fengari: ${api.lua_tojsstring(state, -1)}`);
  }
  api.lua_getfield(state, -1, octets("text"));
  const text = api.lua_tojsstring(state, -1);
  api.lua_getglobal(state, octets("_VERSION"));
  const version = api.lua_tojsstring(state, -1);
  return { version: `${version}, ${fengari.FENGARI_VERSION}`, text };
}

/** Lua 5.3 in WebAssembly: integers of 64 bits; also the syntax check of every bundle. */
export function runWasmLua(bundle: string): LuaRun {
  const state = lauxlib.luaL_newstate();
  try {
    lualib.luaL_openlibs(state);
    const read = lauxlib.luaL_loadstring(state, bundle);
    if (read !== LUA_OK || lua.lua_pcall(state, 0, 1, 0) !== LUA_OK) {
      throw new Error(`Lua 5.3: ${lua.lua_tostring(state, -1)}`);
    }
    lua.lua_getfield(state, -1, "text");
    const text = lua.lua_tostring(state, -1);
    lua.lua_getglobal(state, "_VERSION");
    return { version: `${lua.lua_tostring(state, -1)} in WebAssembly`, text };
  } finally {
    lua.lua_close(state);
  }
}
