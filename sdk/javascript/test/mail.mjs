/** An email server that keeps what it gets. */

import { createServer } from "node:net";
import { createInterface } from "node:readline";

export async function startMailServer() {
  const mails = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    const say = (line) => socket.write(`${line}\r\n`);
    let mail = null;
    say("220 ready");
    createInterface({ input: socket, crlfDelay: Infinity }).on("line", (line) => {
      if (mail && line === ".") {
        mails.push(mail.join("\n"));
        mail = null;
        say("250 kept");
      } else if (mail) mail.push(line);
      else if (/^DATA/i.test(line)) {
        mail = [];
        say("354 go on");
      } else if (/^EHLO/i.test(line)) say("250-ready\r\n250 8BITMIME");
      else if (/^QUIT/i.test(line)) {
        say("221 bye");
        socket.end();
      } else say("250 ok");
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    mails,
    url: `smtp://127.0.0.1:${server.address().port}`,
    stop: () => server.close(),
  };
}
