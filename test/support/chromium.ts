import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { atEndOfFile } from './end-of-file.js';

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.CHROMIUM ?? paths.find(path => existsSync(path));

/** Whether Chromium is installed. Without it the tests of pages are skipped with a message. */
export const hasChromium = executablePath !== undefined;
if (!hasChromium) console.error('TESTS OF PAGES ARE SKIPPED: install chromium, or set CHROMIUM to its path.');

/** A browser for all tests of a file, closed at its end. Its pages are pages of tests only, so it needs no sandbox. */
export async function chromiumOfThisFile(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  atEndOfFile(() => browser.close());
  return browser;
}
