import { takeApart } from './arguments.ts';
import { misused, type Outcome } from './outcome.ts';
import { checkFile, issueLine } from './packs.ts';

/** `validate PACK…`: every issue of every pack, warnings too, as in the editor; code 1 when any is an error. */
export async function validateCommand(argv: readonly string[]): Promise<Outcome> {
  const parsed = takeApart(argv, {});
  if (!parsed.ok) return parsed.error;
  const { files, language } = parsed.value;
  if (files.length === 0) return misused('validate needs at least one pack file.');
  const lines: string[] = [];
  const good: string[] = [];
  let errors = 0;
  for (const file of files) {
    const checked = await checkFile(file);
    if (!checked.ok) {
      errors += 1;
      lines.push(checked.error);
      continue;
    }
    const { pack, issues } = checked.value;
    lines.push(...issues.map((issue) => issueLine(issue, language)));
    const wrong = issues.filter(({ severity }) => severity === 'error').length;
    errors += wrong;
    if (wrong === 0) {
      const told = issues.length === 0 ? '' : `, ${counted(issues.length, 'warning')}`;
      good.push(`${file}: ${counted(pack?.questions.length ?? 0, 'question')}, no errors${told}`);
    }
  }
  const text = (all: readonly string[]) => all.map((line) => `${line}\n`).join('');
  return { code: errors === 0 ? 0 : 1, out: text(good), err: text(lines) };
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
