/* Opens pages in Lighthouse as a telephone does, and writes a line of JSON for each.

   Reads from its input: {chromium, runs, pages: [{name, url, session}]}. Each page is opened `runs` times, and the
   median of each score counts. */
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function measure({ lhr }) {
  const items = lhr.audits["network-requests"].details?.items ?? [];
  const files = items.filter(({ resourceType }) => resourceType !== "Media");
  // Pictures further down, which are fetched after everything else
  const isLate = ({ resourceType, priority }) => resourceType === "Image" && priority === "Low";
  const bytes = (list) => list.reduce((sum, { transferSize }) => sum + transferSize, 0);
  return {
    scores: Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(100 * (lhr.categories[name].score ?? 0))])),
    shift: lhr.audits["cumulative-layout-shift"].numericValue ?? 0,
    requests: files.length,
    bytes: bytes(files),
    first: bytes(files.filter((file) => !isLate(file))),
    pictures: bytes(files.filter(({ resourceType }) => resourceType === "Image")),
    faults: Object.values(lhr.categories)
      .flatMap(({ auditRefs }) => auditRefs)
      .filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => id),
  };
}

async function readInput() {
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}

const { chromium, runs, pages } = await readInput();
const chrome = await chromeLauncher.launch({
  chromePath: chromium,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${chrome.port}` });

/* Forget the cookies of the page before, and log in; a header of our own would lose against the browser's cookies. */
async function useSession(session) {
  await browser.deleteCookie(...(await browser.cookies()));
  if (session) await browser.setCookie({ name: "sessionid", value: session, domain: "127.0.0.1", path: "/" });
}

try {
  for (const { name, url, session } of pages) {
    const results = [];
    for (let run = 0; run < runs; run++) {
      await useSession(session);
      const answer = await lighthouse(url, {
        port: chrome.port,
        onlyCategories: CATEGORIES,
        skipAudits: ["full-page-screenshot", "screenshot-thumbnails"],
        logLevel: "silent",
      });
      results.push(measure(answer));
    }
    const scores = Object.fromEntries(
      CATEGORIES.map((category) => [category, median(results.map(({ scores }) => scores[category]))]),
    );
    const worst = (key) => Math.max(...results.map((result) => result[key]));
    const faults = [...new Set(results.flatMap(({ faults }) => faults))];
    const values = Object.fromEntries(
      ["shift", "requests", "bytes", "first", "pictures"].map((key) => [key, worst(key)]),
    );
    console.log(JSON.stringify({ name, scores, ...values, faults }));
  }
} finally {
  await browser.disconnect();
  chrome.kill();
}
