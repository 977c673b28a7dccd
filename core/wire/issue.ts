/** What is wrong with a capture file, where, and what its owner can do about it. */
export interface CaptureIssue {
  readonly code:
    | 'empty-file'
    | 'not-a-capture'
    | 'compressed'
    | 'cut-header'
    | 'version-unsupported'
    | 'link-unsupported'
    | 'cut-record'
    | 'bad-record'
    | 'another-capture'
    | 'cut-block'
    | 'bad-block';
  /** Octets from the start of the file. */
  readonly offset: number;
  readonly message: string;
}
