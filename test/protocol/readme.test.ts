// The tables in protocol/README.md say what the declarations say and what datagrams weigh.

import { test } from "uvu";
import { testTables } from "../page-tables.ts";
import { TABLES } from "./tables.ts";

testTables("protocol/README.md", TABLES);

test.run();
