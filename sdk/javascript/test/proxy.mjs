/** A proxy on the loopback network that cuts connections. */

import { connect, createServer } from "node:net";

/**
 * Starts a proxy to a server. `cuts` says for each connection where it is cut: "request" before the
 * server gets it, "response" once the server has answered, or null for never.
 */
export async function startProxy(base, cuts) {
  const target = new URL(base);
  const seen = { connections: 0 };
  const server = createServer((socket) => {
    const cut = cuts[seen.connections] ?? null;
    seen.connections += 1;
    socket.on("error", () => {});
    if (cut === "request") return socket.once("data", () => socket.destroy());
    const upstream = connect(Number(target.port), target.hostname);
    upstream.on("error", () => socket.destroy());
    socket.pipe(upstream);
    if (cut === "response") {
      upstream.once("data", () => {
        socket.destroy();
        upstream.destroy();
      });
    } else upstream.pipe(socket);
    socket.on("close", () => upstream.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise((resolve) => server.close(resolve));
  // The server answers only to its own names, of which 127.0.0.1 at any port is one.
  return { base: `http://127.0.0.1:${server.address().port}`, seen, stop };
}
