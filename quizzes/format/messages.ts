/** Codes of {@link PackIssue}. */
export type IssueCode = 'bad-yaml';
