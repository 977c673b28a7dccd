import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where VS Code, other Nodes and the like are kept between runs; never part of the repository. */
export const CACHE = path.join(ROOT, '.vscode-test');

/** The in-VS-Code tests as `npm run build -- --tests` leaves them, one bundle per kind of extension host. */
export const TEST_BUNDLES = path.join(ROOT, 'out', 'test-vscode');
