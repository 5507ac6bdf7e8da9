// The query page in a real browser against the real program: node page.mjs URL [PICTURE].
// Runs each example, one after the other, and looks for the answer of the first; fails on an error of the page or of an
// answer, a refused resource, or a request that leaves the program. PICTURE is where a screenshot goes.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const [url = "http://127.0.0.1:8080", picture] = process.argv.slice(2);
const candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.CHROMIUM ?? candidates.find(existsSync);
assert(executablePath, "no browser was found; install chromium, or name one in CHROMIUM");

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:") && !request.url().startsWith("blob:")) {
      wrong.push(`request to ${request.url()}`);
    }
  });

  await page.goto(`${url}/`);
  assert.match(page.url(), /\/graphiql$/, "the root leads to the query page");
  const examples = page.locator(".examples button");
  await examples.first().waitFor();
  assert((await examples.count()) >= 12, "a dozen examples are offered");

  const answered = page.waitForResponse(
    (response) => response.url().endsWith("/graphql") && (response.request().postData() ?? "").includes("links("),
  );
  await examples.first().click();
  const answer = await (await answered).json();
  assert.equal(answer.errors, undefined);
  assert.equal(answer.data.graph.links.nodes[0].entity.name, "West China Hospital");
  await page.getByText("West China Hospital").first().waitFor();

  for (const example of (await examples.all()).slice(1)) {
    const title = await example.locator("strong").innerText();
    const next = page.waitForResponse((response) => response.url().endsWith("/graphql"));
    await example.click();
    assert.equal((await (await next).json()).errors, undefined, `"${title}" is answered`);
  }

  await page.getByRole("button", { name: /glossary/i }).click();
  await page.locator(".glossary dt", { hasText: "witness" }).waitFor();

  await page.setViewportSize({ width: 420, height: 800 });
  const box = await page.locator(".result-window").boundingBox();
  assert(box.width > 250 && box.x + box.width <= 420, "the answer is seen on a narrow screen");

  if (picture) await page.screenshot({ path: picture });

  await page.goto(`${url}/graphiql?query=${encodeURIComponent("{ graph { revision } } #brought-along")}`);
  await page.locator(".graphiql-query-editor").getByText("#brought-along").waitFor();
  assert.deepEqual(wrong, [], "nothing goes wrong in the page");
  console.log("the query page answers its examples in a browser");
} finally {
  await browser.close();
}
