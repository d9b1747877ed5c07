// What every board that runs LuatOS will hold, as the entry of a Lua image. Nothing runs it but Lua.
// Without the driver of the modem: its functions stand in for methods, and those differ in Lua.

import { createLoop } from "../../firmware/board/loop.ts";
import { decodeIdentity } from "../../firmware/core/identity.ts";
import { ccmOf } from "../../protocol/ccm.ts";

export const shared = { createLoop, decodeIdentity, ccmOf };
