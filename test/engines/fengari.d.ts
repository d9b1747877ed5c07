// The part of fengari that the tests use; the package brings no types of its own.

declare module "fengari" {
  type LuaState = { readonly luaState: never };
  interface Lua {
    LUA_OK: number;
    lua_getfield(state: LuaState, index: number, name: Uint8Array): number;
    lua_getglobal(state: LuaState, name: Uint8Array): number;
    lua_pcall(state: LuaState, given: number, returned: number, handler: number): number;
    lua_tojsstring(state: LuaState, index: number): string;
  }
  interface LauxLib {
    luaL_newstate(): LuaState;
    luaL_loadstring(state: LuaState, text: Uint8Array): number;
  }
  interface LuaLib {
    luaL_openlibs(state: LuaState): void;
  }
  const fengari: {
    FENGARI_VERSION: string;
    lua: Lua;
    lauxlib: LauxLib;
    lualib: LuaLib;
    to_luastring(text: string): Uint8Array;
  };
  export = fengari;
}
