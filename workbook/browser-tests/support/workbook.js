// A copy of the workbook for one test file, and the real tool in it.

import { spawn, execFile } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const BIN = path.resolve(process.env.WORKBOOK_BIN ?? path.join(ROOT, "target/debug/workbook"));
const LEFT_OUT = new Set(["target", ".git", ".workbook", "book-output", "node_modules", "screenshots"]);

/** By the origin of a tool: the secret that its address ends with. */
const keys = new Map();
/** An address as the tool prints it: it connects the browser that opens it. Of another host it is as it was. */
export function link(address) {
  const url = new URL(address);
  if (keys.has(url.origin)) url.searchParams.set("key", keys.get(url.origin));
  return url.href;
}

/** Milliseconds. What takes longer has hung. */
export const PATIENCE = 120_000;

export class Workbook {
  /** A copy in a folder whose name has a space and letters beyond ASCII. */
  static async copy() {
    const temp = await fs.mkdtemp(path.join(os.tmpdir(), "workbook-browser-"));
    const root = path.join(temp, "the order désk");
    await fs.cp(ROOT, root, { recursive: true, filter: (file) => !LEFT_OUT.has(path.basename(file)) });
    const workbook = new Workbook(temp, root);
    // All copies build in one target folder, so that they find their dependencies built. Cargo tells packages apart by name and
    // version and not by where they lie, so each copy has a version of its own.
    const manifest = await workbook.read("Cargo.toml");
    await workbook.write("Cargo.toml", manifest.replace('version = "0.1.0"', `version = "0.1.${process.pid}"`));
    return workbook;
  }

  constructor(temp, root) {
    Object.assign(this, { temp, root, tool: null, said: "" });
    this.environment = { ...process.env, CARGO_TARGET_DIR: path.join(ROOT, "target"), NO_COLOR: "1" };
  }

  path(...parts) {
    return path.join(this.root, ...parts);
  }
  read(file) {
    return fs.readFile(this.path(file), "utf8");
  }
  write(file, text) {
    return fs.writeFile(this.path(file), text);
  }

  /** Copies the solution over what the learner changes. */
  async solve(folder) {
    const manifest = await this.read(`exercises/${folder}/Cargo.toml`);
    for (const [, file] of /^edit = \[([^\]]*)\]/m.exec(manifest)[1].matchAll(/"([^"]+)"/g)) {
      await fs.copyFile(this.path("solutions", folder, file), this.path("exercises", folder, file));
    }
  }

  run(...args) {
    return promisify(execFile)(BIN, args, { cwd: this.root, env: this.environment });
  }

  /** Starts the tool and returns the address of the book, without the last slash and without the key. */
  start(port = 0, { opens = "--no-open", environment = {} } = {}) {
    this.said = "";
    const args = ["start", opens, "--port", String(port)].filter(Boolean);
    this.tool = spawn(BIN, args, {
      cwd: this.root, env: { ...this.environment, ...environment }, stdio: ["ignore", "pipe", "pipe"], detached: true,
    });
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the tool does not serve:\n${this.said}`)), PATIENCE);
      const listen = (piece) => {
        this.said += piece;
        const address = /The book:\s+(http:\/\/[^\/\s]+)\/\S*\?key=(\S+)\s/.exec(this.said);
        if (!address) return;
        clearTimeout(late);
        this.address = address[1];
        this.key = address[2];
        keys.set(this.address, this.key);
        resolve(this.address);
      };
      this.tool.stdout.on("data", listen);
      this.tool.stderr.on("data", listen);
      this.tool.on("exit", (code) => reject(new Error(`the tool ended with ${code}:\n${this.said}`)));
    });
  }

  /** As a power cut does. The tests that it runs go with it. */
  async kill() {
    const tool = this.tool;
    if (!tool || tool.exitCode !== null || tool.signalCode !== null) return;
    const gone = new Promise((resolve) => tool.once("exit", resolve));
    process.kill(-tool.pid, "SIGKILL");
    await gone;
  }

  async close() {
    await this.kill();
    await fs.rm(this.temp, { recursive: true, force: true, maxRetries: 5 });
  }
}
