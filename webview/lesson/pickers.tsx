import { LANGUAGES, type Language } from '../../core/text.ts';
import { NUMBER_MODES, type NumberMode } from '../protocol.ts';
import { prefer, preferences } from '../store.ts';
import { t } from '../text.ts';

const NUMBER_WORDS = {
  symbolic: () => t('symbols: x+1'),
  relative: () => t('relative: 1'),
  absolute: () => t('absolute'),
} as const satisfies Record<NumberMode, () => string>;

/** Languages are named in themselves. */
const LANGUAGE_WORDS = { 'en': 'English', 'zh-CN': '中文' } as const satisfies Record<Language, string>;

interface Props {
  /** Leaves out how numbers are written, where there are none. */
  readonly languageOnly?: boolean;
}

/** How numbers are written, and in which language everything is. */
export function Pickers({ languageOnly = false }: Props) {
  const { numbers, language } = preferences.value;
  return (
    <div class="pickers">
      {!languageOnly && (
        <select
          class="chip"
          aria-label={t('Sequence numbers')}
          title={t('Sequence numbers')}
          value={numbers}
          onChange={(event) =>
            prefer({ numbers: NUMBER_MODES.find((mode) => mode === event.currentTarget.value) ?? numbers })
          }
        >
          {NUMBER_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {NUMBER_WORDS[mode]()}
            </option>
          ))}
        </select>
      )}
      <select
        class="chip"
        aria-label={t('Language')}
        title={t('Language')}
        value={language}
        onChange={(event) =>
          prefer({ language: LANGUAGES.find((each) => each === event.currentTarget.value) ?? language })
        }
      >
        {LANGUAGES.map((each) => (
          <option key={each} value={each} lang={each}>
            {LANGUAGE_WORDS[each]}
          </option>
        ))}
      </select>
    </div>
  );
}
