// Opens an HTML file at a width, looks for what axe-core and the page itself find wrong, uses a figure as a reader would, and prints what it saw as JSON:
// node check.mjs BROWSER FILE WIDTH [PICTURE]
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

// Texts of a drawing whose glyphs meet. The box of a text holds room above and below the glyphs, which may meet that of the next line.
function overlapping() {
  const found = [];
  for (const svg of document.querySelectorAll("svg")) {
    const boxes = [];
    for (const text of svg.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (!text.textContent.trim() || getComputedStyle(text).visibility === "hidden" || box.width === 0) continue;
      const upright = box.height > box.width && text.hasAttribute("transform");
      const [x, y] = upright ? [box.width / 4, 0] : [0, box.height / 4];
      boxes.push({ words: text.textContent, left: box.left + x, right: box.right - x, top: box.top + y, bottom: box.bottom - y });
    }
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5) {
          found.push(`${svg.getAttribute("aria-label")}: "${a.words}" and "${b.words}"`);
        }
      }
    }
  }
  return found;
}

const [browserPath, file, width, picture] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await (await browser.newContext({ viewport: { width: Number(width), height: 900 }, acceptDownloads: true })).newPage();
  const faults = [], requests = [];
  page.on("pageerror", error => faults.push(error.message));
  page.on("console", message => { if (message.type() === "error") faults.push(message.text()); });
  page.on("request", request => requests.push(request.url()));
  await page.goto("file://" + file);

  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
  const audit = await page.evaluate(() => axe.run(document));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const overlaps = { screen: await page.evaluate(overlapping) };
  await page.emulateMedia({ media: "print" });
  overlaps.print = await page.evaluate(overlapping);
  await page.emulateMedia({ media: "screen" });
  const figures = await page.locator("figure.chart").count();
  const tools = await page.locator("figure.chart .tools").count();

  const figure = page.locator("figure.chart").first(), drawing = figure.locator("svg").first();
  await drawing.scrollIntoViewIfNeeded();
  await drawing.focus();
  for (let i = 0; i < 25; i++) await page.keyboard.press("ArrowRight");
  const tip = await figure.locator(".tip").innerText();
  await page.keyboard.press("+");
  const zoomed = await drawing.locator(".plot").getAttribute("transform");
  await page.keyboard.press("Escape");
  const back = await drawing.locator(".plot").getAttribute("transform");
  await figure.locator(".legend").first().focus();
  await page.keyboard.press("Enter");
  const off = await drawing.locator('.series[data-series="0"]').first().getAttribute("visibility");
  const saved = {};
  for (const kind of ["SVG", "PNG", "CSV"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), figure.getByRole("button", { name: kind }).click()]);
    saved[download.suggestedFilename()] = readFileSync(await download.path()).toString("latin1").slice(0, 300);
  }

  if (picture) await page.screenshot({ path: picture, fullPage: true });
  console.log(JSON.stringify({
    violations: audit.violations.map(v => ({ impact: v.impact, id: v.id, nodes: v.nodes.map(n => n.html.slice(0, 160)) })),
    passes: audit.passes.length, faults, requests, overflow, overlaps, figures, tools, tip, zoomed, back, off, saved,
  }));
} finally {
  await browser.close();
}
