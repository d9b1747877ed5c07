// The API's socket: listens, and on closing ends the lines that stand open. Knows no route.

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { OnekeyError, systemCode } from "../error.ts";
import type { Api } from "./app.ts";

export interface HttpSocket {
  host: string;
  port: number;
  /** `http://host:port`, as a browser on this machine opens it. */
  url: string;
  close(): Promise<void>;
}

export async function openHttp(app: Api, host: string, port: number): Promise<HttpSocket> {
  const made = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  const server = made as Server;
  await listen(server, host, port);
  const bound = server.address() as AddressInfo;
  return {
    host,
    port: bound.port,
    url: `http://${nameInUrl(host)}:${bound.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// internal

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(listenError(host, port, systemCode(error)));
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

function nameInUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function listenError(host: string, port: number, code: string): OnekeyError {
  const where = `HTTP port ${port} of ${host}`;
  if (code === "EADDRINUSE") {
    return new OnekeyError(
      "port-taken",
      `${where} is taken: stop the program that has it or choose another port with --http.`,
    );
  }
  return new OnekeyError(
    "port-refused",
    `${where} can't be opened (${code}): choose another port with --http or address with --host.`,
  );
}
