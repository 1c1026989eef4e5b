import { expect, test } from 'vitest';
import { opensInline } from '../../src/web/downloads.js';

test('a browser shows pages and texts of documents, and saves all other files', () => {
  expect(opensInline('documents', 'text/html; charset=utf-8')).toBe(true);
  expect(opensInline('documents', 'text/markdown')).toBe(true);
  expect(opensInline('documents', 'text/csv; charset=utf-8')).toBe(false);
  expect(opensInline('documents', 'application/zip')).toBe(false);
  expect(opensInline('recordings', 'text/html')).toBe(false);
});
