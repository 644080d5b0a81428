// A plain web host: files, and nothing behind them.

import fs from "node:fs/promises";
import http from "node:http";
import path from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

export async function host(folder) {
  const server = http.createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://host").pathname).replace(/\/$/, "/index.html");
    try {
      const bytes = await fs.readFile(path.join(folder, path.normalize(asked)));
      response.writeHead(200, { "Content-Type": TYPES[path.extname(asked)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
