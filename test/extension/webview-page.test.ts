import assert from 'node:assert/strict';
import { webviewPage } from '../../extension/panels/webview-page.ts';

describe('the page of a webview', () => {
  const page = webviewPage({
    script: 'https://host/webview.js',
    style: 'https://host/webview.css',
    cspSource: 'https://host',
    nonce: 'bm9uY2U=',
    language: 'zh-CN',
  });

  it('lets in nothing but our script and style', () => {
    const policy = /content="(default-src[^"]*)"/.exec(page)?.[1];
    assert.equal(
      policy,
      "default-src 'none'; img-src https://host data:; style-src https://host; font-src https://host; script-src 'nonce-bm9uY2U='",
    );
    assert.doesNotMatch(page, /unsafe|<style|style="|\son\w+=/);
  });

  it('runs only scripts that carry the nonce', () => {
    const scripts = page.match(/<script[^>]*>/g) ?? [];
    assert.deepEqual(scripts, ['<script defer nonce="bm9uY2U=" src="https://host/webview.js">']);
  });

  it('says its language, for screen readers', () => assert.match(page, /<html lang="zh-CN">/));
});
