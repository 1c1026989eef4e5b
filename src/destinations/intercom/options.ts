/** The options of a DESTINATION connection to Intercom. */
export interface IntercomOptions {
  /** Region of the workspace (US, EU, AU), used if the base URL does not say it. */
  region?: string;
}
