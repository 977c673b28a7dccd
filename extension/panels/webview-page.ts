import type { Language } from '../../core/text.ts';

/** What the page of a webview is made of; every address as the webview may load it. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** `Webview.cspSource`. */
  readonly cspSource: string;
  /** Base64, fresh for every page. */
  readonly nonce: string;
  readonly language: Language;
}

/** The page of a webview. Its policy lets in our one script, our one style sheet, and nothing from elsewhere. */
export function webviewPage({ script, style, cspSource, nonce, language }: PageParts): string {
  const policy = [
    `default-src 'none'`,
    `img-src ${cspSource} data:`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${style}">
  <title>Handshake</title>
  <script defer nonce="${nonce}" src="${script}"></script>
</head>
<body></body>
</html>
`;
}
