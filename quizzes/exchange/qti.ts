// A QTI 3 package: a zip of a manifest, one test, and an item for each variant of each question.

import { strToU8, type Zippable, zipSync } from 'fflate';
import { type Markup, markup, xmlFile } from './markup.ts';
import { itemIdentifier, QTI_NAMESPACES, qtiItem } from './qti-item.ts';
import type { StaticPack, StaticQuestion } from './static-question.ts';

/** Equal packages for equal packs: the zip format has no older date. */
const NO_DATE = new Date(1980, 0, 1);

/** The pack as the octets of a package. */
export function toQti(pack: StaticPack): Uint8Array {
  const files: Zippable = {
    'imsmanifest.xml': strToU8(manifest(pack)),
    'test.xml': strToU8(test(pack)),
  };
  for (const question of pack.questions) files[fileOf(question)] = strToU8(qtiItem(pack, question));
  return zipSync(files, { mtime: NO_DATE });
}

function fileOf(question: StaticQuestion): string {
  return `items/${itemIdentifier(question)}.xml`;
}

function manifest(pack: StaticPack): string {
  const items = pack.questions.map(
    (question) =>
      markup`<resource identifier="${itemIdentifier(question)}" type="imsqti_item_xmlv3p0" href="${fileOf(question)}"><file href="${fileOf(question)}"/></resource>\n`,
  );
  const needed = pack.questions.map(
    (question) => markup`<dependency identifierref="${itemIdentifier(question)}"/>`,
  );
  return xmlFile(markup`<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1 https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd" identifier="m-${pack.id}">
<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>
<organizations/>
<resources>
<resource identifier="t-${pack.id}" type="imsqti_test_xmlv3p0" href="test.xml"><file href="test.xml"/>${needed}</resource>
${items}</resources>
</manifest>`);
}

/** One section a question; where it has variants, one of them is drawn. */
function test(pack: StaticPack): string {
  const byId = new Map<string, StaticQuestion[]>();
  for (const question of pack.questions) {
    const variants = byId.get(question.id) ?? [];
    variants.push(question);
    byId.set(question.id, variants);
  }
  const limit = pack.exam?.timeLimit;
  const limits = limit === undefined ? [] : [markup`<qti-time-limits max-time="${limit / 1000}"/>\n`];
  const order = pack.exam?.shuffle === true ? [markup`<qti-ordering shuffle="true"/>\n`] : [];
  return xmlFile(markup`<qti-assessment-test ${QTI_NAMESPACES} identifier="t-${pack.id}" title="${pack.title}" xml:lang="${pack.language}" tool-name="Handshake">
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
${limits}<qti-test-part identifier="part" navigation-mode="nonlinear" submission-mode="individual">
<qti-assessment-section identifier="all" title="${pack.title}" visible="true">
${order}${[...byId.values()].map(section)}</qti-assessment-section>
</qti-test-part>
<qti-outcome-processing><qti-set-outcome-value identifier="SCORE"><qti-sum><qti-test-variables variable-identifier="SCORE"/></qti-sum></qti-set-outcome-value></qti-outcome-processing>
</qti-assessment-test>`);
}

function section(variants: readonly StaticQuestion[]): Markup {
  const refs = variants.map(
    (question) =>
      markup`<qti-assessment-item-ref identifier="${itemIdentifier(question)}" href="${fileOf(question)}"/>\n`,
  );
  const [first, ...others] = variants;
  if (first === undefined || others.length === 0) return markup`${refs}`;
  return markup`<qti-assessment-section identifier="s-${first.id}" title="${first.title}" visible="false">
<qti-selection select="1"/>
${refs}</qti-assessment-section>\n`;
}
