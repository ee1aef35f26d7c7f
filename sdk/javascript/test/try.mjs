import { startServer } from "./server.mjs";
import { writeFile } from "node:fs/promises";
const s = await startServer({ WEBHOOK_ALLOWED_CIDRS: "127.0.0.2/32", ALLOWED_ORIGINS:"*" });
await writeFile("/work/scratch/sjs/server.json", JSON.stringify({base:s.base,fixtures:s.fixtures}));
console.log(s.base);
process.on("SIGTERM", async()=>{await s.stop();process.exit()});
setInterval(()=>{},1000);
