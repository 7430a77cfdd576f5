// The pages in a real browser: a walk through them, a correction by the keyboard, and what must hold on
// every page: no serious finding of axe, no message in the console, no request off the origin, no
// sideways scroll.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const root = resolve(import.meta.dirname, "..");
const sayso = process.env.SAYSO ?? join(root, "target/debug/sayso");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser, server, origin;

before(async () => {
  const folder = mkdtempSync(join(tmpdir(), "sayso-e2e-"));
  const run = (...words) => execFileSync(sayso, words, { cwd: folder, stdio: "pipe" });
  run("add", "-q", join(root, "examples"));
  const map = (ending) => join(root, `examples/outcomes/tarnovyk-control.${ending}`);
  run("resolve", "--from", map("csv"), "--map", map("toml"), "--reviewer", "Ines", "--confirm");
  server = spawn(sayso, ["serve", "--port", "0"], { cwd: folder });
  origin = await new Promise((told) =>
    server.stderr.on("data", (data) => {
      const found = /http:\/\/[^\s/]+/.exec(String(data));
      if (found) told(found[0]);
    }),
  );
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  server?.kill();
});

// A page that notes what must not happen.
async function open(options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (message) => page.faults.push(message.text()));
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) page.faults.push(`off the origin: ${request.url()}`);
  });
  return page;
}

// One address of each screen.
async function screens() {
  const first = async (path) => (await (await fetch(origin + path)).json())[0];
  const question = await first("/questions.json?q=capture+tarnovyk");
  const speaker = await first("/speakers.json?q=velchek");
  const list = await (await fetch(`${origin}/statements.json?speaker=Velchek`)).json();
  const statement = list.items[0].statement;
  return {
    ledger: "/",
    found: "/?q=capture&speaker=Velchek",
    reader: `/article/${statement.article.id}`,
    questions: "/questions",
    question: `/question/${question.id}`,
    compare: `/compare/${question.id}`,
    speakers: "/speakers",
    speaker: `/speaker/${speaker.id}`,
    outlet: "/outlet/The%20Meridian%20Times",
    map: "/map",
    review: `/review/${statement.id}`,
    data: "/data",
    nowhere: "/nowhere",
  };
}

test("from a search to the words, the question, the speaker and the map", async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(origin);
  await page.getByLabel("Search the statements").fill("capture");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=capture/);
  await page.locator("ol.statements .words a").first().press("Enter");
  await page.waitForURL(/\/article\/.*#c-/);
  assert.ok(await page.locator(".card:target").isVisible(), "the card of the statement is shown");
  await page.goto(`${origin}/questions`);
  await page.getByRole("link", { name: "Will Oskaria capture Tarnovyk?" }).click();
  await page.waitForURL(/\/question\//);
  assert.match(await page.locator(".leading").innerText(), /^Resolved: true/);
  await page.getByRole("link", { name: "Radomir Velchek" }).first().click();
  await page.waitForURL(/\/speaker\//);
  assert.equal(await page.locator("h1").innerText(), "Radomir Velchek");
  await page.getByRole("link", { name: "Map", exact: true }).click();
  await page.waitForURL(/\/map/);
  await page.getByRole("link", { name: "Tarnovyk" }).first().click();
  await page.waitForURL(/place=Tarnovyk/);
  assert.deepEqual(page.faults, []);
});

test("a wrong window is mended with the keyboard alone, and undone", async () => {
  const page = await open({ locale: "en-US" });
  const { review } = await screens();
  await page.goto(origin + review);
  const last = page.getByLabel("Last day");
  const before = await last.inputValue();
  // From the top of the page to the field, as somebody without a mouse goes.
  const reach = async (name) => {
    for (let steps = 0; steps < 120; steps += 1) {
      await page.keyboard.press("Tab");
      if ((await page.evaluate(() => document.activeElement?.getAttribute("name"))) === name) return;
    }
    assert.fail(`the keyboard does not reach ${name}`);
  };
  await reach("window.latest");
  await page.keyboard.type("06202024");
  await reach("reviewer");
  await page.keyboard.type("Ines Holt");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Corrected.").waitFor();
  const mended = await open({ javaScriptEnabled: false });
  await mended.goto(origin + review);
  assert.equal(await mended.getByLabel("Last day").inputValue(), "2024-06-20");
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await page.getByText("Taken back.").waitFor();
  await mended.goto(origin + review);
  assert.equal(await mended.getByLabel("Last day").inputValue(), before);
  await mended.goto(`${origin}/data`);
  assert.ok(await mended.getByText("Ines Holt").first().isVisible(), "the correction is public");
});

test("every screen is sound at every width, light and dark", async () => {
  const all = await screens();
  const folder = process.env.SCREENS;
  if (folder) mkdirSync(folder, { recursive: true });
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1440, 800, 390]) {
      const page = await open({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      for (const [name, path] of Object.entries(all)) {
        const place = `${name} at ${width}, ${colorScheme}`;
        page.faults = [];
        await page.goto(origin + path);
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(sideways <= 0, `${place}: scrolls sideways by ${sideways}`);
        const faults = page.faults.filter((fault) => !(name === "nowhere" && fault.includes("404")));
        assert.deepEqual(faults, [], place);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
        const told = serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
        assert.deepEqual(told, [], place);
        if (folder) await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
      }
      await page.context().close();
    }
  }
});
