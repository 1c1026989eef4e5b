/** The options of a SOURCE connection to Infoset. */
export interface InfosetOptions {
  /** E-mail of a login with a password, which is the connection's secret then. Without it the secret is an API key. */
  loginEmail?: string;
  /** Changes of the profile. */
  profile?: object;
  /** Facts about the plan, used if the account does not report them. */
  planCode?: string;
  chatHistoryRetentionDays?: number;
  mailAccountLimit?: number;
  chatWidgetLimit?: number;
  recordingDownload?: boolean;
  timeZone?: string;
  /** Name of the account in keys, used if the account does not report its id. */
  accountKey?: string;
  defaultCountry?: string;
}
